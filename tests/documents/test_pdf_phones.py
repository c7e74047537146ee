"""A phone number stays on one line of a PDF, wherever the line ends."""

from __future__ import annotations

import io

import pypdf
import pytest

from tests.documents.lettered import TODAY
from workbook.documents import export
from workbook.documents.tree import blocks as B  # noqa: N812


@pytest.mark.parametrize("number", ["1-800-633-4227", "(614) 555-0127", "614-555-0127", "1-800-MEDICARE"])
def test_a_phone_number_does_not_break_at_the_end_of_a_line(number: str) -> None:
    texts = [B.para("m " * n + number + " is the number.") for n in range(20, 66)]
    made = export.render(B.document("Numbers", texts), "pdf", TODAY)
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    lines = "\n".join(page.extract_text() for page in pages).splitlines()
    assert sum(number in line for line in lines) == len(texts)

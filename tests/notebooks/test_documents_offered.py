"""Every document can be found: on a page of the workbook, and in the table of the README."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from workbook.documents import catalog

ROOT = Path(__file__).parents[2]
# made by a panel of that page, for a reader or with a passphrase
PANELS = {"summary": "7-packet", "case-file": "index"}


def offered() -> dict[str, str]:
    """Each document that a page offers with `wb.downloads`, `wb.download` or `wb.request_clocks`, with the page."""
    found = dict(PANELS)
    for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for call in re.findall(r"wb\.(?:downloads?|request_clocks)\((.*?)\)", notebook.read_text("utf-8"), re.DOTALL):
            found |= {name: notebook.stem for name in re.findall(r'\\"([a-z-]+)\\"', call)}
    return found


@pytest.mark.parametrize("name", sorted(catalog.DOCUMENTS))
def test_a_page_offers_it_and_the_readme_names_it(name: str) -> None:
    assert name in offered(), "offer it with wb.downloads on the page where people need it"
    assert f"`{name}`" in (ROOT / "README.md").read_text("utf-8"), "name it in the table of documents"

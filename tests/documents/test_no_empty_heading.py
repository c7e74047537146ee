"""No document prints a heading with nothing under it, also if hardly anything is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests import builders
from tests.documents.paper import TODAY
from workbook.case import Case, put
from workbook.documents import export
from workbook.documents.audience.readers import READERS
from workbook.documents.catalog import DOCUMENTS

CASES = {
    "empty": Case(id="empty0"),
    "one goal": put(Case(id="goal00"), "goal.about", "Lumbar spine"),
    "one illness": put(Case(id="ill000"), "goal.conditions", ["cancer"]),
    "some of each step": builders.case(),
}


def empty(blocks: list[dict[str, Any]]) -> Iterator[str]:
    """The headings that another one of the same or a higher level follows, or the end, or only a remark in italics."""
    for at, block in enumerate(blocks):
        if block.get("k") != "heading":
            continue
        under = []
        for one in blocks[at + 1 :]:
            if one.get("k") == "heading":
                if one["level"] > block["level"]:
                    under.append(one)
                break
            under.append(one)
        if all(one.get("k") == "para" and all(run.get("i") for run in one["c"]) for one in under):
            yield "".join(run["t"] for run in block["c"])


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", CASES)
def test_no_summary_has_an_empty_part(name: str, reader: str) -> None:
    assert list(empty(export.tree(CASES[name], "summary", TODAY, reader=reader)["blocks"])) == []


@pytest.mark.parametrize("document", [key for key, one in DOCUMENTS.items() if "html" in one.formats])
@pytest.mark.parametrize("name", CASES)
def test_no_document_has_an_empty_part(name: str, document: str) -> None:
    assert list(empty(export.tree(CASES[name], document, TODAY)["blocks"])) == []

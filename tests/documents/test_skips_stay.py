"""What somebody skipped is in the case file and in no other document."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.builders import case
from workbook.case import put
from workbook.documents import catalog, export
from workbook.documents.audience.readers import READERS
from workbook.documents.audience.redact import seen_by

DAY = dt.date(2026, 11, 22)
PATHS = (
    "goal.stakes",
    "goal.decision",
    "insurance.calls.call1.reference",
    "records.items.r-mri.facility",
    "own.parking",
)
NAMES = [name for name, document in catalog.DOCUMENTS.items() if "html" in document.formats]


@pytest.fixture
def skipped():
    made = case()
    for path in PATHS:
        made = put(made, f"{path}?", True)
    assert set(made.skipped) == set(PATHS)
    return made


@pytest.mark.parametrize("reader", READERS)
def test_no_reader_sees_a_skip(skipped, reader: str) -> None:
    assert seen_by(skipped, reader).skipped == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_the_same_with_and_without_skips(skipped, name: str) -> None:
    assert export.tree(skipped, name, DAY) == export.tree(case(), name, DAY)


def test_the_case_file_has_them(skipped) -> None:
    assert b'"insurance.calls.call1.reference": true' in export.made(skipped, "case-file", "json", DAY)[0]

"""Scans saved from a disc are shown as text, and can be removed and restored."""

from __future__ import annotations

import json
from typing import Any

import workbook as wb
from tests import builders
from tests.ui.pagekit import page
from workbook.case import add
from workbook.documents import export
from workbook.store import open_store
from workbook.ui.handle import OpenCase
from workbook.ui.panels import review

CT = {"modality": "CT", "on": "2026-11-03", "body_part": "ABDOMEN", "accession": "SECRET-7", "images": 3}
MR = {"modality": "MR", "on": "2026-10-14", "images": 1}
LINES = ("CT, belly (abdomen), November 3, 2026: 3 images", "MRI (MR), October 14, 2026: 1 image")
SCANS = "records.media.m1.scans"


def opened() -> OpenCase:
    case = add(builders.case("knee"), "records.media", {"id": "m1", "sender": "Lakeside", "scans": [CT, MR]})
    open_store().create(case)
    return OpenCase()


def kept() -> list[str]:
    (medium,) = open_store().read("knee")[1]["records"]["media"]
    return [scan["modality"] for scan in medium["scans"]]


def words(form: Any, value: list[dict[str, Any]]) -> list[str]:
    """What the page shows for these values."""
    titles = form.told[-1]["titles"]
    return [titles[json.dumps(scan, ensure_ascii=False, separators=(",", ":"))] for scan in value]


def test_each_scan_is_shown_as_text_and_can_be_removed_and_restored() -> None:
    form = page(wb.form(opened(), wb.each("records.media", "sender", "scans", "found")))
    held = form.values[SCANS]
    assert words(form, held) == [*LINES]
    result = form.set("Scans found on it", held[:1])
    assert (result["status"], kept()) == ("saved", ["CT"])
    assert form.set("Scans found on it", held)["status"] == "saved"
    assert kept() == ["CT", "MR"]
    assert form.set("Scans found on it", [])["status"] == "saved"
    assert kept() == []


def test_an_invalid_scan_is_not_saved() -> None:
    form = page(wb.form(opened(), wb.each("records.media", "sender", "scans")))
    assert form.set("Scans found on it", [{"modality": "CT", "worse": "x"}])["status"] == "kept"
    assert kept() == ["CT", "MR"]


def test_review_documents_and_summaries_show_it_as_text() -> None:
    handle = opened()
    wb_page = review.view(handle)
    assert all(line in wb_page for line in LINES)
    told = json.dumps(export.tree(handle.case, "summary", handle.today(), reader="full"), ensure_ascii=False)
    assert "; ".join(LINES) in told
    assert "SECRET-7" not in told

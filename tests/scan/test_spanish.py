"""A saved scan is the same scan in every language: rules compare entries, and text is generated for the reader."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.scan.found import MARISOL, MG, case, inventory
from workbook import law, locale, rules
from workbook.case import Case, add
from workbook.documents.wording import words
from workbook.rules.imaging import body_parts, modalities
from workbook.rules.imaging.found import kinds_of, line
from workbook.scan.match import checking, to_case
from workbook.scan.match.coverage import coverage
from workbook.scan.match.suggestions import suggestions
from workbook.scan.show import persons, study_lines
from workbook.scan.values import HealthRecord, Named, Study

TODAY = dt.date(2026, 11, 7)
SPANISH = {
    "mammogram": "radiografía del pecho",
    "X-ray": "radiografía",
    "ultrasound": "ecografía",
    "breast": "pecho",
    "chest": "tórax",
}
US = Study("1.2.4", MARISOL, "2026-10-14", "US", "BREAST", images=12, accession="A-77", paths=["DICOM/U1"])
XRAY = {"id": "s1", "modality": "X-ray", "on": "2026-10-14", "body_part": "breast", "holding": "report_only"}


@pytest.fixture(params=["en", "es"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("WORKBOOK_LANGUAGE", request.param)
    monkeypatch.setattr(locale, "_language", type(locale._language)("language", default=None))
    monkeypatch.setattr(locale, "_catalog", lambda lang: SPANISH)
    images = {("1 image", "{n} images"): ("1 imagen", "{n} imágenes")}
    monkeypatch.setattr(locale, "_plurals", lambda lang: (images, lambda n: int(n != 1)))
    for table in (body_parts, modalities):
        monkeypatch.setattr(table, "_by_words", table._by_words.__wrapped__)
    return str(request.param)


def kept(of: Case, *studies: Study) -> Case:
    """The case after a disc with these studies was scanned and saved."""
    found = inventory(*studies)
    for one in found.patients:
        one.verdict = checking.judgement(one, of).verdict
    found.coverage = coverage(found, of)
    return add(of, "records.media", to_case.change(found, of, TODAY, sender="Lakeside").value)


def alerts(of: Case) -> list[tuple[str, str, str]]:
    return [(a.id, a.level.value, a.about) for a in rules.status(of, law.load(), TODAY).alerts if a.id == "A-10"]


def test_a_mammogram_stays_a_mammogram(language: str) -> None:
    (medium,) = kept(case(), MG).records.media.values()
    (scan,) = medium.scans
    assert kinds_of(scan) == {"MG"}
    expected = {
        "en": "Mammogram (MG), breast, October 14, 2026: 8 images",
        "es": "Radiografía del pecho (MG), pecho, 14 de octubre de 2026: 8 imágenes",
    }
    assert line(scan) == words(scan) == expected[language]
    assert study_lines.study_line(MG).startswith(expected[language].partition(" (")[0])


def test_an_xray_of_that_day_is_still_missing(language: str) -> None:
    of = case(records={"studies": [XRAY]})
    assert ("A-10", "warning", "records.studies.s1") in alerts(kept(of, MG))


@pytest.mark.parametrize(("typed", "missed"), [("X-ray", True), ("mammogram", False)])
def test_a_typed_label_means_exactly_that_modality(language: str, typed: str, missed: bool) -> None:
    words = typed if language == "en" else SPANISH[typed].capitalize()
    of = case(records={"studies": [{**XRAY, "modality": words}]})
    assert (("A-10", "warning", "records.studies.s1") in alerts(kept(of, MG))) is missed


def test_a_disc_without_the_ultrasound_lacks_only_that(language: str) -> None:
    after = kept(case(), MG)
    (medium,) = after.records.media.values()
    assert [scan.modality for scan in medium.scans_missing] == ["US"]
    assert [level for _id, level, about in alerts(after) if about.startswith("records.media")] == ["warning"]


@pytest.mark.parametrize(
    ("report_of", "missing"), [(US, False), (Study("1.2.5", MARISOL, "2026-10-14", "DX", "BREAST"), True)]
)
def test_coverage_finds_a_scan_on_a_saved_disc(language: str, report_of: Study, missing: bool) -> None:
    of = kept(case(), MG, US)
    named = Named(report_of.modality, report_of.body_part, report_of.date)
    paper = HealthRecord("r.pdf", "pdf", MARISOL, studies=[named])
    rows = coverage(inventory(documents=[paper]), of)
    assert any(row.item == "r.pdf" for row in rows) is missing


def test_an_accession_number_is_stored_and_finds_its_scan(language: str) -> None:
    study = {**XRAY, "modality": "", "on": "2026-01-02", "accession": "a77"}
    assert not [about for *_, about in alerts(kept(case(records={"studies": [study]}), US)) if "studies" in about]


def test_a_scan_that_was_added_is_compared_by_its_part(language: str) -> None:
    """The part is stored in words, which a person may correct; they mean the same part in each language."""
    (added,) = suggestions(inventory(MG), case(records={"studies": [XRAY]}))
    assert added.change.value["body_part"] == {"en": "breast", "es": "pecho"}[language]
    expected = add(case(), "records.studies", {**added.change.value, "study_uid": "", "accession": ""})
    knee = Study("1.2.9", MARISOL, "2026-10-14", "MG", "KNEE", images=1, paths=["K1"])
    rows = {row.item: row for row in coverage(inventory(knee), expected)}
    assert rows[added.change.value["id"]].found == []
    assert coverage(inventory(MG), expected)[-1].found == MG.paths


def test_dates_on_the_page_are_in_the_language(language: str) -> None:
    day = {"en": "March 9, 1972", "es": "9 de marzo de 1972"}[language]
    assert day in persons.person_line(inventory(MG).patients[0])

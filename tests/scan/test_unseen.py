"""The reader is right about files it has never seen: made by other programs, with facts known beforehand."""

from __future__ import annotations

import json
import warnings

from tests.scan import made
from tests.scan.found import told
from tests.scan.test_archives import look
from tests.scan.unseen.compare import BAR, Score, measured
from workbook.scan.formats.dicom.text import date
from workbook.scan.phrases.reports import studies_named
from workbook.scan.show import in_short
from workbook.scan.values import HealthRecord, Named


def test_unseen_files_are_read_right_and_nobody_is_mistaken() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydicom's, about the odd values that are written
        score = measured(200, 7)
    assert score.files == 200
    assert score.share >= BAR, "\n".join(score.wrong)
    assert (score.called_other, score.missed_other) == (0, 0), "\n".join(score.wrong)


def test_the_bar_is_missed_by_a_wrong_fact_or_a_mistaken_person() -> None:
    score = Score()
    score.facts["name"], score.right["name"] = 100, 97
    assert score.holds
    score.right["name"] = 96
    assert not score.holds
    score.right["name"], score.missed_other = 100, 1
    assert not score.holds


def test_a_study_without_its_date_has_that_of_its_images() -> None:
    for keyword in ("SeriesDate", "AcquisitionDate", "ContentDate"):
        row = made.read(made.image(StudyDate="", **{keyword: "20261014"}))
        assert row.image
        assert row.image.date == "2026-10-14"
    assert date(b"") == ""


def document(data: bytes, name: str) -> HealthRecord:
    (found,) = look(data, name).documents
    return found


def test_a_servers_answer_and_results_inside_a_report_are_read() -> None:
    result = b"""{"resourceType": "Observation", "status": "final", "category": [{"coding": [{"code": "laboratory"}]}],
        "code": {"text": "Glucose"}, "valueQuantity": {"value": 99, "unit": "mg/dL"}}"""
    held = b'{"resourceType": "DiagnosticReport", "status": "final", "contained": [%s]}' % result
    answer = b'{"resourceType": "Parameters", "parameter": [{"name": "a", "part": [{"name": "b", "resource": %s}]}]}'
    for data in (held, answer % result, answer % held):
        assert [(one.name, one.value) for one in document(data, "a.json").results] == [("Glucose", "99")]


def test_lines_above_the_titles_of_a_table_are_read_too() -> None:
    table = b"My results\nPatient Name,Ada Quill\nDOB,1970-01-02\n\nTest,Result,Units\nWBC,6.2,K\nINR,1.1,\n"
    found = document(table, "labs.csv")
    assert [(one.name, one.value, one.unit) for one in found.results] == [("WBC", "6.2", "K"), ("INR", "1.1", "")]
    assert (found.patient.name, found.patient.birth) == ("Ada Quill", "1970-01-02")
    prose = b"Dear Ada,\nThanks, we had, a talk.\nFirst, rest, and walk.\nThen, on May 3, call.\n"
    assert told(look(prose, "a.txt")) == ["a.txt: A text of 4 lines"]


def test_the_name_of_a_list_of_codes_is_no_scan() -> None:
    for words in ("SNOMED-CT", "SNOMED CT", "Snomed CT"):
        assert studies_named(f"Foot Exam {words} 401191002 Diabetic foot examination 03/31/2010") == []
    assert studies_named("CT foot 03/31/2010") == [Named("CT", "FOOT", "2010-03-31")]


def test_what_describes_a_person_is_no_test_result() -> None:
    code = {"coding": [{"system": "http://loinc.org", "code": "69453-9", "display": "Cause of death"}]}
    other = {"coding": [{"system": "http://loinc.org", "code": "29463-7", "display": "Body weight"}]}
    virus = {"coding": [{"system": "http://loinc.org", "code": "94500-6", "display": "SARS-CoV-2 RNA"}]}
    said = [(code, "valueString", "Natural"), (other, "valueInteger", 70), (virus, "valueString", "Not detected")]
    ones = [{"resourceType": "Observation", "status": "final", "code": c, key: value} for c, key, value in said]
    assert [one.name for one in document(json.dumps(ones).encode(), "a.json").results] == ["SARS-CoV-2 RNA"]


def test_a_scan_without_images_says_what_it_has() -> None:
    tracing = "1.2.840.10008.5.1.4.1.1.9.1.1"
    found = look(
        made.image(**{**made.NO_IMAGE, "SOPClassUID": tracing, "Modality": "ECG", "BodyPartExamined": ""}), "a"
    )
    assert told(found) == ["Heart tracing (ECG): 1 tracing, such as an ECG (CT Abdomen)"]
    assert in_short.counted(found) == "1 tracing, such as an ECG"
    other = look(made.image(Modality="OT"), "b")
    assert in_short.counted(other) == "1 scan with 1 image", "a photo of a screen is an image too"

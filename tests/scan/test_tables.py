"""Tables as text: results with value, unit, range and day; the tables of a full export; and what is no table."""

from __future__ import annotations

import pytest

from tests.scan.found import told
from tests.scan.test_archives import look, rows
from workbook.scan.formats.sniff import kind
from workbook.scan.show import file_lines
from workbook.scan.values import HealthRecord, Result


def document(text: str) -> HealthRecord:
    (row,) = rows(text.encode(), "a.csv").values()
    assert row.document is not None
    return row.document


LABS = "Test,Result,Flag,Units,Reference,Date\nWBC,6.2,Normal,x10E3/uL,3.4-10.8,2026-11-01\n"
WBC = Result("WBC", "6.2", "x10E3/uL", "3.4-10.8", "2026-11-01")


@pytest.mark.parametrize(
    "text",
    [
        LABS,
        LABS.replace(",", "\t"),
        LABS.replace(",", ";"),
        "\ufeff" + LABS.replace("2026-11-01", "11/1/2026 8:05 AM"),
        LABS.replace("Test,Result", '"Component Name","Result Value"').replace("Reference", '"Reference Range"'),
    ],
)
def test_lab_results_are_read_from_a_table(text: str) -> None:
    found = document(text)
    assert (found.results, found.labs) == ([WBC], 1)


def test_a_value_is_data_and_never_a_formula() -> None:
    found = document('Test,Result,Date\nWBC,"=HYPERLINK(""http://x"")",2026-11-01\nHGB,=1+1,2026-02-30\n')
    assert [(one.name, one.value, one.date) for one in found.results] == [
        ("WBC", '=HYPERLINK("http://x")', "2026-11-01"),
        ("HGB", "=1+1", ""),
    ]


def test_the_tables_of_a_full_export_name_the_patient_and_the_lists() -> None:
    patient = "PAT_ID\tPAT_NAME\tBIRTH_DATE\nZ1\tQUILL,ADA\t1/2/1970 12:00:00 AM\n"
    found = document(patient)
    assert (found.patient.name, found.patient.birth) == ("ADA QUILL", "1970-01-02")
    (allergy,) = document("ALLERGY_ID\tALLERGEN_ID_ALLERGEN_NAME\tALRGY_STATUS_C_NAME\n1\tLATEX\tActive\n").allergies
    assert (allergy.name, allergy.status) == ("LATEX", "Active")
    (drug,) = document("ORDER_MED_ID\tPAT_ID\tDISPLAY_NAME\n1\tZ1\tletrozole 2.5 mg tablet\n").medications
    assert drug.name == "letrozole 2.5 mg tablet"
    assert "ODD.tsv: A table with 1 row" in told(look(b"A_ID\tB_C\tD\n1\t2\t3\n", "ODD.tsv"))


@pytest.mark.parametrize(
    "text",
    [
        "Dear Dr. Ash,\nthank you for seeing her, and for the call.\nBest,\nAda\n",
        "Findings: none, stable, small\nImpression: stable\n",
        "one, two, three\n",
        "a,b,c\n1,2\n3,4,5,6\n7,8,9\n",
        "",
        "\n\n\n",
    ],
)
def test_prose_is_no_table(text: str) -> None:
    assert kind(text.encode()) in ("text", "other")


@pytest.mark.parametrize(
    "text", ["Test,Result,Date\n" + '"' * 500, "Test,Result,Date\nx,1,2\n" + "\0" * 9 + "\ny,2,3\n"]
)
def test_broken_tables_do_not_end_the_scan(text: str) -> None:
    assert look(text.encode(), "a.csv").stopped == ""


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\0\0\0\x18ftypmp42" + bytes(400), "A video. We cannot see what it shows."),
        (b"RIFF\0\0\0\0AVI " + bytes(400), "A video. We cannot see what it shows."),
        (b"IMGF" + bytes(400), "Images of an old GE scanner (Genesis)."),
        (b"\x5c\x01\0\0" + bytes(340) + b"n+1\0" + bytes(60), "Images in a research format (NIfTI)."),
        (b"SQLite format 3\0" + bytes(90) + b"CREATE TABLE steps_record_table", "A backup of Android Health Connect"),
        (b"SQLite format 3\0" + bytes(90), "A database of a program."),
    ],
)
def test_what_is_not_read_is_named(data: bytes, words: str) -> None:
    (line,) = told(look(data, "a"))
    assert line.startswith(f"a: {words}")


def test_a_file_of_no_known_kind_is_named_and_those_of_a_program_are_counted() -> None:
    assert file_lines.other_lines(look(b"\x01\x02\x03" * 90, "notes.xyz")) == [
        "notes.xyz: We do not know this kind of file. Ask the office what it is."
    ]

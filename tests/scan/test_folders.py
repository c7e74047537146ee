"""Folders as people are handed them, each with a trait that a public bug report describes: what must be said of them.

The folders came from threads on other programs: a careful clerk's answer is in the table, as phrases of our text.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import workbook
from tests import samples
from tests.scan import made
from tests.scan.test_archives import look, packed
from workbook.case import Case, read
from workbook.cli.scan import text
from workbook.scan.match import checking
from workbook.scan.match.suggestions import suggestions

OCTOBER, NOVEMBER = "\n\nOctober 14, 2026\n  ", "\n\nNovember 1, 2026\n  "  # as headings
PLAIN: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [  # folder, what is said, what is not
    ("a02-iso", ("1 scan with 2 images",), ("Unpack",)),
    ("a03-zip-backslash", ("it lists 3 files, and 3 of them are here",), ("Missing", "Ask for the whole disc")),
    ("a05-zip-in-zip", ("1 scan with 1 image", "Report.pdf: 1 page"), ("Unpack",)),
    ("c06-b64-rtf", ("Inside it: Word document (RTF)", "Inside it: a text", "MRI, head, October 14, 2026"), ()),
    (
        "c09-lab-values",
        (f"{NOVEMBER}Summary of Care (ccd.xml): 1 lab result\n  Test results: CA 15-3 28 U/mL",),
        (),
    ),
    ("c11-document-date-month-13", ("Without a date\n  Summary of Care (ccd.xml)",), ("2026",)),
    ("d02-flat-copy", ("it lists 3 files, and 3 of them are here",), ("Missing",)),
    ("d06-gb18030-second", ("A name that cannot be read", "Check whose it is"), ()),
    ("d13-enhanced-ct", ("8 images with 1,344 pictures",), ()),
    ("d14-us-cine", ("1 moving clip with 63 pictures",), ()),
    ("d16-ko-pr-sr", ("2 images (CT CHEST)", "1 report, 1 list of key images, 1 set of marks on the images"), ()),
    (
        "d19-encapsulated-pdf",
        (
            f"{OCTOBER}MRI, head: Only a report is here",
            "On it: 1 document",
        ),
        ("DOC,", "MRI, head. Not"),
    ),
    ("d20-no-study-uid", ("October 14, 2026\n  CT, chest: 1 image", "do not say which study"), ("damaged",)),
    ("d22-gap-in-series", ("In AXIAL, 2 images are not here: numbers 7, 8.",), ()),
    ("d23-birth-1800", ("files from 2 people", "Marisol Testcase, no birth date"), ()),
    ("d28-siemens-ima-nifti", ("1 scan with 1 image", "research format (NIfTI)"), ("Unpack",)),
    ("d29-screenshots", ("only 2 pictures", "ask for the images in DICOM format"), ()),
    ("d31-sr-image-count", ("has 240 images. 2 are here",), ()),
    ("d32-mixed-dup-series", ("2 series look alike", "may be a copy"), ()),
    ("d35-genesis", ("an old GE scanner",), ()),
    ("d37-two-dicomdirs", ("it lists 3 files, and 3 of them are here",), ("Missing",)),
    ("d39-many-missing", ("CT CHEST, October 14, 2026, series 1: 300 of 300 images are not here",), ("IM000001",)),
    ("f01-ips-absent", ("none is known",), ("1 medicine", "1 allergy", "1 diagnosis")),
    ("f03-sensitivity-to-nka", ("none is known",), ("1 allergy",)),
    ("f04-lab-no-category", ("1 lab result", "Cancer Ag 15-3: 28 U/mL, November 1, 2026"), ()),
    (
        "f05-smart-health-card",
        ("SMART Health Card (vaccine.smart-health-card): 1 imm", "Marisol Testcase"),
        (),
    ),
    ("f06-shlink", ("link to records (SMART Health Link)", "it may end"), ()),
    ("f07-docref-pdf", ("a PDF with 1 page", "MRI, head, October 14, 2026"), ()),
    ("f11-ehi-tsv", ("MARISOL TESTCASE", "1 allergy listed", "1 medicine listed"), ()),
    ("f12-wrapped-fhir", ("Marisol Testcase", "1 allergy listed"), ()),
    ("f13-entered-in-error", ("nothing to list",), ("1 medicine", "allergies listed", "1 allergy listed")),
    (
        "f15-imagingstudy",
        (f"{OCTOBER}b.json: It names 1 scan\n  MRI, head: 240 images. Not here",),
        (),
    ),
    ("f18-birth-month-13", ("The birth date on it cannot be right",), ()),
    ("p01-multiroot-cda", ("Measurements of a phone or watch",), ("Ask for the file again",)),
    ("p04-health-connect", ("Android Health Connect", "no records from a clinic"), ()),
    ("t01-heic-tiff", ("fax.tif: 3 pages", "64 × 48 pixels", "Many programs cannot open it"), ()),
    ("t03-docx-rtf", ("MRI brain report.docx: Word document", "report.rtf", "old.doc: An old Office file"), ()),
    ("t07-lab-csv", ("WBC: 6.2 x10E3/uL, range 3.4-10.8, November 1, 2026", "Hemoglobin: 14.5 g/dL"), ()),
]
WITH_CASE: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
    ("d36-other-persons-dicomdir", ("It names another person.", "Stop here"), ("There are no files",)),
    ("d38-impossible-birth", ("The birth date on it cannot be right", "We cannot tell"), ("someone else",)),
    ("f17-none-known-offered", ("none is known",), ("1 allergy", "1 medicine")),
    ("t08-other-persons-pdf", ("Jordan Otherperson",), ("Found for the checklist",)),
]


@pytest.mark.parametrize(("folder", "said", "not_said"), PLAIN, ids=[folder for folder, *_ in PLAIN])
def test_a_folder_is_told_as_a_clerk_would(folder: str, said: tuple[str, ...], not_said: tuple[str, ...]) -> None:
    told = text(checking.look(samples.at(f"folders/{folder}")))
    assert [phrase for phrase in said if phrase not in told] == []
    assert [phrase for phrase in not_said if phrase in told] == []


@pytest.mark.parametrize(("folder", "said", "not_said"), WITH_CASE, ids=[folder for folder, *_ in WITH_CASE])
def test_a_folder_is_compared_with_a_case(folder: str, said: tuple[str, ...], not_said: tuple[str, ...]) -> None:
    case = read(json.loads((Path(workbook.__file__).parent / "packs/demo/1-breast.json").read_bytes()))
    told = text(checking.look(samples.at(f"folders/{folder}"), case), case)
    assert [phrase for phrase in said if phrase not in told] == []
    assert [phrase for phrase in not_said if phrase in told] == []


XDM = b'<SubmitObjectsRequest xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0"/>'


def test_the_wrapping_of_a_download_is_named(tmp_path: Path) -> None:
    (tmp_path / "METADATA.XML").write_bytes(XDM)
    (tmp_path / "CDA.xsl").write_bytes(b'<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform"/>')
    told = text(checking.look(tmp_path))
    assert "METADATA.XML: The table of contents of a download (IHE XDM)." in told
    assert "CDA.xsl: It makes a record easy to read in a browser." in told
    assert "We do not know" not in told


def test_a_program_that_unpacks_itself_is_told_and_not_started(tmp_path: Path) -> None:
    (tmp_path / "images.exe").write_bytes(b"MZ\x90\0" + bytes(500) + packed(("a.dcm", made.image())))
    (tmp_path / "viewer.exe").write_bytes(b"MZ\x90\0" + bytes(500))
    told = text(checking.look(tmp_path))
    assert "images.exe: A program that unpacks itself. It was not started. Ask for the files as a zip." in told
    assert "1 program was left alone." in told


def test_images_that_a_disc_does_not_list_are_counted(tmp_path: Path) -> None:
    disc = made.disc(tmp_path / "disc", 2)
    (disc / "IMAGES/EXTRA").write_bytes(made.image(9))
    assert "1 image here is not on the list." in text(checking.look(disc))


def test_how_a_medicine_is_taken_comes_along() -> None:
    order = {"resourceType": "MedicationRequest", "status": "active", "medicationCodeableConcept": {"text": "Aspirin"},
             "dosageInstruction": [{"text": "1 tablet daily"}]}  # fmt: skip
    found = look(json.dumps(order).encode(), "a.json")
    (offered,) = suggestions(found, Case())
    assert offered.change.value["dose"] == "1 tablet daily"

"""Apple Health exports: birth date and counts, with the quirks of each iOS, in constant memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import samples
from tests.scan import papers
from workbook.scan.formats import dispatch
from workbook.scan.values import File

DOCTYPE = b"<!DOCTYPE HealthData [\n<!ELEMENT Record (A*)>\n<!ATTLIST Record\n  type CDATA #REQUIRED\n>\n{}]>\n"
BODY = (
    b'<HealthData locale="en_US"><ExportDate value="2026-11-01 10:00:00 -0700"/>'
    b'<Me HKCharacteristicTypeIdentifierDateOfBirth="1972-03-09"/>'
    b'<Record type="x" device="a\x0bb"><Record type="inner"/></Record><Workout/>'
    b'<ClinicalRecord fhirVersion="4.0.1" resourceFilePath="/clinical-records/../../etc/passwd"/></HealthData>'
)


def read(data: bytes) -> File:
    return dispatch.read(papers.source(data), "apple-health", data[:8192])


@pytest.mark.parametrize(("path", "facts"), samples.facts("apple-xml"))
def test_a_sample_agrees_with_xmllint(path: str, facts: dict[str, Any]) -> None:
    file = dispatch.read(papers.sample(path), "apple-health", b"<")
    assert (file.status, file.kind, file.patient.birth) == ("ok", "apple-health", facts["me_dob"])
    assert file.document is not None
    assert f"Measurements from a phone or watch: {facts['records']}." in file.document.notes
    assert f"Workouts: {facts['workouts']}." in file.document.notes


def test_the_malformed_document_type_of_ios_16_is_removed() -> None:
    broken = dispatch.read(papers.sample("broken/xml/apple_ios16_bad_dtd.xml"), "apple-health", b"<")
    whole = dispatch.read(papers.sample("apple/iphone6s/apple_health_export/export.xml"), "apple-health", b"<")
    assert broken.document is not None
    assert whole.document is not None
    assert (broken.patient, broken.document.notes) == (whole.patient, whole.document.notes)


@pytest.mark.parametrize(
    "before",
    [
        b"",
        b'<?xml version="1.0" encoding="UTF-8"?>\n',
        DOCTYPE.replace(b"{}", b""),
        DOCTYPE.replace(b"{}", b"  startDate CDATA #IMPLIED\n>\n<!ELEMENT Me EMPTY"),
        b'<!DOCTYPE HealthData SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_an_export_is_read_whatever_precedes_it(before: bytes) -> None:
    for data in (before + BODY, (before + BODY).decode().replace("UTF-8", "UTF-16").encode("utf-16")):
        file = read(data)
        assert (file.status, file.why, file.patient.birth) == ("ok", "", "1972-03-09")
        assert file.document is not None
        assert file.document.date == "2026-11-01"
        assert [note.partition(": ")[2] for note in file.document.notes] == [
            "1.",
            "1.",
            "1. They are in the files next to it.",
        ]


def test_entities_are_refused_and_damage_is_reported() -> None:
    assert read(DOCTYPE.replace(b"{}", b'<!ENTITY x "y">') + BODY).status == "refused"
    assert read(BODY[:-20]).status == "damaged"
    assert read(b"<!DOCTYPE HealthData [ <HealthData/>").status == "damaged"
    assert read(b"<HealthData>" + b"<a>" * 3000).status == "damaged"


def test_entities_far_from_the_start_are_refused_too() -> None:
    far = b"<!--" + b" " * 300_000 + b'--><!DOCTYPE HealthData [<!ENTITY x "y">]>'
    assert read(far + BODY).status == "refused"


def test_only_tags_right_under_the_root_are_counted_and_depth_is_bounded() -> None:
    deep = b"<a>" * 250 + b'<Record type="x"/><Workout/>' + b"</a>" * 250
    file = read(BODY.replace(b"<Workout/>", deep + b"<Workout/>"))
    assert file.document is not None
    assert "Workouts: 1." in file.document.notes
    assert read(BODY.replace(b"<Workout/>", b"<a>" * 260 + b"</a>" * 260)).status == "damaged"


@pytest.mark.slow
def test_memory_does_not_grow_with_the_export() -> None:
    code = """
import io, resource
from workbook.scan.formats import dispatch
from workbook.scan.values import Source
piece = b'<Record type="HKQuantityTypeIdentifierHeartRate" value="72"><Entry key="k" value="v"/></Record>' * 10_000
class Long(io.RawIOBase):
    left = 60
    rest = b"<HealthData>"
    def readable(self): return True
    def readinto(self, into):
        if not self.rest and self.left:
            self.left -= 1
            self.rest = piece if self.left else b"</HealthData>"
        part, self.rest = self.rest[:len(into)], self.rest[len(into):]
        into[:len(part)] = part
        return len(part)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
source = Source("export.xml", 60_000_000, lambda: io.BufferedReader(Long()))
file = dispatch.read(source, "apple-health", b"<HealthData")
print(file.document.notes[0], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000)
"""
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, timeout=60)
    assert done.stdout.strip() == "Measurements from a phone or watch: 590000. True", done.stderr

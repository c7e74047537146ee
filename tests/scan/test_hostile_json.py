"""Damaged, hostile or malformed JSON becomes a row with a reason, in bounded time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.scan import papers
from workbook.scan.formats import dispatch
from workbook.scan.values import File

PATIENT = b'{"resourceType":"Patient","name":[{"family":"Mu\xc3\xb1oz"}],"birthDate":"1980-01-01"}'


def read(data: bytes) -> File:
    return dispatch.read(papers.source(data), "fhir", data[:8192])


@pytest.mark.parametrize(
    ("name", "status", "word"),
    [("cut", "damaged", "cut short"), ("latin1", "damaged", "UTF-8"), ("deep", "refused", "nested too deep")],
)
def test_a_broken_sample_is_a_row_with_its_reason(name: str, status: str, word: str) -> None:
    file = dispatch.read(papers.sample(f"broken/json/{name}.json"), "fhir", b"{")
    assert file.status == status
    assert word in file.why
    assert "Mu" not in file.why


def test_a_bom_is_harmless() -> None:
    for data in (b"\xef\xbb\xbf" + PATIENT, PATIENT.decode().encode("utf-16")):
        file = read(data)
        assert (file.patient.family, file.patient.birth, file.status) == ("Muñoz", "1980-01-01", "ok")


def test_a_bad_line_is_named_and_the_good_ones_are_read() -> None:
    condition = b'{"resourceType":"Condition"}'
    for bad_first in (False, True):
        lines = [b"{bad", PATIENT, condition] if bad_first else [PATIENT, condition, b"{bad", b"", condition]
        file = read(b"\n".join(lines))
        assert file.document is not None
        assert file.document.problems == lines.count(condition)
        assert f"line {1 if bad_first else 3}" in file.why


@pytest.mark.parametrize(
    "data",
    [
        b'{"resourceType":"Bundle","entry":{"resource":5},"x":[null]}',
        b'{"resourceType":"Bundle","entry":[null,"a",{"resource":[]},{"resource":{"resourceType":7}}]}',
        b'{"resourceType":"MedicationRequest","medicationCodeableConcept":"aspirin","status":["active"]}',
        b'{"resourceType":"Patient","name":{"given":5,"family":[null,{}]},"identifier":["x",{"type":[3]}],"birthDate":8}',
        b'{"resourceType":"AllergyIntolerance","code":[],"reaction":"x","clinicalStatus":{"coding":{"code":[1]}}}',
        b'{"resourceType":"ImagingStudy","series":{"modality":["US",{"coding":7}]},"started":{"start":3}}',
        b'{"resourceType":"DiagnosticReport","presentedForm":[{"data":"?","contentType":"text/plain"}],"code":4}',
    ],
)
def test_wrong_shapes_are_listed(data: bytes) -> None:
    assert (read(data).kind, read(data).status) == ("fhir", "ok")


def test_json_of_another_kind_is_not_a_record() -> None:
    for data in (b'{"name": "x"}', b"[1, 2]", b'["resourceType"]'):
        assert read(data).kind == "other"


BUNDLE = b'{"resourceType":"Bundle","entry":['


def bundle(entry: bytes, megabytes: int) -> bytes:
    return BUNDLE + b",".join([entry] * (megabytes * 1_000_000 // len(entry))) + b"]}"


def slow(*values: str) -> Any:
    return pytest.param(*values, marks=pytest.mark.slow)


@pytest.mark.parametrize(
    ("make", "status"),
    [
        ('b"[" * 30_000_000', "refused"),
        slow('b"[" + b"[]," * 12_000_000 + b"[]]"', "refused"),
        slow('b"[" + b"\\"ab\\"," * 10_000_000 + b"1]"', "refused"),
        slow('b"{" + b"\\"a\\":{}," * 6_000_000 + b"\\"a\\":1}"', "refused"),
        slow('bundle(b\'{"resource":{"resourceType":"AllergyIntolerance"}}\', 60)', "refused"),
        slow('bundle(b\'{"resourceType":"Patient","a":[[],[],[],[],[],[],[]]}\', 60)', "refused"),
        slow("bundle('{\"😀\":\"%s\"}'.encode() % (b'a' * 900), 60)", "ok"),
        slow('b\'{"resourceType":"AllergyIntolerance"}\\n\' * 1_500_000', "refused"),
        ('b\'{"resourceType":"Binary","data":"\' + b\'QUJD\' * 10_000_000 + b\'"}\'', "ok"),
    ],
)
def test_a_file_made_to_exhaust_memory_does_not(make: str, status: str) -> None:
    code = (
        "import resource; from tests.scan import papers; from tests.scan.test_hostile_json import bundle\n"
        f"from workbook.scan.formats import dispatch; data = {make}\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(dispatch.read(papers.source(data), 'fhir', data[:9]).status)\n"
        "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10)"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, timeout=60)
    said = done.stdout.split()
    assert said[:1] == [status], done.stderr
    assert int(said[1]) < 200, "megabytes more than before it was read"


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_a_large_bundle_is_read_entry_by_entry(every: bool) -> None:
    entry = {"resource": {"resourceType": "Condition", "code": {"text": "Größe 😀"}, "note": ["x" * 900, -1.5e3, {}]}}
    many = json.dumps({"entry": [entry] * 12_000, "resourceType": "Bundle"}, ensure_ascii=False).encode()
    assert len(many) > 8 << 20
    shapes = (many, many.decode().encode("utf-16"), b" [" + many + b"]\n")
    for data in shapes if every else shapes[:1]:
        file = read(data)
        assert file.document is not None
        assert (file.status, file.document.problems, file.document.diagnoses[-1].name) == ("ok", 12_000, "Größe 😀")
    cut = (many[:-9], many + b"]", many.replace(b"-1500.0", b"-15x0.0"))
    assert {read(data).status for data in (cut if every else cut[:1])} == {"damaged"}


def _mutated(count: int) -> None:
    seed = {
        "resourceType": "Patient",
        "name": [{"family": "A"}],
        "identifier": [{"type": {"coding": [{"code": "MR"}]}}],
    }
    allergy = {"resourceType": "AllergyIntolerance", "code": {"coding": [{"display": "x"}]}, "reaction": [{}]}
    text = json.dumps({"resourceType": "Bundle", "entry": [{"resource": seed}, {"resource": allergy}]}).encode()
    pieces = [b"{", b"}", b"[", b"]", b"null", b"7", b'"x"', b",", b"\n", b"\xff", b""]

    @settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, 30), st.sampled_from(pieces)), max_size=4))
    def check(changes: list[tuple[int, int, bytes]]) -> None:
        data = text
        for place, length, piece in changes:
            data = data[:place] + piece + data[place + length :]
        file = read(data)
        assert file.status in ("ok", "damaged", "refused")
        assert "make sense" not in file.why, "an error that nobody foresaw"

    check()


def test_a_few_mutated_files_do_not_end_the_scan() -> None:
    _mutated(150)


@pytest.mark.long
def test_many_mutated_files_do_not_end_the_scan() -> None:
    _mutated(20_000)

"""Any bytes as a DICOM file give a row or a message, fast, and never a patient's words."""

from __future__ import annotations

import contextlib
import io
import random
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.samples import RECORDS
from tests.scan import made
from workbook.scan import inventory
from workbook.scan.errors import BadRecord
from workbook.scan.formats import sniff
from workbook.scan.formats.dicom import dataset, dicomdir
from workbook.scan.values import Source

NESTED = made.dataset(ReferencedSeriesSequence=[made.dataset(2)])
NESTED["ReferencedSeriesSequence"].is_undefined_length = True
SEEDS = [
    *(made.image(syntax=syntax) for syntax in made.SYNTAX),
    *(made.image(syntax=syntax, meta=False) for syntax in ("explicit", "implicit", "big")),
    *(made.written(NESTED, syntax=syntax) for syntax in ("explicit", "implicit")),
    made.report(),
]
LISTS = [made.directory([("PATIENT", {"PatientName": "Quill^Ada"}), ("IMAGE", {"ReferencedFileID": ["A", "B"]})])]
STATUSES = {"ok", "damaged", "refused"}


@st.composite
def broken(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    """A valid file with some bytes replaced, then truncated or not."""
    data = bytearray(draw(st.sampled_from(seeds)))
    for place in draw(st.lists(st.integers(0, len(data) - 1), max_size=6)):
        data[place : place + 4] = (
            draw(st.sampled_from([b"\xff" * 4, bytes(4), b"SQ", b"UN\0\0", b"\xfe\xff\0\xe0"])) or b""
        )
    return bytes(data[: draw(st.integers(1, len(data)))]) if draw(st.booleans()) else bytes(data)


def _look(data: bytes) -> None:
    start = time.process_time()
    status, why = _told(Source("a", len(data), lambda: io.BytesIO(data)), data[:256])
    assert status in STATUSES
    assert "Quill" not in why
    assert time.process_time() - start < 2


def _told(source: Source, head: bytes) -> tuple[str, str]:
    try:
        row = dataset.read(source, head)
    except BadRecord as bad:
        return bad.status, str(bad)
    return row.status, row.why


@given(broken(SEEDS))
@example(b"\x08\0")
@example(bytes(128) + b"DICM")
def test_any_file_gives_a_row_or_a_message(data: bytes) -> None:
    _look(data)


@given(broken(LISTS))
def test_any_dicomdir_gives_its_references_or_a_message(data: bytes) -> None:
    source = Source("DICOMDIR", len(data), lambda: io.BytesIO(data))
    with contextlib.suppress(BadRecord):
        assert len(dicomdir.read(source).studies) <= 2
    (row,) = inventory.of([source]).files
    assert "Quill" not in row.why


@given(st.binary(max_size=400))
def test_any_bytes_have_a_kind(data: bytes) -> None:
    assert sniff.kind(data) in sniff.Kind.__args__


@pytest.mark.long
@settings(max_examples=20_000)
@given(broken(SEEDS))
def test_many_files_give_a_row_or_a_message(data: bytes) -> None:
    _look(data)


def _mutated(times: int) -> None:
    chance = random.Random(7)
    paths = sorted((RECORDS / "dicom" / "single").glob("*.dcm"))
    for _ in range(times):
        data = bytearray(chance.choice(paths).read_bytes()[: chance.choice((300, 2000, 9000, 1 << 20))])
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(min(len(data), 4000))] = chance.choice((0, 0xFF, chance.randrange(256)))
        _look(bytes(data))


def test_samples_with_changed_bytes_give_a_row_or_a_message() -> None:
    _mutated(150)


@pytest.mark.long
def test_many_samples_with_changed_bytes_give_a_row_or_a_message() -> None:
    _mutated(20_000)

"""A disc that was copied into one file is read like the disc; its folders are not trusted."""

from __future__ import annotations

import io
import random
import struct

import pycdlib
import pytest

from tests.scan import made
from tests.scan.test_archives import look, packed, rows
from workbook.scan import limits


def disc_image(joliet: int | None = 3, images: int = 3, leave_out: int = 0) -> bytes:
    """A copied disc with a DICOMDIR, written by an independent program."""
    names = [f"IM{n:06d}" for n in range(1, images + 1)]
    top = [
        ("PATIENT", {"PatientName": "Quill^Ada", "PatientID": "A-1"}),
        ("STUDY", {"StudyInstanceUID": "1.2.9.1", "StudyDate": "20261103"}),
        ("SERIES", {"SeriesInstanceUID": "1.2.9.1.1", "Modality": "CT"}),
        *(("IMAGE", {"ReferencedFileID": ["IMAGES", name]}) for name in names),
    ]
    disc = pycdlib.PyCdlib()
    disc.new(interchange_level=3, joliet=joliet)

    def add(place: str, data: bytes) -> None:
        more = {"joliet_path": place} if joliet else {}
        disc.add_fp(io.BytesIO(data), len(data), f"{place.upper()};1", **more)

    disc.add_directory("/IMAGES", **({"joliet_path": "/IMAGES"} if joliet else {}))
    add("/DICOMDIR", made.directory(top))
    for n, name in enumerate(names[: images - leave_out], 1):
        add(f"/IMAGES/{name}", made.image(n))
    out = io.BytesIO()
    disc.write_fp(out)
    disc.close()
    return out.getvalue()


@pytest.mark.parametrize("joliet", [None, 3])
def test_a_copied_disc_is_read_like_the_disc(joliet: int | None) -> None:
    found = look(disc_image(joliet, leave_out=1), "disc.iso")
    (study,) = found.studies
    assert (study.images, study.missing) == (2, "Not here: 1 of the 3 files that the disc lists.")
    assert [file.path for file in found.files][:2] == ["disc.iso", "disc.iso!/DICOMDIR"]
    assert all(file.status == "ok" for file in found.files)


def test_a_copied_disc_in_a_zip_is_read_too() -> None:
    (study,) = look(packed(("disc.iso", disc_image()))).studies
    assert (study.images, study.missing) == (3, "")


def test_a_copy_that_is_cut_short_says_which_files_are_lost() -> None:
    data = disc_image(images=8)
    found = rows(data[: -3 * 2048], "disc.iso")
    lost = [file for file in found.values() if file.status == "damaged"]
    assert lost
    assert {file.why for file in lost} == {
        "The copy of the disc ends before this file does. Ask for it again, or copy it again."
    }


def test_a_folder_that_contains_itself_is_read_once() -> None:
    data = bytearray(disc_image(None))
    root = struct.unpack_from("<I", data, 16 * 2048 + 156 + 2)[0]
    place = data.index(b"IMAGES", root * 2048) - 33
    struct.pack_into("<I", data, place + 2, root)
    found = rows(bytes(data), "disc.iso")
    assert set(found) == {"disc.iso", "disc.iso!/DICOMDIR"}


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ENTRIES", 2)
    (row,) = rows(disc_image(), "disc.iso").values()
    assert (row.status, row.why) == ("refused", "There are too many files here. Choose a smaller folder.")


def test_a_disc_of_another_kind_says_what_to_do() -> None:
    (row,) = rows(bytes(32769) + b"CD001" + bytes(9000), "disc.iso").values()
    assert row.why == "A copy of a whole disc. Open it with a double click, and choose the new drive."


@pytest.mark.parametrize("seed", range(40))
def test_damaged_copies_never_end_the_scan(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(disc_image())
    for _ in range(chance.choice([1, 5, 50])):
        data[chance.randrange(16 * 2048, len(data))] = chance.randrange(256)
    found = look(bytes(data), "disc.iso")
    assert found.stopped == ""
    assert all(file.why for file in found.files if file.status != "ok")

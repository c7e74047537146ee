"""A packet is written in pieces that are not in memory, and is the same as one that is written to a disk."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from tests.scan.discs import breast_disc
from workbook.scan import inventory
from workbook.scan.show import packet
from workbook.scan.show.packed import Packet
from workbook.scan.show.packet_pieces import Pieces


def pieces(size: int) -> Pieces:
    return Pieces(bytes, bytes, size)


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_it_is_a_stream_like_any_other(size: int) -> None:
    chance = random.Random(size)
    ours, theirs = pieces(size), io.BytesIO()
    for _ in range(300):
        if chance.random() < 0.2:
            place = chance.randint(0, ours.size)
            assert ours.seek(place) == theirs.seek(place)
        if chance.random() < 0.1:
            assert ours.truncate() == theirs.truncate()
        data = chance.randbytes(chance.randint(0, 50))
        assert ours.write(data) == theirs.write(data)
        assert ours.tell() == theirs.tell()
    assert b"".join(ours.parts()) == theirs.getvalue()
    ours.seek(ours.size + 1)
    with pytest.raises(ValueError, match="a gap"):
        ours.write(b"x")


def test_the_packet_is_that_of_a_disk_and_a_file_that_is_gone_leaves_no_trace(tmp_path: Path) -> None:
    disc = breast_disc(tmp_path / "disc")
    (disc / "large.txt").write_bytes(b"All is well.\n" * 20_000)
    (disc / "gone.txt").write_bytes(b"All is well too.\n" * 20_000)
    found = inventory.take(disc)
    (disc / "gone.txt").write_bytes(b"changed")
    packet.make(found, tmp_path / "p.zip", disc)
    out, made = pieces(5000), Packet()
    steps = list(packet.steps(found, packet.chosen(found, made), made, cast(BinaryIO, out)))
    assert len(steps) > 8, "one a file: messages are heard in between"
    with zipfile.ZipFile(io.BytesIO(b"".join(out.parts()))) as ours, zipfile.ZipFile(tmp_path / "p.zip") as theirs:
        assert ours.testzip() is None
        names = [name for name in theirs.namelist() if not name.endswith(".pdf")]
        assert [name for name in ours.namelist() if not name.endswith(".pdf")] == names
        assert {name: ours.read(name) for name in names} == {name: theirs.read(name) for name in names}
    assert "gone.txt" not in names
    assert ("gone.txt" in dict(made.left_out)) is True

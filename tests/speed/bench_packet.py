"""The time of a packet of CT slices (210 MB, and small ones), compared with copying them and computing their sha256."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.speed.bench_scan import series
from tests.speed.row import Row, cpu, peak_of_python
from workbook.scan.match import checking
from workbook.scan.show import packet

CHUNK = 1 << 20
MEMORY = """
from pathlib import Path
from workbook.scan.match import checking
from workbook.scan.show import packet
root, goal = map(Path, {places})
packet.make(checking.look(root), goal, root)
"""


def _copied(files: list[Path], goal: Path) -> None:
    """Copies each file and computes its sha256, each with the fastest standard library function."""
    goal.mkdir()
    for number, file in enumerate(files):
        shutil.copyfile(file, goal / str(number))
        with file.open("rb") as stream:
            assert hashlib.file_digest(stream, "sha256").hexdigest()
    shutil.rmtree(goal)


def _in_one(files: list[Path], goal: Path) -> None:
    """The same in one pass: the minimum, because every zip needs a CRC of every byte."""
    with goal.open("wb") as out:
        for file in files:
            hashed = hashlib.sha256()
            with file.open("rb") as stream:
                while data := stream.read(CHUNK):
                    hashed.update(data)
                    out.write(data)
            assert hashed.hexdigest()
    goal.unlink()


def rows() -> Iterator[Row]:
    """The packet with its index, and plain copying, in the same run; and the memory for few, many and large files."""
    with tempfile.TemporaryDirectory() as place:
        yield from _against_copying("400 slices", series(Path(place) / "disc", 400), 1.2, None)
        # Small files: what each file costs besides its bytes. Copying makes a file of each, the packet only one.
        yield from _against_copying("5,000 small files", series(Path(place) / "small", 5000, 32), 1.2, 6)
        few, many = _memory(series(Path(place) / "few", 40)), _memory(Path(place) / "disc")
        yield Row("memory a packet of 400 slices takes", many, 100, "MB")
        yield Row("more memory than for 40 slices", many - few, 5, "MB")
        large = _memory(series(Path(place) / "large", 40, 4096))
        yield Row("more memory where images are 64 times as large", large - few, 5, "MB")
        yield Row("memory a packet of 5,000 small files takes", _memory(Path(place) / "small"), 100, "MB")


def _against_copying(what: str, root: Path, bar: float, least_bar: float | None) -> Iterator[Row]:
    goal = root.with_suffix(".zip")
    found = checking.look(root)

    def packed() -> None:
        packet.make(found, goal, root)
        goal.unlink()

    packed()  # loaded once: fonts, the PDF engine
    files = [f for f in sorted(root.rglob("*")) if f.is_file()]
    floor = cpu(lambda: _copied(files, goal))
    least = cpu(lambda: _in_one(files, goal))
    took = cpu(packed)
    yield Row(f"copy and sha256 of {what}", floor, None, "s")
    yield Row(f"packet of {what}", took, None, "s")
    yield Row(f"packet of {what} against copy and sha256", took / floor, bar)
    yield Row(f"packet of {what} against copy and sha256 in one reading", took / least, least_bar)


def _memory(root: Path) -> float:
    return peak_of_python(MEMORY.format(places=[str(root), str(root.with_suffix(".zip"))]))

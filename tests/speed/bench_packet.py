"""The time of a packet of 400 CT slices (210 MB), compared with copying the same bytes and computing their sha256."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.speed.bench_scan import series
from tests.speed.row import Row, cpu
from workbook.scan.match import checking
from workbook.scan.show import packet

CHUNK = 1 << 20
MEMORY = """
import resource, sys
from pathlib import Path
from workbook.scan import checking, packet
root, goal = map(Path, sys.argv[1:])
packet.make(checking.look(root), goal, root)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
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
    """The packet with its index, and plain copying, in the same run; and the memory for few and for many slices."""
    with tempfile.TemporaryDirectory() as place:
        root = series(Path(place) / "disc", 400)
        goal = Path(place) / "packet.zip"
        found = checking.look(root)

        def packed() -> None:
            packet.make(found, goal, root)
            goal.unlink()

        packed()  # loaded once: fonts, the PDF engine
        files = [f for f in sorted(root.rglob("*")) if f.is_file()]
        floor = cpu(lambda: _copied(files, goal))
        least = cpu(lambda: _in_one(files, goal))
        took = cpu(packed)
        yield Row("copy and sha256 of 400 slices", floor, None, "s")
        yield Row("packet of 400 slices", took, None, "s")
        yield Row("packet against copy and sha256", took / floor, 1.3)
        yield Row("packet against copy and sha256 in one reading", took / least, None)
        few = series(Path(place) / "few", 40)
        small, large = _memory(few, Path(place) / "a.zip"), _memory(root, Path(place) / "b.zip")
        yield Row("memory a packet of 400 slices takes", large, 300, "MB")
        yield Row("more memory than for 40 slices", large - small, 20, "MB")


def _memory(root: Path, goal: Path) -> float:
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(root), str(goal)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)

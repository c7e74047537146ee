"""Damaged files of every format, made from the samples by chance and a seed: `uv run python -m tests.scan.fuzz [N]`.

Prints how many ended in which status, the slowest, and every failure that no reader foresaw, with its seed.
"""

from __future__ import annotations

import contextlib
import functools
import gzip
import io
import random
import sys
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.samples import RECORDS
from workbook.scan import inventory
from workbook.scan.formats import dispatch
from workbook.scan.match import checking
from workbook.scan.show import json_form, report
from workbook.scan.values import Inventory, Source

LONGEST = 1 << 20  # of a sample, and of what a block is repeated to
SECONDS = 5.0  # of processor time for one file
LENGTHS = (b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\0", b"\0\0\0\x80", b"\xfe\xff\xdd\xe0", b"\xff\xff")
WORDS = (b"<", b"]]>", b"&#0;", b"{", b'"', b"\\u0000", b"[[[[", b"1e999", b"\x1b$)A", b"PK\3\4", b"=cmd|", b"\0")
STATUSES = {"ok", "damaged", "refused", "duplicate", "skipped"}


@functools.cache
def seeds() -> list[tuple[str, bytes]]:
    """The samples by name, those of one format beside each other by their folder."""
    files = sorted(path for path in RECORDS.rglob("*") if path.is_file() and path.suffix != ".md")
    return [(str(path.relative_to(RECORDS)), path.read_bytes()[:LONGEST]) for path in files]


def made(seed: int) -> tuple[str, bytes]:
    """A damaged file and the name of its sample; always the same for a seed."""
    chance = random.Random(seed)
    name, data = chance.choice(seeds())
    if chance.random() < 0.5:
        data = _packed_again(chance, data) or data
    for _ in range(chance.choice((1, 1, 2, 5))):
        data = chance.choice(WAYS)(chance, data)
    return name, data


def _flips(chance: random.Random, data: bytes) -> bytes:
    found = bytearray(data)
    # The start of a file decides the most; the rest gets its part too.
    end = chance.choice((64, 512, 8192, len(found)))
    for _ in range(chance.choice((1, 3, 20))):
        place = chance.randrange(min(end, len(found)) or 1)
        found[place : place + 1] = bytes([chance.choice((0, 0xFF, 0x80, chance.randrange(256)))])
    return bytes(found)


def _cut(chance: random.Random, data: bytes) -> bytes:
    a, b = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return chance.choice((data[:a], data[a:], data[:a] + data[b:]))


def _splice(chance: random.Random, data: bytes) -> bytes:
    _, other = chance.choice(seeds())
    a, b = chance.randrange(len(data) + 1), chance.randrange(len(other) + 1)
    return data[:a] + other[b:]


def _repeat(chance: random.Random, data: bytes) -> bytes:
    a = chance.randrange(len(data) + 1)
    block = data[a : a + chance.choice((1, 8, 64, 1024, 20_000))]
    times = min(chance.choice((2, 50, 5000, 100_000)), LONGEST // max(len(block), 1))
    return data[:a] + block * times + data[a:]


def _planted(chance: random.Random, data: bytes) -> bytes:
    place, word = chance.randrange(len(data) + 1), chance.choice((*LENGTHS, *WORDS))
    return data[:place] + word + data[place + chance.choice((0, len(word))) :]


WAYS: tuple[Callable[[random.Random, bytes], bytes], ...] = (_flips, _flips, _cut, _splice, _repeat, _planted)


def _packed_again(chance: random.Random, data: bytes) -> bytes | None:
    """An archive or a document whose packed contents are damaged, though its sums are right; None if it is none."""
    with contextlib.suppress(zipfile.BadZipFile, ValueError, RuntimeError, NotImplementedError, zlib.error, EOFError):
        if data.startswith(b"PK"):
            out = io.BytesIO()
            with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
                members = old.infolist()[:40]
                hurt = chance.randrange(len(members))
                for n, member in enumerate(members):
                    with old.open(member) as stream:
                        inside = stream.read(LONGEST)
                    new.writestr(member.filename, chance.choice(WAYS)(chance, inside) if n == hurt else inside)
            return out.getvalue()
        if data.startswith(b"\x1f\x8b"):
            return gzip.compress(chance.choice(WAYS)(chance, gzip.GzipFile(fileobj=io.BytesIO(data)).read(LONGEST)))
    return None


@contextlib.contextmanager
def unforeseen(patch: pytest.MonkeyPatch) -> Iterator[list[BaseException]]:
    """The errors that the last guard of the scan turns into rows: no reader expected them."""
    met: list[BaseException] = []

    def watched(work: Callable[..., Any]) -> Callable[..., Any]:
        def watching(*args: Any) -> Any:
            try:
                return work(*args)
            except EXPECTED:
                raise
            except Exception as error:
                met.append(error)
                raise

        return watching

    patch.setattr(dispatch, "_read", watched(dispatch._read))
    patch.setattr(inventory._Scan, "_read", watched(inventory._Scan._read))
    yield met


EXPECTED = (inventory.BadRecord, EOFError, OSError, zlib.error, MemoryError, RecursionError)


def look(data: bytes) -> Inventory:
    """What the scan finds in a file with these bytes, with every row and every output checked."""
    source = Source("a", len(data), lambda: io.BytesIO(data))
    found = checking.look([source])
    assert found.files
    for row in found.files:
        assert row.status in STATUSES
        assert row.why or row.status == "ok", row
    assert report.text(found)
    assert all(piece.encode("utf-8", "replace") for piece in json_form.written(found))
    return found


def main(count: int) -> int:
    """Runs so many files; 1 if one failed."""
    statuses: Counter[str] = Counter()
    slowest: list[tuple[float, int, str]] = []
    failed = 0
    with pytest.MonkeyPatch.context() as patch, unforeseen(patch) as met:
        for seed in range(count):
            name, data = made(seed)
            start = time.process_time()
            try:
                statuses[look(data).files[0].status] += 1
            except Exception as error:  # noqa: BLE001 - counted
                met.append(error)
            slowest = sorted([*slowest, (time.process_time() - start, seed, name)])[-5:]
            for error in met:
                failed += 1
                at = error.__traceback__
                while at and at.tb_next:
                    at = at.tb_next
                where = f"{Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno}" if at else ""
                print(seed, name, type(error).__name__, str(error)[:80], where, flush=True)
            met.clear()
    print(dict(statuses), "unforeseen:", failed)
    print(*(f"{seconds:.2f} s  {seed} {name}" for seconds, seed, name in slowest), sep="\n")
    if Path("/proc/self/status").exists():
        print(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split("\n")[0].strip(), "at most")
    return 1 if failed or slowest[-1][0] > SECONDS else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))

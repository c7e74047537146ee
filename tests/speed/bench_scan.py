"""The time of a disc: 2,000 CT slices of 512 x 512, compared with opening each and reading 4 KB, and with dcmdump."""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.scan import made
from tests.speed.row import Row, cpu, cpu_of_python, peak_of_python
from workbook.scan import inventory, limits, sources
from workbook.scan.formats.dicom import dataset
from workbook.scan.pictures.album import Album
from workbook.scan.values import Inventory

SLICES = 2000
GRAY = {"PhotometricInterpretation": "MONOCHROME2"}
NUMBER = b"1.2.9.1.1.10000"


def series(folder: Path, slices: int = SLICES, side: int = 512) -> Path:
    """A series in folders of 500, each slice with the 90 elements a scanner writes; the pixels are sparse."""
    one = made.dataset(10000, Rows=side, Columns=side, PixelData=bytes(2))
    for n in range(70):
        one.add_new(0x00190010 if not n else 0x00191000 + n, "LO", "GEMS_ACQU_01" if not n else f"value {n}")
    head = made.written(one)
    start = head[: -len(one.PixelData) - 4]
    start += (side * side * 2).to_bytes(4, "little")
    for n in range(slices):
        place = folder / f"SE{n // 500}"
        place.mkdir(parents=True, exist_ok=True)
        with (place / f"IM{n:05d}").open("wb") as file:
            file.write(start.replace(NUMBER, b"1.2.9.1.1.%05d" % (10000 + n)))
            file.truncate(len(start) + side * side * 2)
    return folder


def _floor(paths: list[str]) -> None:
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        os.read(handle, 4096)
        os.close(handle)


def _headers(listed: list[sources.Source]) -> None:
    for source in listed:
        row = dataset.read(source, sources.head(source, limits.HEAD))
        assert row.status == "ok"


def _pictures(folder: Path, series: int = 20) -> Inventory:
    """The inventory of some series of one slice of 512 x 512 in 16 bits, whose values are noise of 12 bits."""
    pick, low = random.Random(512), bytes(n & 15 for n in range(256))
    for n in range(series):
        pixels = bytearray(pick.randbytes(2 * 512 * 512))
        pixels[1::2] = pixels[1::2].translate(low)
        one = made.image(n, series=f"1.2.9.8.{n}", Rows=512, Columns=512, PixelData=bytes(pixels), **GRAY)
        folder.mkdir(exist_ok=True)
        (folder / f"IM{n}").write_bytes(one)
    return inventory.take(folder)


def _draw(found: Inventory) -> None:
    album = Album(found)
    album.more(0)
    for _ in album.steps():
        pass
    assert len(album.made) == 20
    assert all(picture.png for picture in album.made.values())


def _dcmdump(folder: Path) -> float:
    """CPU seconds of dcmdump for the same elements."""
    tags = [part for tag in ("0010,0010", "0020,000d", "0008,0018", "0008,0060") for part in ("+P", tag)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["dcmdump", "-M", *tags, "+sd", "+r", str(folder)], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _peak(folder: Path) -> float:
    """The peak memory in MB of a fresh Python that takes the inventory."""
    return peak_of_python(
        "import sys; from pathlib import Path; from workbook.scan import inventory\n"
        f"found = inventory.take(Path({str(folder)!r}))\n"
        "assert len(found.files) > 100 and 'pandas' not in sys.modules"
    )


def _command(place: Path) -> str:
    """A program that scans a place and writes the JSON, as the command does."""
    arguments = ["scan", str(place), "--json", str(place.with_suffix(".json")), "--overwrite"]
    return (
        "import contextlib, io; from workbook.cli import main\n"
        f"with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):\n"
        f"    assert main({arguments!r}) == 0"
    )


def _zipped(folder: Path) -> Path:
    place = folder.with_suffix(".zip")
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for file in sorted(folder.rglob("IM*")):
            archive.write(file, file.relative_to(folder))
    return place


def _many(place: Path) -> Iterator[Row]:
    """50,000 slices, in a folder and in a zip; the time for each file stays the same."""
    few, many = series(place / "some", 5000, 32), series(place / "many", 50_000, 32)
    empty = place / "one"
    empty.mkdir()
    (empty / "a.txt").write_text("one file")
    start, some = cpu_of_python(_command(empty), 3), cpu_of_python(_command(few), 3)
    took = cpu_of_python(_command(many), 2)
    yield Row("scan of 50,000 slices with JSON, CPU with start", took, 6, "s")
    yield Row("time a slice, of 50,000 against 5,000", (took - start) / (some - start) / 10, 1.2)
    yield Row(
        "scan of a zip of 50,000 slices with JSON, CPU with start", cpu_of_python(_command(_zipped(many)), 1), 7, "s"
    )
    if Path("/proc/self/status").exists():
        yield Row("memory for a scan of 50,000 slices with JSON", peak_of_python(_command(many)), 120, "MB")
        yield Row("memory for the same in a zip", peak_of_python(_command(many.with_suffix(".zip"))), 150, "MB")


def rows() -> Iterator[Row]:
    """Headers and the whole inventory of one series; its memory, and the growth per image; a very large disc."""
    with tempfile.TemporaryDirectory() as place:
        folder = series(Path(place) / "disc")
        listed = [one for one in sources.walk(folder) if isinstance(one, sources.Source)]
        paths = [str(folder / one.path) for one in listed]
        floor, headers = cpu(lambda: _floor(paths)), cpu(lambda: _headers(listed))
        yield Row("headers of 2,000 slices against the floor (open, read 4 KB)", headers / floor, 40)
        if shutil.which("dcmdump"):
            yield Row("headers of 2,000 slices against dcmdump", headers / min(_dcmdump(folder) for _ in range(2)), 1)
        yield Row("inventory of 2,000 slices, CPU", cpu(lambda: inventory.take(folder), 3), 0.2, "s")
        yield from _many(Path(place))
        drawn = _pictures(Path(place) / "drawn")
        yield Row(
            "small pictures of 20 series of 512 x 512 in 16 bits, CPU", 1000 * cpu(lambda: _draw(drawn)), 600, "ms"
        )
        if not Path("/proc/self/status").exists():
            return
        yield Row("memory for the inventory of 2,000 slices", _peak(folder), 80, "MB")
        few = _peak(series(Path(place) / "few", 200))
        large = _peak(series(Path(place) / "large", 200, 2048))
        yield Row("more memory where images are 16 times as large", max(0.0, large - few), 5, "MB")

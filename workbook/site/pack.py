"""Makes the archives the browser loads: pruned, compiled, the same bytes each time. Knows contents and compiling.

An archive is a zip without compression inside an xz stream: all files share one window, which halves what zip's own
compression leaves. Static servers seldom compress such files, so they are compressed here.
"""

from __future__ import annotations

import hashlib
import io
import json
import lzma
import zipfile
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

from . import contents
from .compiling import compiled
from .pins import pins
from .runtime import Runtime

PACKAGE = Path(__file__).parents[1]
WINDOW = 1 << 24  # 16 MB: twice as large gains nothing, and a phone must hold it
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold
_NO_DOCS = 2  # level without docstrings and asserts
_WITH_DOCS = 0  # what reads its own docstrings


def our_files(package: Path = PACKAGE) -> dict[str, bytes]:
    """The files of this package that the browser needs, under their names in it."""
    found = {f"workbook/{file.relative_to(package).as_posix()}": file for file in package.rglob("*") if file.is_file()}
    kept = {name: found[name].read_bytes() for name in contents.of_ours(sorted(found))}
    name = f"second_opinion_workbook-{version('second-opinion-workbook')}.dist-info/METADATA"
    about = f"Metadata-Version: 2.1\nName: second-opinion-workbook\nVersion: {version('second-opinion-workbook')}\n"
    return {**kept, name: about.encode()}


def packet_files(package: Path = PACKAGE) -> dict[str, bytes]:
    """The files of this package that make a packet, under their names in it."""
    found = {f"workbook/{file.relative_to(package).as_posix()}": file for file in package.rglob("*") if file.is_file()}
    return {name: found[name].read_bytes() for name in contents.of_a_packet(sorted(found))}


def wheel_files(runtime: Runtime, *uses: str) -> dict[str, bytes]:
    """The files of the wheels that the browser needs at these times."""
    found: dict[str, bytes] = {}
    for pin in pins():
        if pin.source == "wheel" and pin.use in uses:
            with zipfile.ZipFile(runtime.folder / pin.file) as archive:
                for name in contents.of_wheel(pin.name, archive.namelist()):
                    found[name] = b"" if name in contents.EMPTIED else _brief(name, archive.read(name))
    return found


def library_files(runtime: Runtime) -> dict[str, bytes]:
    """The files of Python's own library that the browser needs."""
    with zipfile.ZipFile(runtime.package("pyodide") / "python_stdlib.zip") as archive:
        return {name: archive.read(name) for name in contents.of_library(archive.namelist())}


def archive(files: Mapping[str, bytes]) -> bytes:
    """A zip without compression; its bytes depend on names and contents alone."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        for name in sorted(files, key=lambda name: (name.rpartition(".")[2], name)):  # like beside like
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.create_system = 3  # not the system it was made on
            made.writestr(entry, files[name])
    return out.getvalue()


def squeeze(data: bytes) -> bytes:
    """The data as an xz stream that the small decoder of the page can read."""
    # The decoder knows no checksum but this one. The whole file has one besides (files.json).
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": WINDOW}]
    return lzma.compress(data, format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC32, filters=filters)


def compile_all(
    groups: Mapping[str, Mapping[str, bytes]], runtime: Callable[[], Runtime]
) -> dict[str, dict[str, bytes]]:
    """Each group of files, with its Python sources compiled. All at once, because starting Pyodide takes seconds."""
    sources = {
        f"{group}/{name}": (_level(name), data)
        for group, files in groups.items()
        for name, data in files.items()
        if name.endswith(".py")
    }
    made = compiled(sources, runtime)
    plain = {
        group: {name: data for name, data in files.items() if not name.endswith(".py")}
        for group, files in groups.items()
    }
    for name, data in made.items():
        group, _, inside = name.partition("/")
        plain[group][inside] = data
    return plain


def stamp(parts: Iterable[tuple[str, bytes]]) -> str:
    """A checksum of names and contents."""
    total = hashlib.sha256()
    for name, data in sorted(parts):
        total.update(json.dumps([name, hashlib.sha256(data).hexdigest()]).encode())
    return total.hexdigest()


def _level(name: str) -> int:
    return _WITH_DOCS if name.startswith(("pyodide/", "_pyodide/")) else _NO_DOCS


def _brief(name: str, data: bytes) -> bytes:
    """Of a wheel's METADATA only its head: the rest is its README."""
    if not name.endswith(".dist-info/METADATA"):
        return data
    head = data.split(b"\n\n")[0].split(b"\nDescription:")[0]
    keep = [line for line in head.splitlines() if line.startswith((b"Metadata-Version:", b"Name:", b"Version:"))]
    return b"\n".join(keep) + b"\n"

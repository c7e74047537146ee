"""Fetches the pinned files of the site once, and keeps them in a private cache. Knows the pins and errors.

They come by name and version through the registries' own clients (npm, pip or uv), as this computer has them set up.
"""

from __future__ import annotations

import errno
import hashlib
import io
import shutil
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ..errors import CannotBuild
from . import clients
from .pins import Pin, pin, pins

Progress = Callable[[int, int], None]
"""Is called with the bytes that are there, and the bytes of all."""

CHANGED = (
    "A part that was downloaded is not the one that was tested ({file}). It was not used. "
    "Try again later; if it stays so, install a newer version of the workbook."
)
FULL = "This computer's disk is full. Free about {mb} MB, then try again."
UNWRITABLE = "The folder for downloaded parts cannot be written: {why}. Choose another user folder, then try again."


class Runtime(NamedTuple):
    """A folder that holds every pinned file, checked."""

    folder: Path

    def file(self, name: str) -> Path:
        """The file of one pin."""
        return self.folder / pin(name).file

    def wheels(self, *uses: str) -> list[Path]:
        """The wheels that a browser loads at these times."""
        return [self.folder / each.file for each in pins() if each.source == "wheel" and each.use in uses]

    def package(self, name: str) -> Path:
        """An npm package, unpacked beside its archive; for Pyodide, what Node can run."""
        unpacked = self.file(name).with_suffix("")
        if not (unpacked / "package.json").is_file():
            with tempfile.TemporaryDirectory(dir=self.folder) as part:
                _unpack(self.file(name).read_bytes(), Path(part) / "new")
                shutil.rmtree(unpacked, ignore_errors=True)
                (Path(part) / "new").replace(unpacked)
        return unpacked


def cache_dir() -> Path:
    """Where downloaded parts are kept: this user's cache folder."""
    from platformdirs import user_cache_path

    return user_cache_path("second-opinion-workbook", appauthor=False) / "site"


def find(
    folder: Path | None = None, progress: Progress | None = None, fetch: Callable[[Pin, Path], None] = clients.fetch
) -> Runtime:
    """The runtime in that folder, or in the cache; what is missing there is fetched."""
    folder = folder or cache_dir()
    wanted = pins()
    total, done = sum(each.size for each in wanted), 0
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for each in wanted:
            if not _is_good(folder / each.file, each):
                if progress:
                    progress(done, total)
                _bring(each, folder, fetch)
            done += each.size
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise CannotBuild(FULL.format(mb=(total - done) // 1_000_000 + 100)) from None
        raise CannotBuild(UNWRITABLE.format(why=error.strerror or "unknown reason")) from None
    if progress:
        progress(total, total)
    return Runtime(folder)


def _bring(each: Pin, folder: Path, fetch: Callable[[Pin, Path], None]) -> None:
    """Fetches one file beside the others, and moves it there only if it is the right one."""
    with tempfile.TemporaryDirectory(dir=folder) as part:
        fetch(each, Path(part))
        got = Path(part) / each.file
        if not _is_good(got, each):
            raise CannotBuild(CHANGED.format(file=each.file))
        got.replace(folder / each.file)


def _is_good(file: Path, each: Pin) -> bool:
    if not file.is_file() or file.stat().st_size != each.size:
        return False
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest() == each.sha256


def _unpack(data: bytes, to: Path) -> None:
    """The plain files of an npm archive, which are all in its folder `package`."""
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for member in archive:
            path = PurePosixPath(member.name)
            if member.isfile() and path.parts[0] == "package" and ".." not in path.parts:
                goal = to.joinpath(*path.parts[1:])
                goal.parent.mkdir(parents=True, exist_ok=True)
                source = archive.extractfile(member)
                goal.write_bytes(source.read() if source else b"")

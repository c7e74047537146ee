"""Helpers of several commands: dates, the store, input and output files. Knows the store and the case."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ..errors import BadFile, CannotExport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..case import Case
    from ..store import Store

TAKEN = "There is already a file with that name. Add --overwrite to replace it, or choose another folder."


class Command(Protocol):
    """Adds a command: its name, its function, its help; returns its parser."""

    def __call__(
        self, name: str, run: Callable[[argparse.Namespace], int | None], words: str
    ) -> argparse.ArgumentParser: ...


def day(text: str) -> dt.date:
    """A date for an option such as `--today`; deadlines count days and years from it."""
    from ..case.partial_dates import FIRST_YEAR, LAST_YEAR

    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("write the day like 2026-11-22") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"choose a day in the years {FIRST_YEAR} to {LAST_YEAR}")
    return found


def open_home() -> Store:
    """The store with the workbooks of this computer."""
    from ..store import open_store

    return open_store()


def read_case(store: Store, key: str) -> Case:
    """The case with that id; NoCase if there is none."""
    from ..case import read

    _version, data = store.read(key)
    return read(data)


def put_out(line: str) -> None:
    """Prints a line of the result."""
    print(line)


def warn(line: str) -> None:
    """Prints a line to stderr."""
    print(line, file=sys.stderr)


def read_file(file: Path) -> bytes:
    """The contents of a file to load; an encrypted one may be a little larger than its contents."""
    from ..case.migrations import LARGEST

    most = LARGEST + LARGEST // 2
    try:
        with file.open("rb") as source:
            data = source.read(most + 1)
    except FileNotFoundError:
        raise BadFile("There is no file with that name. Check the name and the folder.") from None
    except IsADirectoryError:
        raise BadFile("That is a folder. Choose a file saved from a workbook.") from None
    if len(data) > most:
        raise BadFile("This file is too large to be a workbook file. Choose a file saved from a workbook.")
    return data


def write_new(file: Path, data: bytes | Iterable[bytes], *, overwrite: bool) -> None:
    """Writes the file atomically, at once or in pieces; refuses to replace one unless asked.

    Readable by its owner only. If a piece cannot be made, nothing is left.
    """
    if file.exists() and not overwrite:
        raise CannotExport(TAKEN)
    part = None
    try:
        # An unpredictable name, because in a shared folder another user may have created a file with any other name.
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=".workbook-", suffix=".part")
        part = Path(name)
        with os.fdopen(handle, "wb") as out:
            out.writelines([data] if isinstance(data, bytes) else data)
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
    except OSError as error:
        raise CannotExport(f"The file could not be written: {error.strerror}. Choose another folder.") from None
    finally:
        if part:
            part.unlink(missing_ok=True)  # it is gone if all went well

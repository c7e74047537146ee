"""A copy of everything for each day: taken, kept seven deep, cleared of what was erased, put back. Knows files only."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import sqlite3
from pathlib import Path

from .base import Copy
from .home import make_private
from .trouble import Broken

KEPT = 7
_SIDES = ("-wal", "-shm", "-journal")


def copies_in(home: Path) -> list[Copy]:
    """The daily copies, newest first."""
    found = []
    for path in (home / "copies").glob("????-??-??.db"):
        with contextlib.suppress(ValueError):
            found.append(Copy(dt.date.fromisoformat(path.stem), path))
    return sorted(found, key=lambda c: c.day, reverse=True)


def is_good(path: Path) -> bool:
    """Whether SQLite finds nothing wrong with this copy."""
    try:
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as db:
            return bool(db.execute("pragma quick_check").fetchall() == [("ok",)])
    except sqlite3.Error:
        return False


def newest_good(home: Path) -> Copy | None:
    """The newest copy that can be read."""
    return next((c for c in copies_in(home) if is_good(c.path)), None)


def take(database: Path, home: Path, day: dt.date) -> None:
    """Copies the database for this day unless that was done; call it where no one else can write.

    A copy that is not good takes no one's place, so that damage never pushes out the copies from before it.
    """
    folder = home / "copies"
    target = folder / f"{day.isoformat()}.db"
    if target.exists():
        return
    make_private(folder)
    clear_parts(home)
    part = private_file(folder / f"{day.isoformat()}.part")
    try:
        with (
            contextlib.closing(sqlite3.connect(database, isolation_level=None)) as source,
            contextlib.closing(sqlite3.connect(part, isolation_level=None)) as into,
        ):
            source.backup(into)
            into.execute("pragma journal_mode = delete")  # one file, nothing beside it
        if not is_good(part):
            raise Broken
        put_in_place(part, target)
    except BaseException:
        drop(part)
        raise
    for old in copies_in(home)[KEPT:]:
        drop(old.path)


def clear_parts(home: Path) -> None:
    """Removes what was left behind where copying was cut short."""
    for part in [*home.glob("*.part*"), *(home / "copies").glob("*.part*")]:
        part.unlink(missing_ok=True)


def clear_leftovers(home: Path) -> None:
    """Removes cut-short copies and the databases that were set aside."""
    clear_parts(home)
    for old in home.glob("damaged-*.db*"):
        old.unlink(missing_ok=True)


def erase_from(copy: Copy, case_id: str) -> None:
    """The copy without any byte of the case; one that cannot be read is removed whole."""
    try:
        with contextlib.closing(sqlite3.connect(copy.path, isolation_level=None)) as db:
            db.execute("pragma secure_delete = on")
            db.execute("pragma temp_store = memory")
            db.execute("begin immediate")
            db.execute("delete from history where case_id = ?", (case_id,))
            db.execute("delete from cases where id = ?", (case_id,))
            db.execute("commit")
            db.execute("vacuum")
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        drop(copy.path)


def drop(path: Path) -> None:
    """The database file is gone, and what SQLite keeps beside one."""
    for name in (str(path), *(f"{path}{side}" for side in _SIDES)):
        Path(name).unlink(missing_ok=True)


def swap(database: Path, copy: Copy | None, aside: Path) -> None:
    """The copy, or nothing, stands where the database stood; that one lies aside with its companions."""
    part = private_file(database.with_suffix(".part"))
    if copy is not None:
        shutil.copyfile(copy.path, part)
    aside = _second_name(database, aside)
    for side in (*_SIDES, *(() if aside.exists() else ("",))):
        with contextlib.suppress(FileNotFoundError):
            Path(f"{database}{side}").replace(f"{aside}{side}")
    put_in_place(part, database)


def _second_name(database: Path, wanted: Path) -> Path:
    """The name to set the database aside under: the wanted one, or with a number where it is taken.

    The file gets it as a second name where the disk can do so: then no page finds nothing there and begins anew.
    """
    name, number = wanted, 1
    while True:
        if not any(Path(f"{name}{side}").exists() for side in ("", *_SIDES)):
            try:
                os.link(database, name)
            except FileExistsError:
                pass  # taken a moment ago
            except OSError:
                return name  # no second names on this disk, or no database: `swap` sees to it
            else:
                return name
        number += 1
        name = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")


def private_file(path: Path) -> Path:
    """An empty file that only this user can read."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    return path


def put_in_place(part: Path, target: Path) -> None:
    """The finished file takes its name, and both are on the disk."""
    _sync(part)
    part.replace(target)
    if os.name == "posix":
        _sync(target.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

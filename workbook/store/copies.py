"""Daily copies of the database: made, rotated (seven), cleared of erased cases, restored. Knows files only."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

from .base import Copy
from .home import make_private
from .trouble import Broken

KEPT = 7
RENEWED = 1800  # seconds after which the only copy may be replaced
_SIDES = ("-wal", "-shm", "-journal")


def copies_in(home: Path) -> list[Copy]:
    """The daily copies, most recently written first, even if the clock was wrong for a while."""
    found = []
    for path in (home / "copies").glob("????-??-??.db"):
        with contextlib.suppress(ValueError):
            found.append(Copy(dt.date.fromisoformat(path.stem), path))
    return sorted(found, key=lambda c: (_stage(c.path), c.day), reverse=True)


def _stage(path: Path) -> int:
    """The last row number of the history in the copy: unlike a clock, it only increases."""
    try:
        with contextlib.closing(_looked_at(path)) as db:
            found = db.execute("select seq from sqlite_sequence where name = 'history'").fetchone()
            return int(found[0]) if found else 0
    except (sqlite3.Error, ValueError, TypeError):
        return 0


def _looked_at(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)


def workbooks_in(path: Path) -> int | None:
    """How many cases this copy contains; None if SQLite or a later read would find an error."""
    try:
        with contextlib.closing(_looked_at(path)) as db:
            if db.execute("pragma quick_check").fetchall() != [("ok",)]:
                return None
            for _body in db.execute("select body from cases"):
                pass  # SQLite's check does not validate text encoding; reading does
            number, sound = db.execute("select count(*), coalesce(sum(json_valid(body)), 0) from cases").fetchone()
            return int(number) if number == sound else None
    except sqlite3.Error:
        return None


def newest_good(home: Path) -> Copy | None:
    """The newest readable copy that contains a case."""
    for copy in copies_in(home):
        if number := workbooks_in(copy.path):
            return replace(copy, cases=number)
    return None


def any_with_workbooks(home: Path) -> bool:
    """Whether there is a copy to restore, or one that has become unreadable."""
    return any(workbooks_in(copy.path) != 0 for copy in copies_in(home))


def take(database: Path, home: Path, now: dt.datetime) -> None:
    """Copies the database once a day; call it while no one else can write.

    A bad copy never replaces another one, so that damage cannot push out the copies from before it. A copy without
    cases is useless. In the first days the only copy is replaced more often, because it contains next to nothing.
    """
    folder = home / "copies"
    target = folder / f"{now.date().isoformat()}.db"
    others = [c for c in copies_in(home) if c.path != target]
    if target.exists() and (others or now.timestamp() - target.stat().st_mtime < RENEWED):
        return None
    make_private(folder)
    clear_parts(home)
    part = private_file(folder / f"{now.date().isoformat()}.part")
    try:
        with (
            contextlib.closing(sqlite3.connect(database, isolation_level=None)) as source,
            contextlib.closing(sqlite3.connect(part, isolation_level=None)) as into,
        ):
            source.backup(into)
            into.execute("pragma journal_mode = delete")  # a single file without a log next to it
        number = workbooks_in(part)
        if number is None:
            raise Broken
        if not number:
            return drop(part)
        os.utime(part, (now.timestamp(), now.timestamp()))
        put_in_place(part, target)
    except BaseException:
        drop(part)
        raise
    # A date in the future was a wrong clock. Left there, this copy would be offered as the newest for years.
    kept = [c for c in copies_in(home) if c.day <= now.date()][:KEPT]
    for old in copies_in(home):
        if old not in kept:
            drop(old.path)
    return None


def clear_parts(home: Path) -> None:
    """Deletes the partial files of interrupted copies."""
    for part in [*home.glob("*.part*"), *(home / "copies").glob("*.part*")]:
        part.unlink(missing_ok=True)


def clear_leftovers(home: Path) -> None:
    """Deletes partial copies and databases that were set aside."""
    clear_parts(home)
    for old in home.glob("damaged-*.db*"):
        old.unlink(missing_ok=True)


def erase_from(copy: Copy, case_id: str, *, again: bool = False) -> None:
    """Removes every byte of the case from the copy; deletes an unreadable copy.

    With `again`, skips a copy that does not contain the case: it was cleared a moment ago.
    """
    try:
        with contextlib.closing(sqlite3.connect(copy.path, isolation_level=None)) as db:
            if again and not _holds(db, case_id):
                return
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


def _holds(db: sqlite3.Connection, case_id: str) -> bool:
    asked = "select 1 from cases where id = ? union all select 1 from history where case_id = ?"
    return db.execute(asked, (case_id, case_id)).fetchone() is not None


def drop(path: Path) -> None:
    """Deletes the database file and SQLite's companion files."""
    for name in (str(path), *(f"{path}{side}" for side in _SIDES)):
        Path(name).unlink(missing_ok=True)


def swap(database: Path, copy: Copy | None, aside: Path, empty: str) -> None:
    """Replaces the database with the copy, or with one made by `empty`; sets the old one aside with its companions.

    An empty file would look like a lost database.
    """
    part = private_file(database.with_suffix(".part"))
    if copy is not None:
        shutil.copyfile(copy.path, part)
    else:
        with contextlib.closing(sqlite3.connect(part, isolation_level=None)) as db:
            db.executescript(empty)
    aside = _second_name(database, aside)
    for side in (*_SIDES, *(() if aside.exists() else ("",))):
        with contextlib.suppress(FileNotFoundError):
            Path(f"{database}{side}").replace(f"{aside}{side}")
    put_in_place(part, database)


def _second_name(database: Path, wanted: Path) -> Path:
    """The name to set the database aside under, numbered if it is taken.

    It is hard-linked where the disk supports it, so that no page finds the database missing and creates a new one.
    """
    name, number = wanted, 1
    while True:
        if not any(Path(f"{name}{side}").exists() for side in ("", *_SIDES)):
            try:
                os.link(database, name)
            except FileExistsError:
                pass  # created a moment ago
            except OSError:
                return name  # hard links are not supported, or there is no database: `swap` handles both
            else:
                return name
        number += 1
        name = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")


def private_file(path: Path) -> Path:
    """Creates an empty file that only this user can read."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    return path


def put_in_place(part: Path, target: Path) -> None:
    """Renames the finished file into place and syncs both to disk."""
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

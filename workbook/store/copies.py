"""A copy of everything for each day: taken, kept seven deep, cleared of what was erased, put back. Knows files only."""

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
RENEWED = 1800  # seconds after which the only copy there is may be taken anew
_SIDES = ("-wal", "-shm", "-journal")


def copies_in(home: Path) -> list[Copy]:
    """The daily copies, the one written last first, also where a clock was wrong for a while."""
    found = []
    for path in (home / "copies").glob("????-??-??.db"):
        with contextlib.suppress(ValueError):
            found.append(Copy(dt.date.fromisoformat(path.stem), path))
    return sorted(found, key=lambda c: (_stage(c.path), c.day), reverse=True)


def _stage(path: Path) -> int:
    """How far the history had come when the copy was taken: unlike a clock, it only goes on."""
    try:
        with contextlib.closing(_looked_at(path)) as db:
            found = db.execute("select seq from sqlite_sequence where name = 'history'").fetchone()
            return int(found[0]) if found else 0
    except (sqlite3.Error, ValueError, TypeError):
        return 0


def _looked_at(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)


def workbooks_in(path: Path) -> int | None:
    """How many workbooks this copy holds; None where SQLite, or who reads it later, would find something wrong."""
    try:
        with contextlib.closing(_looked_at(path)) as db:
            if db.execute("pragma quick_check").fetchall() != [("ok",)]:
                return None
            for _body in db.execute("select body from cases"):
                pass  # SQLite's check does not look at letters; reading does
            number, sound = db.execute("select count(*), coalesce(sum(json_valid(body)), 0) from cases").fetchone()
            return int(number) if number == sound else None
    except sqlite3.Error:
        return None


def newest_good(home: Path) -> Copy | None:
    """The newest copy that can be read and holds a workbook."""
    for copy in copies_in(home):
        if number := workbooks_in(copy.path):
            return replace(copy, cases=number)
    return None


def any_with_workbooks(home: Path) -> bool:
    """Whether there is a copy to go back to, or one that cannot be read any more."""
    return any(workbooks_in(copy.path) != 0 for copy in copies_in(home))


def take(database: Path, home: Path, now: dt.datetime) -> None:
    """Copies the database for this day unless that was done; call it where no one else can write.

    A copy that is not good takes no one's place, so that damage never pushes out the copies from before it. One
    without workbooks helps nobody. On the first days of work the only copy is renewed, for it holds next to nothing.
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
            into.execute("pragma journal_mode = delete")  # one file, nothing beside it
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
    # A day that has not come was a clock's mistake. Left there, its copy would be offered as the newest for years.
    kept = [c for c in copies_in(home) if c.day <= now.date()][:KEPT]
    for old in copies_in(home):
        if old not in kept:
            drop(old.path)
    return None


def clear_parts(home: Path) -> None:
    """Removes what was left behind where copying was cut short."""
    for part in [*home.glob("*.part*"), *(home / "copies").glob("*.part*")]:
        part.unlink(missing_ok=True)


def clear_leftovers(home: Path) -> None:
    """Removes cut-short copies and the databases that were set aside."""
    clear_parts(home)
    for old in home.glob("damaged-*.db*"):
        old.unlink(missing_ok=True)


def erase_from(copy: Copy, case_id: str, *, again: bool = False) -> None:
    """The copy without any byte of the case; one that cannot be read is removed whole.

    `again` leaves a copy alone that does not hold it: it was cleared a moment ago.
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
    """The database file is gone, and what SQLite keeps beside one."""
    for name in (str(path), *(f"{path}{side}" for side in _SIDES)):
        Path(name).unlink(missing_ok=True)


def swap(database: Path, copy: Copy | None, aside: Path, empty: str) -> None:
    """The copy stands where the database stood, else one made by `empty`; the old one lies aside with its companions.

    A file without a byte would look like one that was lost.
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

"""A program killed while it saves: acknowledged saves are there, and nothing is corrupted.

A kill simulates a crash of the program, not of power: for that, SQLite's synchronous=FULL has to be trusted.
"""

from __future__ import annotations

import contextlib
import random
import sqlite3
import time
from pathlib import Path

import pytest

from tests.builders import case, store
from workbook.session import Session
from workbook.store import open_store

from .crash import AT_ONCE, add_notes, begin, save_until_killed


def _kill_while_it_saves(home: Path) -> int:
    """The last number that was acknowledged."""
    heard, said = AT_ONCE.Pipe(duplex=False)
    program = AT_ONCE.Process(target=save_until_killed, args=(str(home), said))
    program.start()
    said.close()
    last = int(heard.recv_bytes())
    time.sleep(random.uniform(0, 0.03))
    program.kill()
    program.join()
    with contextlib.suppress(EOFError):
        while True:
            last = int(heard.recv_bytes())
    heard.close()
    return last


@pytest.mark.parametrize("times", [30, pytest.param(300, marks=pytest.mark.long)])
def test_nothing_acknowledged_is_lost(home: Path, times: int) -> None:
    store(home).create(case(visit__note_taker="0"))
    for _ in range(times):
        acknowledged = _kill_while_it_saves(home)
        with contextlib.closing(sqlite3.connect(home / "workbook.db")) as db:
            assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
        page = Session(open_store(home), "knee")
        assert acknowledged <= int(page.case.visit.note_taker) <= acknowledged + 1
        newest = [d for row in page.store.history("knee") for d in row.deltas if d["path"] == "visit.note_taker"][-1]
        assert newest["after"] == page.case.visit.note_taker, "case and history were written together"
        page.store.close()
    left = {f.name for f in home.rglob("*") if f.is_file()}
    assert {n for n in left if n.startswith("workbook.db") or n.endswith(".db")} == left, "no temporary file is left"


def test_four_concurrent_writers_lose_nothing(home: Path) -> None:
    place = store(home)
    place.create(case())
    programs = [AT_ONCE.Process(target=add_notes, args=(str(home), tag, 50)) for tag in "abcd"]
    for program in programs:
        program.start()
    for program in programs:
        program.join(120)
        assert program.exitcode == 0
    version, body = place.read("knee")
    assert len(body["notes"]) == len({n["id"] for n in body["notes"]}) == 200
    assert version == 201


def test_four_programs_start_at_once_in_a_new_home(home: Path) -> None:
    for number in range(5):
        folder = home / str(number)
        programs = [AT_ONCE.Process(target=begin, args=(str(folder), key)) for key in "abcd"]
        for program in programs:
            program.start()
        for program in programs:
            program.join(60)
            assert program.exitcode == 0
        assert {s.id for s in open_store(folder).cases()} == set("abcd")

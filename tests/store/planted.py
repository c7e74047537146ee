"""A home with words that an erase must find: in the database, its history, its log, its copies and other files."""

from __future__ import annotations

from pathlib import Path

from tests.builders import Clock, case, session, store
from workbook.session import Change

PLANTED = ["PLANTEDNAME", "PLANTEDSTORY", "PLANTEDDRAFT", "PLANTEDREMOVED", "plantedid"]


def words_left(home: Path) -> set[str]:
    """The words that some file in the home still contains: database, log, shared memory, copies, whatever else."""
    found = set()
    for file in home.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        found |= {w for w in PLANTED if w.encode() in content or w in file.name}
    return found


def filled(home: Path) -> Clock:
    """A home with a case to erase, one to keep, a long history and copies of several days."""
    clock = Clock()
    place = store(home, clock)
    place.create(case("other", nickname="KEPTNAME"))
    place.create(case("plantedid", nickname="PLANTEDNAME", goal__own_words="PLANTEDSTORY " * 2000))
    page = session(home, of=case("plantedid"), clock=clock)
    for number in range(12):
        clock.forward(hours=11)
        page.apply([Change("put", "goal.own_words", f"PLANTEDSTORY {number} " * (300 * (number % 4)))])
        page.apply([Change("add", "notes", {"id": f"n{number}", "text": "PLANTEDREMOVED " * 50})])
        page.apply([Change("remove", f"notes.n{number}"), Change("put", "goal.decide_by", "PLANTEDDRAFT")])
    page.store.close()
    files = home / "files" / "plantedid"
    files.mkdir(parents=True)
    (files / "scan").write_text("PLANTEDSTORY")
    assert words_left(home) == set(PLANTED), "the planted words can be found before"
    return clock

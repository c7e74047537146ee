"""Programs that save and acknowledge each save when it is done. They run as subprocesses and are meant to be killed."""

from __future__ import annotations

import multiprocessing
import sys
from multiprocessing.connection import Connection

from workbook.case import Case
from workbook.session import Change, Session
from workbook.store import open_store

AT_ONCE = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
if sys.platform != "win32":
    AT_ONCE.set_forkserver_preload(["workbook.session", "workbook.store.sqlite"])


def save_until_killed(home: str, said: Connection) -> None:
    page = Session(open_store(home), "knee")
    number = int(page.case.visit.note_taker or 0)
    while True:
        number += 1
        page.apply([Change("put", "visit.note_taker", str(number)), Change("put", "goal.own_words", "w" * 900)])
        said.send_bytes(str(number).encode())


def add_notes(home: str, tag: str, times: int) -> None:
    page = Session(open_store(home), "knee")
    for number in range(times):
        page.apply([Change("add", "notes", {"id": f"n{tag}x{number}", "text": f"{tag} {number}"})])


def begin(home: str, case_id: str) -> None:
    open_store(home).create(Case(id=case_id))

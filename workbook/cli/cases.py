"""The commands that start, list, load, save and erase workbooks. Knows the case, the store and encrypted files."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .common import Command, open_home, put_out, read_case, read_file, warn, write_new

if TYPE_CHECKING:
    from ..case import Case
    from ..store import Store


_BY = ("self", "caregiver", "advocate")


def add(command: Command) -> None:
    """`demo`, `new`, `list`, `load` and `save`."""
    command("demo", _demo, "Add the made-up demo cases, once, and print their ids.")
    new = command("new", _new, "Start an empty workbook and print its id.")
    new.add_argument("--nickname", default="", metavar="TEXT", help="what to call it in lists, such as Knee")
    new.add_argument("--by", choices=_BY, help="who fills it in; the patient (self) without it")
    new.add_argument("--patient", default="", metavar="NAME", help="the patient's full name")
    new.add_argument("--like", metavar="CASE", help="copy the person, the plan and the medicines of this one")
    listing = command("list", _list, "List the workbooks on this computer.")
    listing.add_argument("--json", action="store_true")
    load = command("load", _load, "Load a case file, or the PDF that has one inside; merge it if it is here already.")
    load.add_argument("file", type=Path, metavar="FILE")
    load.add_argument("--as-new", action="store_true", help="keep it beside the workbook it was made from")
    load.add_argument("--passphrase-file", type=Path, metavar="FILE", help="for a locked file: read it from here")
    save = command("save", _save, "Save a workbook as a case file.")
    save.add_argument("case", metavar="CASE")
    save.add_argument("file", type=Path, metavar="FILE")
    save.add_argument("--overwrite", action="store_true", help="replace the file if it is there")


def add_erase(command: Command) -> None:
    """`erase`."""
    erase = command("erase", _erase, "Erase a workbook and every trace of it on this computer.")
    erase.add_argument("case", metavar="CASE")
    erase.add_argument("--yes", action="store_true", help="you are sure; this cannot be undone")


def _demo(_args: argparse.Namespace) -> None:
    from ..session import demo

    for key in demo.add(open_home()):
        put_out(key)


def _new(args: argparse.Namespace) -> None:
    from ..case import Case, put

    store = open_home()
    case = like(read_case(store, args.like)) if args.like else Case()
    given = {"nickname": args.nickname, "mode": args.by, "person.name": args.patient}
    for path, value in given.items():
        case = put(case, path, value) if value or path == "nickname" else case
    store.create(case)
    put_out(case.id)


def like(other: Case) -> Case:
    """A new case for the same person: shares personal details, helpers, the plan, medicines and allergies."""
    from ..case import Case

    health = other.health.model_copy(
        update={"problems": type(other.health.problems)(), "timeline": type(other.health.timeline)()}
    )
    plan = Case().insurance.model_copy(update={"plan": other.insurance.plan})
    kept: dict[str, Any] = {
        k: getattr(other, k) for k in ("mode", "language", "synthetic", "demo_today", "person", "parties")
    }
    return Case().model_copy(update={**kept, "health": health, "insurance": plan})


_LISTED = ("id", "nickname", "mode", "updated", "synthetic", "state")


def _list(args: argparse.Namespace) -> None:
    from ..case import told_apart
    from ..session.names import first_names

    store = open_home()
    rows = store.cases()
    if args.json:
        put_out(json.dumps([{name: getattr(row, name) for name in _LISTED} for row in rows]))
        return
    firsts = first_names(store, [row.id for row in rows])
    names = told_apart(((row.id, row.nickname, firsts.get(row.id, "")) for row in rows), patients=True)
    for row in rows:
        marks = ", ".join(filter(None, [row.state, "demo" if row.synthetic else ""]))
        name = names[row.id] if row.nickname or firsts.get(row.id) else "(no name)"
        put_out("\t".join([row.id, name, row.updated, marks]).rstrip())
    if not rows:
        print("There are no workbooks yet. Start one with: workbook new", file=sys.stderr)


def _load(args: argparse.Namespace) -> int | None:
    from ..case import new_id, parse
    from ..documents import encryption
    from ..scan.formats import carried
    from ..session.hand_over import kind_of
    from .hand_over import load_answer, look

    data = read_file(args.file)
    if encryption.is_sealed(data):
        encryption.check(data)
        data = encryption.open_(data, encryption.ask(args.passphrase_file, twice=False))
    elif carried.is_pdf(data):
        data = carried.case_file(data)
    if kind := kind_of(data):
        return look(data) if kind == "offer" else load_answer(open_home(), data)
    case = parse(data)
    store = open_home()
    if case.id not in {row.id for row in store.cases()}:
        store.create(case)
    elif args.as_new:
        case = case.model_copy(update={"id": new_id()})
        store.create(case)
    else:
        _merge(store, case)
    put_out(case.id)
    return None


def _merge(store: Store, case: Case) -> None:
    """Merges the file into its workbook, and says what came of it on stderr."""
    import datetime as dt

    from ..session.merge import merge

    done = merge(store, case, dt.date.today())  # noqa: DTZ011 - the user's own day
    if done.older:
        warn("This workbook is here already, and the file has nothing new. To keep both, add --as-new")
        return
    number = len(done.taken)
    warn(f"The file was merged into its workbook: {number} change{'' if number == 1 else 's'} taken.")
    for one in done.conflicts:
        warn(f"Changed on both sides: {one.question}. Yours was kept.")
    if done.conflicts:
        warn(f"To see both answers and choose: workbook merge {case.id}")


def _save(args: argparse.Namespace) -> None:
    from ..case import dump

    write_new(args.file, dump(read_case(open_home(), args.case)), overwrite=args.overwrite)
    put_out(str(args.file))


def _erase(args: argparse.Namespace) -> int | None:
    if not args.yes:
        print("Erasing cannot be undone. If you are sure, add --yes", file=sys.stderr)
        return 2
    open_home().erase(args.case)
    return None

"""The commands of a practice's folder: `init`, `new-notebook`, `upgrade`. Know the folder, the packs and the store."""

from __future__ import annotations

import argparse
import difflib
from pathlib import Path

from ..errors import BadFile
from .common import Command, open_home, put_out, read_case, warn

NAMED = (
    "The title has a word of this client's name or nickname, and anybody with the address of their site can read it. "
    'Choose a title that fits anybody, such as "Before your visit".'
)


def add(command: Command) -> None:
    """`init`, `new-notebook` and `upgrade`."""
    init = command("init", _init, "Make a folder for your own pages and packs, or take a page into it.")
    init.add_argument("folder", type=Path, metavar="DIR")
    init.add_argument("--name", default="", metavar="TEXT", help="the name of your practice")
    init.add_argument(
        "--page", action="append", default=[], metavar="NAME", help="copy this shipped page, to change it"
    )
    new = command("new-notebook", _new, "Make a page that only one client sees.")
    new.add_argument("case", metavar="CASE")
    new.add_argument("folder", nargs="?", type=Path, default=Path(), metavar="DIR", help="your folder (this one)")
    new.add_argument("--title", default="", metavar="TEXT", help="its title; never the client's name")
    new.add_argument(
        "--pack", action="append", default=[], metavar="ID", help="add what a condition brings, such as spine"
    )
    upgrade = command("upgrade", _upgrade, "Bring newer shipped pages into your folder and keep your changes.")
    upgrade.add_argument("folder", nargs="?", type=Path, default=Path(), metavar="DIR", help="the folder (this one)")


def _init(args: argparse.Namespace) -> None:
    from ..folder.create import create
    from ..store import home_dir

    folder, home = args.folder.resolve(), home_dir().resolve()
    if folder.is_relative_to(home) or home.is_relative_to(folder):
        raise BadFile("Clients' answers are saved there, and this folder is for pages only. Choose another folder.")
    for file in create(args.folder, args.name, args.page):
        put_out(str(file))


def _new(args: argparse.Namespace) -> None:
    from ..check import names
    from ..content import conditions
    from ..folder import pages
    from ..folder.create import for_client
    from ..session import Change, Session
    from .pages import use

    if pages.is_practice(args.folder):
        use(args.folder)
    for name in args.pack:
        if name not in conditions():
            near = difflib.get_close_matches(name, conditions(), 1)
            meant = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(sorted(conditions()))}."
            raise BadFile(f"There is no pack for the condition {name}. {meant}")
    store = open_home()
    case = read_case(store, args.case)
    found = None if case.synthetic else names.words(case)
    if found and found.search(names.plain(args.title)):
        raise BadFile(NAMED)
    put_out(str(for_client(args.folder, args.case, args.title)))
    if args.pack:
        session = Session(store, args.case)
        wanted = dict.fromkeys((*session.case.goal.conditions, *args.pack))
        session.apply([Change("put", "goal.conditions", list(wanted))])


def _upgrade(args: argparse.Namespace) -> int:
    from ..folder.upgrade import upgrade

    found = upgrade(args.folder)
    for one in found:
        put_out(f"{one.page}: {'brought up to date' if one.changed else 'nothing new'}")
        for said in one.conflicts:
            put_out(f"  {said}")
    open_ = sum(len(one.conflicts) for one in found)
    if open_:
        warn("Open these pages with workbook lab. Look at the cells marked wb-conflict, then delete them.")
    return int(bool(open_))

"""`workbook team`: a practice's database, who works in it, and who has which workbook. Knows the practice's store."""

from __future__ import annotations

import argparse
import os
import secrets
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import StoreTrouble
from .common import Command, day, put_out, warn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..store.postgres import PostgresStore
    from ..store.postgres.connection import Connection
    from ..store.postgres.team import Team

NO_DATABASE = (
    "Say which database: set WORKBOOK_DATABASE to its address, such as postgresql:///workbook. "
    "deploy/README.md has every step."
)


def add(command: Command) -> None:
    """`team` with its parts."""
    top = command("team", _no_part, "A practice: its database, its people, and who has which workbook.")
    parts = top.add_subparsers(dest="part", metavar="PART")

    def part(name: str, run: Callable[[argparse.Namespace], None], words: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = parts.add_parser(name, help=words, description=words)
        made.set_defaults(run=run)
        return made

    _for_the_administrator(part)
    _for_advocates(part)


def _no_part(_args: argparse.Namespace) -> None:
    raise StoreTrouble("Say what to do, such as: workbook team people. To see all: workbook team --help")


def _for_the_administrator(part: Callable[..., argparse.ArgumentParser]) -> None:
    part("init", _upgrade, "Set up the practice's database. Run it as the person who runs PostgreSQL.")
    part("upgrade", _upgrade, "Bring the practice's database up to date with this program.")
    new = part("add", _add, "Let somebody sign in, or change their shown name or password.")
    new.add_argument("name", metavar="NAME", help="how they sign in, such as ada")
    new.add_argument("--kind", choices=("advocate", "client", "auditor"), default="advocate")
    new.add_argument("--shown", default="", metavar="NAME", help="their name as others see it")
    new.add_argument("--team", default="", metavar="TEAM")
    new.add_argument("--password", action="store_true", help="make a password, if the system does not vouch for them")
    leave = part("leave", _leave, "End somebody's access at once, also where they are signed in.")
    leave.add_argument("name", metavar="NAME")
    leave.add_argument("--to", default="", metavar="NAME", help="the advocate who takes their workbooks")
    log = part("log", _log, "List who opened and changed what. For an auditor.")
    log.add_argument("--case", default="", metavar="CASE")
    log.add_argument("--who", default="", metavar="NAME")


def _for_advocates(part: Callable[..., argparse.ArgumentParser]) -> None:
    part("people", _people, "List colleagues and clients.")
    part("offers", _offers, "List the hand-overs that were offered by you or to you.")
    offer = part("offer", _offer, "Offer a workbook to another advocate.")
    offer.add_argument("case", metavar="CASE")
    offer.add_argument("--to", required=True, metavar="NAME")
    offer.add_argument("--note", default="", metavar="TEXT", help="what they should know first")
    for name, words in (
        ("accept", "Take over a workbook that was offered to you."),
        ("refuse", "Do not take it over; it stays where it is."),
        ("withdraw", "Take back an offer of yours."),
    ):
        made = part(name, _answer, words)
        made.add_argument("number", type=int, metavar="NUMBER", help="see: workbook team offers")
        made.add_argument("--reason", default="", metavar="TEXT")
    cover = part("cover", _cover, "Let a colleague work in all your workbooks while you are away.")
    cover.add_argument("name", metavar="NAME")
    cover.add_argument("--from", dest="first", type=day, metavar="YYYY-MM-DD")
    cover.add_argument("--until", dest="last", type=day, metavar="YYYY-MM-DD")
    cover.add_argument("--end", action="store_true", help="end it before its last day")
    share = part("share", _share, "Show a workbook to everyone in a team of yours.")
    share.add_argument("case", metavar="CASE")
    share.add_argument("--team", required=True, metavar="TEAM")
    share.add_argument("--stop", action="store_true", help="show it to the team no longer")
    invite = part("invite", _invite, "Open a workbook to the client it is about, who sees no other one.")
    invite.add_argument("case", metavar="CASE")
    invite.add_argument("--client", required=True, metavar="NAME")
    for name, words in (
        ("move-in", "Copy the workbooks of this computer into the practice's database, each compared afterwards."),
        ("move-out", "Copy your workbooks from the practice's database into a folder of this computer."),
    ):
        made = part(name, _move, words)
        made.add_argument("folder", type=Path, nargs="?", metavar="DIR", help="the folder with the workbooks (yours)")


def _address() -> str:
    address = os.environ.get("WORKBOOK_DATABASE", "")
    if not address:
        raise StoreTrouble(NO_DATABASE)
    return address


@contextmanager
def _store() -> Iterator[PostgresStore]:
    from ..store import home_dir
    from ..store.postgres import PostgresStore

    store = PostgresStore(_address(), home_dir())
    try:
        yield store
    finally:
        store.close()


@contextmanager
def _team() -> Iterator[Team]:
    from ..store.postgres.team import Team

    with _store() as store:
        yield Team(store.link)


def _with_administrator(do: Callable[[Connection], None]) -> None:
    from ..store.postgres.connection import connect
    from ..store.postgres.errors import as_sentences

    with as_sentences(), connect(_address()) as db:
        do(db)


def _upgrade(_args: argparse.Namespace) -> None:
    from ..store.postgres.migrate import upgrade

    def do(db: Connection) -> None:
        ran = upgrade(db)
        put_out(f"Done: {len(ran)} steps." if ran else "It is up to date.")

    _with_administrator(do)


def _add(args: argparse.Namespace) -> None:
    from ..store.postgres import people

    password = secrets.token_urlsafe(18) if args.password else None

    def do(db: Connection) -> None:
        people.add(db, args.name, args.kind, args.shown, password)
        if args.team:
            people.join(db, args.name, args.team)
        put_out(f"{args.name} can sign in." if password is None else f"{args.name} can sign in with: {password}")

    _with_administrator(do)


def _leave(args: argparse.Namespace) -> None:
    from ..store.postgres.people import leave

    def do(db: Connection) -> None:
        went = leave(db, args.name, args.to)
        to = f" {went} of their workbooks went to {args.to}." if went else ""
        put_out(f"{args.name} can no longer sign in.{to}")

    _with_administrator(do)


def _log(args: argparse.Namespace) -> None:
    from ..store.postgres.people import log

    def do(db: Connection) -> None:
        for e in log(db, case_id=args.case, who=args.who):
            put_out("\t".join([f"{e.at:%Y-%m-%d %H:%M:%S}", e.who, e.action, e.case_id, e.other, " ".join(e.places)]))

    _with_administrator(do)


def _people(_args: argparse.Namespace) -> None:
    with _team() as team:
        found = team.people()
    for one in found:
        put_out("\t".join([one.role, one.shown, one.kind, ", ".join(one.teams), "you" if one.is_me else ""]))


def _offers(_args: argparse.Namespace) -> None:
    from ..practice.team import STATES

    with _team() as team:
        found = team.offers()
    for one in found:
        put_out("\t".join([str(one.number), one.case_id, one.nickname, f"{one.from_role} to {one.to_role}",
                           STATES[one.state].lower(), one.note or one.reason]))  # fmt: skip
    if not found:
        warn("No hand-over was offered by you or to you.")


def _offer(args: argparse.Namespace) -> None:
    with _team() as team:
        number = team.offer(args.case, args.to, args.note)
    put_out(f"Offered to {args.to}, number {number}. It stays yours until they accept.")


def _answer(args: argparse.Namespace) -> None:
    with _team() as team:
        if args.part == "accept":
            new = team.accept(args.number)
            said = f"It is yours now: {new}. Private notes of the other one stay with them."
        elif args.part == "refuse":
            team.refuse(args.number, args.reason)
            said = "Not accepted. It stays where it is."
        else:
            team.withdraw(args.number)
            said = "Taken back."
    put_out(said)


def _cover(args: argparse.Namespace) -> None:
    if not args.end and not (args.first and args.last):
        raise StoreTrouble("Say from which day until which day: --from 2026-12-20 --until 2027-01-04")
    with _team() as team:
        if args.end:
            team.end_cover(args.name)
        else:
            team.cover(args.name, args.first, args.last)
    until = "" if args.end else f" from {args.first} until {args.last}"
    put_out(f"{args.name} no longer covers for you." if args.end else f"{args.name} covers for you{until}.")


def _share(args: argparse.Namespace) -> None:
    with _team() as team:
        team.share(args.case, args.team, shared=not args.stop)
    put_out(f"{args.team} {'no longer sees' if args.stop else 'sees'} it.")


def _invite(args: argparse.Namespace) -> None:
    with _team() as team:
        team.invite(args.case, args.client)
    put_out(f"{args.client} can open it.")


def _move(args: argparse.Namespace) -> None:
    from ..store import home_dir
    from ..store.move import move
    from ..store.sqlite import SQLiteStore

    here = SQLiteStore(args.folder or home_dir())
    counts = {"moved": 0, "there": 0, "differs": 0}
    with _store() as practice:
        source, target = (here, practice) if args.part == "move-in" else (practice, here)
        for one in move(source, target):
            counts[one.state] += 1
            if one.state == "differs":
                put_out(f"{one.id}: both places have this workbook, and they are not the same. Nothing was changed.")
    put_out(f"{counts['moved']} copied and compared, {counts['there']} were there already.")
    if not counts["differs"]:
        put_out("The ones in the first place are still there. Erase them when you have looked at the copies.")

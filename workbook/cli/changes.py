"""The command that lists what changed in a workbook. Knows the practice's list of changes."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from .common import Command, day, open_home, put_out, warn

if TYPE_CHECKING:
    from ..practice.changes import Change


def add(command: Command) -> None:
    """`changes`."""
    changes = command("changes", _changes, "List the answers of a workbook that are new, changed or removed.")
    changes.add_argument("case", metavar="CASE")
    changes.add_argument(
        "--since",
        type=day,
        metavar="YYYY-MM-DD",
        help="from this day on, instead of since they were last marked as seen",
    )
    changes.add_argument("--seen", action="store_true", help="mark them as seen: the next list begins now")
    changes.add_argument("--json", action="store_true")


def _changes(args: argparse.Namespace) -> None:
    from ..practice.changes import found, note

    store = open_home()
    made = found(store, args.case, args.since)
    if args.json:
        put_out(json.dumps([_as_json(one) for one in made.changes], ensure_ascii=False, indent=1))
    for one in () if args.json else made.changes:
        put_out("\t".join([one.day, one.kind, one.what, one.was, one.now, one.marked]).rstrip("\t"))
    if made.begins or not made.changes:
        warn(note(made))
    if args.seen:
        store.mark_seen(args.case)


def _as_json(one: Change) -> dict[str, Any]:
    return {**one._asdict(), "at": one.at.isoformat(timespec="seconds") if one.at else None}

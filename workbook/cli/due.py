"""The command that lists what is due in all workbooks, in the order of days. Knows the practice's lists."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from .common import Command, day, open_home, put_out, warn

if TYPE_CHECKING:
    from ..practice.due import Due

_NOT_IN_JSON = ("is_event", "away", "short")


def add(command: Command) -> None:
    """`due`."""
    due = command("due", _due, "List every date that counts in all workbooks, the earliest first.")
    due.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="count from this day instead of today")
    due.add_argument("--json", action="store_true")
    due.add_argument("--ics", action="store_true", help="as a calendar, without anything personal")


def _due(args: argparse.Namespace) -> int | None:
    if args.json and args.ics:
        warn("Choose --json or --ics, not both.")
        return 2
    from ..practice import due

    on = args.on or dt.datetime.now().astimezone().date()
    cases = list(due.open_cases(open_home()))
    if args.ics:
        from ..documents.sheets.calendar import practice_calendar

        put_out(practice_calendar(cases, on).decode().replace("\r\n", "\n").rstrip("\n"))
        return None
    found = due.listed(cases, on)
    if args.json:
        put_out(json.dumps([_as_json(one) for one in found], ensure_ascii=False, indent=1))
        return None
    for one in found:
        put_out("\t".join([one.due.isoformat(), one.away, one.case, one.name or "(no name)", one.text]))
    if not found:
        warn("Nothing is due. Dates appear here when the workbooks have some.")
    return None


def _as_json(one: Due) -> dict[str, Any]:
    plain = {key: value for key, value in one._asdict().items() if key not in _NOT_IN_JSON}
    return {**plain, "due": one.due.isoformat(), "aim": one.aim or None}

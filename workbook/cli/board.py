"""The command that shows all workbooks on one page: what is next, what blocks it, whose turn it is. Knows the board."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from pathlib import Path

from .common import Command, day, open_home, put_out, warn, write_new

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HEADS = ("Date", "When", "Id", "Workbook", "Whose turn", "Records here", "What", "What blocks it")
_SHOWN = ("open", "late", "blocked", "quiet", "records", "authority", "barriers", "paused", "closed", "all")


def add(command: Command) -> None:
    """`board`."""
    board = command("board", _board, "Show all workbooks, a line each: next date, what blocks it, whose turn it is.")
    board.add_argument("--due", metavar="DAY", help="only those with a date on that day: monday, today or 2026-11-30")
    board.add_argument("--show", choices=_SHOWN, default="open", help="which workbooks; open ones without it")
    board.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="count from this day instead of today")
    board.add_argument("--csv", type=Path, metavar="FILE", help="write a table for a spreadsheet, without formulas")
    board.add_argument("--overwrite", action="store_true", help="replace the file if it is there")
    board.add_argument("--json", action="store_true")


def _board(args: argparse.Namespace) -> int | None:
    from ..practice import board

    now = args.on or dt.datetime.now().astimezone().date()
    try:
        due = named(args.due, now) if args.due else None
    except ValueError:
        warn("Write the day like 2026-11-30, or as today, tomorrow or monday.")
        return 2
    store = open_home()
    every = board.lines(store, args.on)
    found = board.chosen(every, board.Wanted(show=args.show, day=due))
    if args.csv:
        write_new(args.csv, board.as_csv(found), overwrite=args.overwrite)
        put_out(str(args.csv))
    elif args.json:
        put_out(json.dumps(board.as_json(found), ensure_ascii=False, indent=1))
    else:
        if found:
            put_out("\t".join(_HEADS))
        for one in found:
            row = one.row
            dates = board.on_day(one, due) if due else [] if row.late else list(one.coming[:1])
            when = dates[0].due if dates else row.late_since
            away = dates[0].away if dates else row.away
            what = "; ".join(date.text for date in dates) or row.late_what
            said = [away, row.id, row.name or "(no name)", row.turn, row.records, what, row.blocked_by]
            put_out("\t".join([when.isoformat() if when else "", *said]).rstrip())
    if not found and not args.csv:
        warn("No workbook fits. See all of them with: workbook board --show all")
    if not args.csv and not args.json and board.leaves_out_demos(store, every):
        warn("The demo cases are not in this list. See them with: workbook list")
    return None


def named(text: str, now: dt.date) -> dt.date:
    """A day by its date, or as today, tomorrow or the next day of that name; ValueError for another text.

    >>> named("monday", dt.date(2026, 11, 28)), named("today", dt.date(2026, 11, 28))
    (datetime.date(2026, 11, 30), datetime.date(2026, 11, 28))
    """
    word = text.strip().casefold()
    if word in ("today", "tomorrow"):
        return now + dt.timedelta(days=int(word == "tomorrow"))
    if word in _DAYS:
        return now + dt.timedelta(days=(_DAYS.index(word) - now.weekday()) % 7)
    return dt.date.fromisoformat(word)

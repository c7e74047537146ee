"""The commands that print the derived status of a case, and the facts it depends on. Know the rules and the law."""

from __future__ import annotations

import argparse
import datetime as dt
import json

from .common import Command, day, open_home, put_out, read_case


def add(command: Command) -> None:
    """`status` and `facts`."""
    status = command("status", _status, "Show deadlines, alerts, gaps and what to do next.")
    status.add_argument("case", metavar="CASE")
    status.add_argument("--today", type=day, metavar="YYYY-MM-DD", help="count from this day")
    status.add_argument("--json", action="store_true")
    facts = command("facts", _facts, "List the dated facts that the workbook rests on.")
    facts.add_argument("--due", action="store_true", help="only those that should be checked again")
    facts.add_argument("--today", type=day, metavar="YYYY-MM-DD", help="count from this day")


def _status(args: argparse.Namespace) -> None:
    from ..practice.status import status

    found = status(read_case(open_home(), args.case), args.today)
    if args.json:
        put_out(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    elif text := repr(found):
        put_out(text)


def _facts(args: argparse.Namespace) -> None:
    from .. import law

    today = args.today or dt.datetime.now().astimezone().date()
    facts = law.load()
    for fact in facts.due(today) if args.due else facts.values():
        put_out(f"{fact.id}\t{fact.review_by}\t{fact.words}")

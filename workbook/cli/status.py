"""The commands that print the derived status of a case, and the facts it depends on. Know the rules and the law."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from typing import TYPE_CHECKING

from .common import Command, day, open_home, put_out, read_case

if TYPE_CHECKING:
    from ..rules import Status


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
    from .. import law, rules
    from ..documents.summary import parts

    case = read_case(open_home(), args.case)
    found = rules.status(case, law.load(), args.today or parts.own_today(case))
    if args.json:
        put_out(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
        return
    for title, lines in _sections(found):
        if lines:
            put_out("\n".join([title, *(f"  {line}" for line in lines)]))


def _sections(found: Status) -> list[tuple[str, list[str]]]:
    """A status as titled lines for a terminal."""
    return [
        ("Do this next", [f"{n}. {step.do} {step.why}" for n, step in enumerate(found.next, 1)]),
        ("Put off", [f"{step.until}  {step.do}" for step in found.put_off]),
        ("Deadlines", [f"{d.due or 'not started'}  {d.text} ({d.rule}, {d.certainty.value})" for d in found.deadlines]),
        ("Ended", [f"{e.due or ''}  {e.rule}: {e.why}" for e in found.ended]),
        ("Alerts", [f"{a.id} {a.level.value}: {a.text} {a.next}" for a in found.alerts]),
        ("Not seen by both", [f"{g.item} {g.clinician or ''} {g.how}" for g in found.gaps]),
    ]


def _facts(args: argparse.Namespace) -> None:
    from .. import law

    today = args.today or dt.datetime.now().astimezone().date()
    facts = law.load()
    for fact in facts.due(today) if args.due else facts.values():
        put_out(f"{fact.id}\t{fact.review_by}\t{fact.words}")

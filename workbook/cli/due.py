"""The command that lists what is due in all workbooks, in the order of days. Knows the rules, the law and the store."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from .common import Command, day, open_home, put_out, read_case, warn

if TYPE_CHECKING:
    from ..case import Case


class Due(NamedTuple):
    """One date of one case."""

    due: dt.date
    case: str
    name: str
    rule: str
    about: str
    text: str
    certainty: str
    aim: str
    is_event: bool = False


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
    from ..case import first_name, told_apart

    on = args.on or dt.datetime.now().astimezone().date()
    cases = list(_open_cases())
    if args.ics:
        from ..documents.sheets.calendar import practice_calendar

        put_out(practice_calendar(cases, on).decode().replace("\r\n", "\n").rstrip("\n"))
        return None
    names = told_apart((case.id, case.nickname, first_name(case)) for case in cases)
    found = sorted(one._replace(name=names[case.id]) for case in cases for one in of_case(case, on))
    if args.json:
        put_out(json.dumps([_as_json(one) for one in found], ensure_ascii=False, indent=1))
        return None
    for one in found:
        whose = [one.case, one.name or "(no name)"]
        put_out("\t".join([one.due.isoformat(), _away((one.due - on).days, is_event=one.is_event), *whose, one.text]))
    if not found:
        warn("Nothing is due. Dates appear here when the workbooks have some.")
    return None


def of_case(case: Case, on: dt.date) -> Iterator[Due]:
    """The dates of one case: deadlines that count, visits, what was put off, letters to send, tasks to finish."""
    from .. import law, rules
    from ..case import case_name, get
    from ..case.partial_dates import latest
    from ..rules.clocks.deadlines import passed_unbooked
    from ..rules.own_steps import own_steps

    name = case_name(case)
    view = rules.View(case, law.load(), on)
    known = rules.status_of(view)
    for line in known.deadlines:
        if line.due and line.hard:
            aim = line.aim.isoformat() if line.aim else ""
            sure = line.certainty.value
            yield Due(line.due, case.id, name, line.rule, line.about, line.text, sure, aim, line.is_event)
    for over in known.ended:
        if over.rule == "visit" and over.due and passed_unbooked(get(case, over.about), on):
            yield Due(over.due, case.id, name, over.rule, over.about, over.why, "not_booked", "", is_event=True)
    for step in known.put_off:
        if step.until:
            yield Due(step.until, case.id, name, "put-off", step.about, step.do, "known", "")
    later = {step.about for step in known.put_off}
    for letter in own_steps(view):
        if letter.key == "send-letter" and letter.step.about not in later:
            yield Due(on, case.id, name, "letter", letter.step.about, letter.step.do, "known", "")
    for task in case.tasks.values():
        due = latest(task.due)
        if due and not task.finished:
            text = "" if task.private or task.sensitive else task.what
            yield Due(due, case.id, name, "task", f"tasks.{task.id}", text or "Something to do", "known", "")


def _open_cases() -> Iterator[Case]:
    """The workbooks that are neither paused nor closed; a demo case counts from a day of its own, so it is left out."""
    store = open_home()
    for row in store.cases():
        case = read_case(store, row.id)
        if case.status is None and not case.demo_today:
            yield case


def _away(days: int, *, is_event: bool) -> str:
    if days < 0:
        count = f"{-days} days" if days < -1 else "1 day"
        return f"{count} ago" if is_event else f"{count} late"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def _as_json(one: Due) -> dict[str, Any]:
    plain = {key: value for key, value in one._asdict().items() if key != "is_event"}
    return {**plain, "due": one.due.isoformat(), "aim": one.aim or None}

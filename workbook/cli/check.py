"""The command that checks a practice's folder. Knows the checks and, for names that must not be there, the store."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

from .common import Command, day, open_home, put_out, warn


def add(command: Command) -> None:
    """`check`."""
    check = command("check", _check, "Check notebooks, packs and letters before clients use them.")
    check.add_argument("folder", nargs="?", type=Path, default=Path(), metavar="DIR", help="the folder (this one)")
    check.add_argument("--json", action="store_true", help="print the findings as JSON")
    check.add_argument("--today", type=day, metavar="DAY", help="the day to check facts for (today)")


def _check(args: argparse.Namespace) -> int:
    import datetime as dt

    from ..check import check

    names, words = of_clients()
    found = check(args.folder, args.today or dt.date.today(), names, words)  # noqa: DTZ011 - the user's own day
    wrong = sum(not one.note for one in found)
    if args.json:
        put_out(json.dumps([one.as_json() for one in found], ensure_ascii=False, indent=1))
    else:
        for one in found:
            put_out(str(one))
        notes = len(found) - wrong
        mistakes = f"{wrong} mistake{'' if wrong == 1 else 's'}" if wrong else "No mistakes"
        warn(mistakes + (f", {notes} note{'' if notes == 1 else 's'}." if notes else "."))
    return int(bool(wrong))


def of_clients() -> tuple[set[str], dict[str, re.Pattern[str] | None]]:
    """The names in this computer's workbooks, and by case what finds their words; none if there is no store yet.

    A made-up case has no name that must not be in a page.
    """
    from ..case import read
    from ..check import names
    from ..errors import WorkbookError
    from ..store import home_dir

    whole: set[str] = set()
    words: dict[str, re.Pattern[str] | None] = {}
    if not (home_dir() / "workbook.db").is_file():
        return whole, words
    try:
        store = open_home()
        for key, _version, body in store.read_many([row.id for row in store.cases() if not row.synthetic]):
            case = read(body)
            whole |= names.whole_names(case)
            words[key] = names.words(case)
    except WorkbookError:
        return whole, words  # a check of notebooks does not need the workbooks
    return whole, words

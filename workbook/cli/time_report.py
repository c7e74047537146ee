"""The command that adds up the time spent in all workbooks. Knows the practice's report."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .common import Command, day, put_out, warn, write_new

if TYPE_CHECKING:
    from ..practice.time_report import Spent


def add(command: Command) -> None:
    """`time-report`."""
    report = command("time-report", _report, "Add up the time spent, by workbook and kind of work.")
    report.add_argument("--from", dest="start", type=day, metavar="YYYY-MM-DD", help="the first day (of this month)")
    report.add_argument("--to", dest="end", type=day, metavar="YYYY-MM-DD", help="the last day (today)")
    report.add_argument("--csv", type=Path, metavar="FILE", help="write a table for a spreadsheet")
    report.add_argument("--overwrite", action="store_true", help="replace the file if it is there")
    report.add_argument("--json", action="store_true")


def _report(args: argparse.Namespace) -> int | None:
    from ..practice.time_report import time_report

    if args.start and args.end and args.end < args.start:
        warn("The last day is before the first. Check --from and --to.")
        return 2
    made = time_report(args.start, args.end)
    warn(made.note)
    if args.csv:
        write_new(args.csv, made.csv().encode("utf-8-sig"), overwrite=args.overwrite)
        put_out(str(args.csv))
    elif args.json:
        rows, totals = ([_as_json(row) for row in part] for part in (made, made.totals))
        span = {"from": made.start.isoformat(), "to": made.end.isoformat(), "not_counted": made.uncounted}
        put_out(json.dumps({**span, "rows": rows, "totals": totals, "total": _as_json(made.total)}, indent=1))
    else:
        for row in made.with_totals():
            hours = f"{row.hours:.2f} h"
            put_out("\t".join([row.case, row.name, row.kind, hours, f"{row.billable_minutes / 60:.2f} h to be billed"]))
    return None


def _as_json(row: Spent) -> dict[str, Any]:
    return {**row._asdict(), "hours": row.hours}

"""The command that writes a de-identified copy of a workbook, for supervision. Knows the module that makes it."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from .common import Command, open_home, put_out, read_case, warn, write_new


def add(command: Command) -> None:
    """`deidentify`."""
    made = command("deidentify", _deidentify, "Write a copy of a workbook without names and with moved dates.")
    made.add_argument("case", metavar="CASE")
    made.add_argument("--to", type=Path, required=True, metavar="FILE", help="the case file to write")
    made.add_argument("--with-private", action="store_true", help="also private and sensitive entries, and notes")
    made.add_argument("--overwrite", action="store_true", help="replace the file if it is there")


def _deidentify(args: argparse.Namespace) -> None:
    from ..case import dump
    from ..documents.deidentify.copy import WARNING, copy_of

    case = read_case(open_home(), args.case)
    today = dt.datetime.now().astimezone().date()
    write_new(args.to, dump(copy_of(case, today, with_private=args.with_private)), overwrite=args.overwrite)
    put_out(str(args.to))
    warn(WARNING)

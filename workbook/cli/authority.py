"""The command that lists the permissions of all workbooks. Knows the practice's list."""

from __future__ import annotations

import argparse
import json

from .common import Command, day, put_out, warn


def add(command: Command) -> None:
    """`authority`."""
    authority = command(
        "authority", _authority, "List the permission forms of all workbooks, those that end too soon first."
    )
    authority.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="count from this day instead of today")
    authority.add_argument("--json", action="store_true")


def _authority(args: argparse.Namespace) -> None:
    from ..practice.authority import authority

    found = authority(args.on)
    if args.json:
        put_out(json.dumps([row._asdict() for row in found], default=str, ensure_ascii=False, indent=1))
        return
    for row in found:
        needed = f"needed until {row.needed_until}" if row.needed_until else ""
        put_out(
            "\t".join([row.case, row.name or "(no name)", row.status, row.ends, needed, row.who, row.form, row.office])
        )
    if not found:
        warn("No permission form is written down in an open workbook.")

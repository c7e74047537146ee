"""The command that lists answers which differ after a merge, and chooses one. Knows the case and the store."""

from __future__ import annotations

import argparse

from .common import Command, open_home, put_out, read_case, warn


def add(command: Command) -> None:
    """`merge`."""
    merge = command("merge", _merge, "List answers that differ after a file was merged, and choose between them.")
    merge.add_argument("case", metavar="CASE")
    merge.add_argument("--use-file", metavar="ID", help="use the answer of the file for this question of the list")
    merge.add_argument("--keep", metavar="ID", help="keep the answer that is here")
    merge.add_argument("--undo", metavar="NUMBER", help="take a choice back")


def _merge(args: argparse.Namespace) -> int | None:
    from ..session.differing import differing, settle

    store = open_home()
    found = differing(read_case(store, args.case))
    if sum(given is not None for given in (args.use_file, args.keep, args.undo)) > 1:
        warn("Choose one at a time: --use-file, --keep or --undo.")
        return 2
    if args.undo:
        return _undo(args)
    if key := args.use_file or args.keep:
        if key not in [one.id for one in found]:
            warn(f"There is nothing to choose with that id. See the list with: workbook merge {args.case}")
            return 1
        number = settle(store, args.case, key, take=bool(args.use_file))
        warn(f"Done. To take it back: workbook merge {args.case} --undo {number}")
        return None
    for one in found:
        put_out("\t".join([one.id, one.question, f"here: {_line(one.ours)}", f"in the file: {_line(one.theirs)}"]))
    if found:
        warn(f"Choose with: workbook merge {args.case} --use-file ID, or --keep ID")
    else:
        warn("No answers differ. There is nothing to choose.")
    return None


def _undo(args: argparse.Namespace) -> int | None:
    from ..session import Session

    done = Session(open_home(), args.case).undo(args.undo)
    if any(one.status == "gone" for one in done.results):
        warn(next(one.problem for one in done.results if one.status == "gone"))
        return 1
    warn("The choice was taken back.")
    return None


def _line(text: str) -> str:
    return " ".join(text.split())

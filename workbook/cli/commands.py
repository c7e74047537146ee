"""The command line: parses the arguments and runs one command. Knows the command modules next to it."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from ..errors import WorkbookError
from . import (
    authority,
    board,
    cases,
    changes,
    check,
    deidentify,
    drop_box,
    due,
    export,
    folder,
    hand_over,
    merge,
    pages,
    scan,
    site,
    status,
    team,
    time_report,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command. 0 if done, 1 with a message on an error, 2 for wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal with a limited encoding must not stop a command
            stream.reconfigure(encoding="utf-8", errors="replace")
    args = _parser().parse_args(_with_open(list(sys.argv[1:] if argv is None else argv)))
    try:
        return int(args.run(args) or 0)
    except WorkbookError as error:
        return _say(str(error))
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        return _say(
            f"The computer could not read or write a file: {error.strerror or 'unknown reason'}. Nothing is lost."
        )


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{message[:1].upper()}{message[1:]}. Try: workbook --help\n")


def _with_open(argv: list[str]) -> list[str]:
    """`workbook` alone, or with options of `open`, means `workbook open`."""
    return (
        argv if argv and (not argv[0].startswith("-") or argv[0] in ("-h", "--help", "--version")) else ["open", *argv]
    )


def _parser() -> argparse.ArgumentParser:
    from importlib.metadata import version

    top = _Parser(prog="workbook", description="A private workbook for getting a second medical opinion.")
    top.add_argument("--version", action="version", version=version("second-opinion-workbook"))
    commands = top.add_subparsers(dest="command", required=True, parser_class=_Parser, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int | None], words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words)
        made.set_defaults(run=run)
        return made

    for add in (
        pages.add,
        site.add,
        folder.add,
        check.add,
        cases.add,
        export.add,
        hand_over.add,
        merge.add,
        drop_box.add,
        deidentify.add,
        status.add,
        due.add,
        changes.add,
        time_report.add,
        authority.add,
        board.add,
        team.add,
        scan.add,
        cases.add_erase,
    ):
        add(command)
    return top

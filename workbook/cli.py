"""The commands a person types. Knows every room and imports each where it is used, so that starting stays light."""

from __future__ import annotations

import argparse
import datetime as dt
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from . import cli_export
from .errors import BadFile, CannotExport, WorkbookError

if TYPE_CHECKING:
    from .case import Case
    from .rules import Status
    from .store import Store

FIRST_YEAR, LAST_YEAR = 1880, 2150  # deadlines count days and years on from here


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command. 0 when done, 1 with a sentence when something is wrong, 2 for wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal of few letters must not stop a command
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
            f"The computer would not read or write a file: {error.strerror or 'unknown reason'}. Nothing is lost."
        )


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def _print(line: str) -> None:
    print(line)


def _warn(line: str) -> None:
    print(line, file=sys.stderr)


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

    page = command("open", _open, "Open the workbook in your browser.")
    page.add_argument("--port", type=_port, default=8866, help="port to use (8866)")
    page.add_argument("--no-browser", action="store_true", help="only print the address")
    page.add_argument("--notebooks", type=Path, metavar="DIR", help="serve notebooks from your own folder")
    lab = command("lab", _lab, "Open the notebooks in JupyterLab to change them.")
    lab.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    lab.add_argument("--no-browser", action="store_true", help="only print the address")
    command("demo", _demo, "Add the made-up demo cases, once, and print their ids.")
    new = command("new", _new, "Start an empty workbook and print its id.")
    new.add_argument("--nickname", default="", metavar="TEXT")
    new.add_argument("--like", metavar="CASE", help="copy the person, the plan and the medicines of this one")
    listing = command("list", _list, "List the workbooks on this computer.")
    listing.add_argument("--json", action="store_true")
    load = command("load", _load, "Load a case file and print the id.")
    load.add_argument("file", type=Path, metavar="FILE")
    load.add_argument("--passphrase-file", type=Path, metavar="FILE", help="for a closed file: read it from here")
    save = command("save", _save, "Save a workbook as a case file.")
    save.add_argument("case", metavar="CASE")
    save.add_argument("file", type=Path, metavar="FILE")
    save.add_argument("--overwrite", action="store_true", help="replace the file if it is there")
    export = command("export", _export, "Write a document from a workbook.")
    cli_export.arguments(export, _day)
    status = command("status", _status, "Show deadlines, alerts, gaps and what to do next.")
    status.add_argument("case", metavar="CASE")
    status.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help="count from this day")
    status.add_argument("--json", action="store_true")
    facts = command("facts", _facts, "List the dated facts that the workbook rests on.")
    facts.add_argument("--due", action="store_true", help="only those that should be checked again")
    facts.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help="count from this day")
    from .scan import command as scanning

    scanning.arguments(command("scan", _scan, "Look at a disc, folder or download: whose it is and what is on it."))
    erase = command("erase", _erase, "Erase a workbook and every trace of it on this computer.")
    erase.add_argument("case", metavar="CASE")
    erase.add_argument("--yes", action="store_true", help="you are sure; this cannot be undone")
    return top


def _day(text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("write the day like 2026-11-22") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"choose a day in the years {FIRST_YEAR} to {LAST_YEAR}")
    return day


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise argparse.ArgumentTypeError("write a number from 0 to 65535")
    return int(text)


def _store() -> Store:
    from .store import open_store

    return open_store()


def _case(store: Store, key: str) -> Case:
    from .case import read

    _version, data = store.read(key)
    return read(data)


def _open(args: argparse.Namespace) -> int:
    from .serve import launch
    from .store import home_dir
    from .ui.asking.pages import notebooks_dir

    folder = args.notebooks or notebooks_dir()
    if not any(Path(folder).glob("*.ipynb")):
        raise BadFile("There are no notebooks in that folder. Choose the folder that holds index.ipynb.")
    os.environ["WORKBOOK_NOTEBOOKS"] = str(Path(folder).resolve())
    return launch.run(port=args.port, browser=not args.no_browser, notebooks=Path(folder).resolve(), home=home_dir())


def _lab(args: argparse.Namespace) -> int:
    from .serve import folders, lab
    from .store import home_dir
    from .ui.asking.pages import notebooks_dir

    folder, home = lab.own_copy(notebooks_dir(), args.folder).resolve(), home_dir().resolve()
    if warning := folders.check(home, folder):
        print(warning, file=sys.stderr)
    return lab.run(folder, home, browser=not args.no_browser)


def _demo(_args: argparse.Namespace) -> None:
    from . import demo

    for key in demo.add(_store()):
        _print(key)


def _new(args: argparse.Namespace) -> None:
    from .case import Case, put

    store = _store()
    case = like(_case(store, args.like)) if args.like else Case()
    case = put(case, "nickname", args.nickname)
    store.create(case)
    _print(case.id)


def like(other: Case) -> Case:
    """A new case for the same person: it shares who they are, who helps, the plan, medicines and allergies."""
    from .case import Case

    health = other.health.model_copy(
        update={"problems": type(other.health.problems)(), "timeline": type(other.health.timeline)()}
    )
    plan = Case().insurance.model_copy(update={"plan": other.insurance.plan})
    kept: dict[str, Any] = {
        k: getattr(other, k) for k in ("mode", "language", "synthetic", "demo_today", "person", "parties")
    }
    return Case().model_copy(update={**kept, "health": health, "insurance": plan})


def _list(args: argparse.Namespace) -> None:
    rows = _store().cases()
    if args.json:
        _print(
            json.dumps([{k: getattr(r, k) for k in ("id", "nickname", "mode", "updated", "synthetic")} for r in rows])
        )
        return
    for row in rows:
        _print("\t".join([row.id, row.nickname or "(no name)", row.updated, "demo" if row.synthetic else ""]).rstrip())
    if not rows:
        print("There are no workbooks yet. Start one with: workbook new", file=sys.stderr)


def _load(args: argparse.Namespace) -> None:
    from .case import new_id, parse
    from .documents import encryption

    data = _content(args.file)
    if encryption.is_sealed(data):
        encryption.check(data)
        data = encryption.open_(data, encryption.ask(args.passphrase_file, twice=False))
    case = parse(data)
    store = _store()
    if case.id in {row.id for row in store.cases()}:
        case = case.model_copy(update={"id": new_id()})
    store.create(case)
    _print(case.id)


def _content(file: Path) -> bytes:
    """What is in a file to load; a closed one may be a little larger than what is in it."""
    from .case.upgrades import LARGEST

    most = LARGEST + LARGEST // 2
    try:
        with file.open("rb") as source:
            data = source.read(most + 1)
    except FileNotFoundError:
        raise BadFile("There is no file with that name. Check the name and the folder.") from None
    except IsADirectoryError:
        raise BadFile("That is a folder. Choose a file saved from a workbook.") from None
    if len(data) > most:
        raise BadFile("This file is too large to be a workbook file. Choose a file saved from a workbook.")
    return data


def _save(args: argparse.Namespace) -> None:
    from .case import dump

    write_new(args.file, dump(_case(_store(), args.case)), overwrite=args.overwrite)
    _print(str(args.file))


def _export(args: argparse.Namespace) -> None:
    for file in cli_export.run(args, _case(_store(), args.case), write_new, _warn):
        _print(str(file))


def _status(args: argparse.Namespace) -> None:
    from . import facts, rules
    from .documents.summary import parts

    case = _case(_store(), args.case)
    found = rules.status(case, facts.load(), args.today or parts.own_today(case))
    if args.json:
        _print(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
        return
    for title, lines in _told(found):
        if lines:
            _print("\n".join([title, *(f"  {line}" for line in lines)]))


def _told(found: Status) -> list[tuple[str, list[str]]]:
    """A status as titled lines to read in a terminal."""
    return [
        ("Do this next", [f"{n}. {step.do} {step.why}" for n, step in enumerate(found.next, 1)]),
        ("Deadlines", [f"{d.due or 'not started'}  {d.text} ({d.rule}, {d.certainty.value})" for d in found.deadlines]),
        ("Ended", [f"{e.due or ''}  {e.rule}: {e.why}" for e in found.ended]),
        ("Alerts", [f"{a.id} {a.level.value}: {a.text} {a.next}" for a in found.alerts]),
        ("Not seen by both", [f"{g.item} {g.clinician or ''} {g.how}" for g in found.gaps]),
    ]


def _facts(args: argparse.Namespace) -> None:
    from . import facts

    today = args.today or dt.datetime.now().astimezone().date()
    for fact in facts.due(today) if args.due else facts.load().values():
        _print(f"{fact.id}\t{fact.review_by}\t{fact.statement}")


def _scan(args: argparse.Namespace) -> int:
    from .scan import command

    return command.run(args, lambda key: _case(_store(), key), write_new)


def _erase(args: argparse.Namespace) -> int | None:
    if not args.yes:
        print("Erasing cannot be undone. If you are sure, add --yes", file=sys.stderr)
        return 2
    _store().erase(args.case)
    return None


def write_new(file: Path, data: bytes, *, overwrite: bool) -> None:
    """Writes the whole file or nothing; refuses to replace one unless asked. Readable by its owner only."""
    if file.exists() and not overwrite:
        raise CannotExport(cli_export.TAKEN)
    part = None
    try:
        # A name that nobody can guess, for in a folder of many users another may have made a file of any other name.
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=".workbook-", suffix=".part")
        part = Path(name)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
    except OSError as error:
        if part:
            part.unlink(missing_ok=True)
        raise CannotExport(f"The file could not be written: {error.strerror}. Choose another folder.") from None


if __name__ == "__main__":
    sys.exit(main())

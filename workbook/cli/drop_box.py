"""`workbook drop-box`: makes the key, takes clients' sealed files, opens them. Knows the drop box and the store."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import BadFile, CannotExport
from .common import Command, open_home, put_out, read_file, warn, write_new
from .pages import port

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..drop_box.opening import Came

_DROP_BOX = re.compile(r"""[ \t]*(?:drop_box|"drop_box"|'drop_box')[ \t]*=""")


def add(command: Command) -> None:
    """`drop-box` with its parts."""
    top = command("drop-box", _no_part, "Let clients' sites send you a sealed file; off until you make a key.")
    parts = top.add_subparsers(dest="part", metavar="PART")

    def part(name: str, run: Callable[[argparse.Namespace], int | None], words: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = parts.add_parser(name, help=words, description=words)
        made.set_defaults(run=run)
        return made

    made = part("key", _key, "Make your key, and turn the drop box on for the sites of this practice's folder.")
    made.add_argument("folder", type=Path, metavar="DIR", help="the practice's folder")
    made.add_argument("--lock", action="store_true", help="lock the key with a passphrase")
    serve = part("serve", _serve, "Take sealed files, on this computer alone, behind a server with https.")
    serve.add_argument("site", nargs="?", type=Path, metavar="SITE", help="also show this site, or the sites in it")
    serve.add_argument("--port", type=port, default=8878, help="port to use (8878)")
    opening = part("open", _open, "Open what clients have sent, and merge it into their workbooks.")
    opening.add_argument("files", nargs="*", type=Path, metavar="FILE", help="load these files, whoever sent them")
    for each in (serve, opening):
        each.add_argument("--box", type=Path, metavar="DIR", help="the folder of the drop box")
    for each in (made, opening):
        each.add_argument("--passphrase-file", type=Path, metavar="FILE", help="read the key's passphrase from here")


def _no_part(_args: argparse.Namespace) -> int:
    warn("Say what to do: workbook drop-box key, serve or open. To see more: workbook drop-box --help")
    return 2


def _identity(args: argparse.Namespace) -> Any:
    from ..documents import encryption
    from ..drop_box import key

    file = key.place()
    if not file.is_file():
        raise BadFile(key.NO_KEY)
    return key.read(read_file(file), lambda: encryption.ask(args.passphrase_file, twice=False))


def _key(args: argparse.Namespace) -> None:
    from ..documents import encryption
    from ..drop_box import key
    from ..folder import settings
    from ..store.home import make_private

    if not (args.folder / settings.FILE).is_file():
        raise CannotExport("That is not a practice's folder. Make one with: workbook init DIR")
    settings.read(args.folder)  # a mistake in it is said before anything is written
    file = key.place()
    if file.is_file():
        public = str(_identity(args).to_public())
        if args.lock:
            _lock(file, args)
    else:
        data, public = key.make()
        if args.lock or args.passphrase_file:
            data = encryption.close(data, encryption.ask(args.passphrase_file, twice=True))
        make_private(file.parent)
        write_new(file, data, overwrite=False)
        warn(f"Your key is in {file}. Keep a copy in a safe place: without it, nobody can open what clients send.")
    _turn_on(args.folder, public)
    put_out(public)
    warn("The drop box is on for sites that you build from now on with: workbook site DIR --for CASE")


def _lock(file: Path, args: argparse.Namespace) -> None:
    """Locks a key that was made without a passphrase."""
    from ..documents import encryption

    data = read_file(file)
    if encryption.is_sealed(data):
        warn("Your key is locked already. Its passphrase is still the same.")
        return
    write_new(file, encryption.close(data, encryption.ask(args.passphrase_file, twice=True)), overwrite=True)
    warn("Your key is locked now. Copies that you made before are not.")


def _turn_on(folder: Path, public: str) -> None:
    """Writes the key into the practice's settings, over an earlier one, before the first table; all else stays."""
    from ..folder import settings

    file = folder / settings.FILE
    told = f"drop_box = {json.dumps(public)}"
    given = file.read_bytes().decode("utf-8")
    ends = "\r" if "\r\n" in given else ""
    lines = given.split("\n")
    table = next((n for n, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    top = [line for line in lines[:table] if not _DROP_BOX.match(line)]
    if top and not top[-1]:  # the end of the file
        top.pop()
    new = "\n".join([*top, told + ends, *lines[table:]]) + ("" if lines[table:] else "\n")
    before, after = tomllib.loads(given), tomllib.loads(new)
    if after.pop("drop_box", None) != public or after != {k: v for k, v in before.items() if k != "drop_box"}:
        raise CannotExport(f"The line could not be written. Write it into {settings.FILE} yourself, at the top: {told}")
    mode = file.stat().st_mode & 0o777  # a practice's pages are read by others, too
    write_new(file, new.encode(), overwrite=True)
    file.chmod(mode)


def _serve(args: argparse.Namespace) -> int:
    from ..drop_box import box
    from ..drop_box.serve import server

    return server.run(box.Box(args.box or box.place()), args.site, args.port)


def _open(args: argparse.Namespace) -> int | None:
    from ..drop_box.box import ASIDE, Box, place
    from ..drop_box.opening import load, open_all

    identity, store = _identity(args), open_home()
    today = dt.date.today()  # noqa: DTZ011 - the user's own day
    if args.files:
        for file in args.files:
            if not file.is_file():
                raise BadFile("There is no file with that name. Check the name and the folder.")
            _say(load(store, file, identity, today))
        return None
    box, aside, any_file = Box(args.box or place()), dict[str, int](), False
    try:
        for came in open_all(store, box, identity, today):
            any_file = True
            if came.why:
                aside[came.why] = aside.get(came.why, 0) + 1
            else:
                _say(came)
    finally:  # also after an error midway: what was set aside does not wait in the box any more
        _say_aside(aside, box.folder / ASIDE)
    if not any_file:
        warn("The drop box is empty.")
    return 1 if aside else None


def _say_aside(aside: Mapping[str, int], folder: Path) -> None:
    """Says how many files were set aside, by the reason, and where they are."""
    for why, number in aside.items():
        warn(f"{number} file{'' if number == 1 else 's'} set aside: {why}")
    if aside:
        warn(f"Look in {folder}. To load one all the same: workbook drop-box open FILE. Or delete them.")


def _say(came: Came) -> None:
    """Prints the workbook's id, and what came of the file."""
    put_out(came.key)
    when = f"{came.when:%Y-%m-%d %H:%M}"
    if came.merged is None:
        warn(f"Sent {when}: loaded as a new workbook.")
        return
    number = len(came.answers)
    taken = f"{number} change{'' if number == 1 else 's'} taken" if number else "nothing new in it"
    warn(f"Sent {when}: {taken}.")
    for one in came.merged.conflicts:
        warn(f"Changed on both sides: {one.question}. Yours was kept.")
    if came.merged.conflicts:
        warn(f"To see both answers and choose: workbook merge {came.key}")

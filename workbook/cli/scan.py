"""The `workbook scan` command: scans a folder, reports, and optionally writes JSON and a packet."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from ..errors import CannotExport
from ..locale import plural, tr
from ..scan.errors import cannot_report, one_sentence, unreadable
from .common import Command, open_home, read_case, write_new

if TYPE_CHECKING:
    from ..case import Case
    from ..scan.values import Inventory

EVERY = 0.2  # seconds between two progress updates
SELDOM, FIRST = 5.0, 1.5  # the same if each is a separate line, such as in a log file; and until the first of these
NAME = 40  # letters of a name on the progress line


def add(command: Command) -> None:
    """`scan`."""
    scan = command("scan", _scan, "Look at a disc, folder or download: whose it is and what is on it.")
    scan.add_argument("path", type=Path, metavar="PATH", help="a folder, a disc, a zip or a file")
    scan.add_argument("--case", metavar="CASE", help="whose it should be, and the checklist to compare it with")
    scan.add_argument("--json", metavar="FILE", help="write what was found as JSON; - for the terminal")
    scan.add_argument("--packet", type=Path, metavar="ZIP", help="write a packet with an index for the next clinician")
    scan.add_argument(
        "--password", action="store_true", help="ask for the password of locked files; it is kept nowhere"
    )
    scan.add_argument("--overwrite", action="store_true", help="replace the JSON file and the packet if they are there")
    scan.add_argument(
        "--yes-second-patient",
        action="store_true",
        help="read on and pack files of another person too; only if you may have them",
    )


def _scan(args: argparse.Namespace) -> int:
    return run(args, lambda key: read_case(open_home(), key), write_new)


def run(args: argparse.Namespace, case_of: Callable[[str], Case], write: Callable[..., None]) -> int:
    """Scans, reports, writes. 0 unless there was nothing to scan, or a requested file could not be written."""
    written: list[str] = []
    try:
        return _run(args, case_of, write, written)
    except KeyboardInterrupt:
        said = tr("Stopped. No packet was made.") if written else tr("Stopped. Nothing was written.")
        _out(f"\n{said}", sys.stderr)
        return 130


def _run(
    args: argparse.Namespace, case_of: Callable[[str], Case], write: Callable[..., None], written: list[str]
) -> int:
    from ..scan.match import checking
    from ..scan.show import json_form, packet

    case = case_of(args.case) if args.case else None
    if args.json and args.json != "-" and Path(args.json).exists() and not args.overwrite:
        raise CannotExport(tr("There is already a file with that name. Add --overwrite to replace it."))
    if args.packet:
        packet.check_target(args.packet, args.path, overwrite=args.overwrite)
    ticker = _Ticker()
    with one_sentence(unreadable()):
        password = getpass.getpass(tr("Password: ")) if args.password else ""
        found = checking.look(args.path, case, ticker, go_on=args.yes_second_patient, password=password)
    ticker.end()
    with one_sentence(cannot_report()):
        if args.json == "-":
            sys.stdout.writelines(json_form.written(found))
        else:
            _out(text(found, case))
    if args.json and args.json != "-":
        pieces = (piece.encode("utf-8", "replace") for piece in json_form.written(found))
        with one_sentence(cannot_report()):
            write(Path(args.json), pieces, overwrite=args.overwrite)
        written.append(args.json)
    if args.packet:
        with (
            _ends_like_ctrl_c(),
            one_sentence(tr("The packet could not be made from these files. Nothing was changed.")),
        ):
            made = packet.make(
                found,
                args.packet,
                args.path,
                second_patient=args.yes_second_patient,
                overwrite=args.overwrite,
                case=case,
                progress=ticker.packing,
            )
        ticker.end()
        _out("\n" + "\n".join(packet.report_lines(made)), sys.stderr if args.json == "-" else sys.stdout)
    return 0


@contextlib.contextmanager
def _ends_like_ctrl_c() -> Iterator[None]:
    """Makes closing the terminal or ending the program clean up like Ctrl+C: no partial packet remains."""
    ends = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {one: signal.getsignal(one) for one in ends}
    for one in ends:
        signal.signal(one, signal.default_int_handler)
    try:
        yield
    finally:
        for one, earlier in before.items():
            signal.signal(one, earlier or signal.SIG_DFL)


def text(found: Inventory, case: Case | None = None) -> str:
    """The results as text for a terminal."""
    from ..scan.show import report

    return report.text(found, case)


def _out(words: str, stream: TextIO | None = None) -> None:
    (stream or sys.stdout).write(words + "\n")


class _Ticker:
    """A progress line at the bottom of a terminal; elsewhere a line every few seconds, without a name."""

    def __init__(self) -> None:
        self.shows = sys.stderr.isatty()
        self.due = 0.0 if self.shows else time.monotonic() + FIRST
        self.known, self.told = "", (0, False)

    def __call__(self, done: int, of: int, found: Inventory) -> bool:
        line = tr("Reading file {n} of {of}…").format(n=done, of=of) if of else tr("Reading…")
        told = (len(found.dicomdir), bool(found.patients))
        if news := told != self.told:
            self.told, self.known = told, self._known(found)
        self._say(f"{self.known} {line}".lstrip(), always=news)
        return True

    def _known(self, found: Inventory) -> str:
        """Whose it is and how many scans a disc lists: it is known long before all is read."""
        from ..case.field_types import clean

        names = [clean(one.name)[:NAME] for one in found.patients if one.name][:1] if self.shows else []
        scans = sum(len(directory.studies) for directory in found.dicomdir)
        listed = plural("The disc lists 1 scan.", "The disc lists {n} scans.", scans) if scans else ""
        return " ".join([*(f"{name}." for name in names), listed]).strip()

    def packing(self, done: int, of: int) -> None:
        self._say(tr("Packing file {n} of {of}…").format(n=done, of=of))

    def _say(self, line: str, *, always: bool = False) -> None:
        now = time.monotonic()
        if now >= self.due or (always and self.shows):
            self.due = now + (EVERY if self.shows else SELDOM)
            width = shutil.get_terminal_size().columns - 1
            sys.stderr.write(f"\r\x1b[K{line[:width]}" if self.shows else f"{line}\n")
            sys.stderr.flush()

    def end(self) -> None:
        if self.shows:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

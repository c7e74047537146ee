"""The command that writes documents. Knows the catalog of documents; each maker is imported on use."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import BadFile, CannotExport
from .common import TAKEN, Command, day, open_home, put_out, read_case, warn, write_new

if TYPE_CHECKING:
    from ..case import Case
    from ..documents.catalog import Document


def add(command: Command) -> None:
    """`export`."""
    export = command("export", _export, "Write a document from a workbook.")
    from ..documents.catalog import READERS
    from ..documents.file_formats import FORMATS
    from ..locale import languages

    export.add_argument("case", metavar="CASE")
    # Checked once the practice's folder, which may have letters of its own, is known.
    export.add_argument("--document", required=True, metavar="NAME", help=", ".join(_names()))
    export.add_argument(
        "--as", dest="format", choices=tuple(FORMATS), required=True, help="not every document has each"
    )
    export.add_argument("--to", type=Path, default=Path(), metavar="DIR", help="the folder to write to (this one)")
    export.add_argument("--practice", type=Path, metavar="DIR", help="a practice's folder: its words for the questions")
    export.add_argument("--for", dest="reader", choices=READERS, default="clinician", help="who will read the summary")
    export.add_argument("--about", default="", metavar="ID", help="the entry a letter is about (one file for each)")
    export.add_argument("--include", action="append", default=[], metavar="PATH", help="a private entry to include")
    export.add_argument("--without-first-conclusion", action="store_true", help="leave out the first conclusion")
    export.add_argument("--large", action="store_true", help="large print")
    others = languages()[1:]  # without a translation there is nothing to offer
    if others:
        told = f"a second language beside English: {', '.join(others)}"
        export.add_argument("--two-language", dest="second", default="", metavar="LANG", help=told)
    else:
        export.set_defaults(second="")
    export.add_argument(
        "--with-case-file", action="store_true", help="the whole workbook inside the PDF, for yourself (full, binder)"
    )
    export.add_argument("--seal", action="store_true", help="lock a case file with a passphrase")
    export.add_argument("--passphrase-file", type=Path, metavar="FILE", help="read the passphrase from this file")
    export.add_argument("--today", type=day, metavar="YYYY-MM-DD", help="the day to print on it")
    export.add_argument("--paper", choices=("us-letter", "a4"), default="us-letter")
    export.add_argument("--overwrite", action="store_true", help="replace files that are there")


def _names() -> tuple[str, ...]:
    """The documents to name in the help; none if a practice's letter is wrong, which `export` then reports."""
    from ..documents.catalog import DOCUMENTS

    try:
        return tuple(DOCUMENTS)
    except BadFile:
        return ()


def _export(args: argparse.Namespace) -> None:
    from ..ui.asking import relabeled
    from .pages import use

    if args.practice is not None:
        use(args.practice)
    relabeled.register()
    for file in run(args, read_case(open_home(), args.case), write_new, warn):
        put_out(str(file))


def run(args: argparse.Namespace, case: Case, write: Callable[..., None], say: Callable[[str], None]) -> list[Path]:
    """Writes the requested documents and returns the files: one for each entry a letter can be about.

    Notes to the sender are printed, never written into a file.
    """
    from ..documents import catalog, export
    from ..documents.summary import parts

    today = args.today or parts.own_today(case)
    document = catalog.find(args.document, args.format)
    _refuse_in_vain(args, case, document)
    known = [key for key, _words in catalog.subjects(document, case, today)]
    if args.about and args.about not in known:
        raise CannotExport("This document cannot be about that entry. Leave out --about to see which there are.")
    wanted = {
        "reader": args.reader,
        "include": frozenset(args.include),
        "without_first": args.without_first_conclusion,
        "large": args.large,
        "second": args.second,
        "paper": args.paper,
        "with_case_file": args.with_case_file,
    }
    encryption = _seal(args) if args.seal else None
    how = {"reader": args.reader, "large": args.large, "with_case_file": args.with_case_file}
    ending = args.format + (".age" if encryption else "")
    abouts = [args.about] if args.about else known or [""]
    files = {
        about: args.to / f"{case.id}-{export.file_name(case, document.name, ending, None, about, **how)}"
        for about in abouts
    }
    if not args.overwrite and any(file.exists() for file in files.values()):
        raise CannotExport(TAKEN)  # before the first is written: all or nothing
    for about, file in files.items():
        data, said = export.made(case, document.name, args.format, today, about=about, **wanted)
        _make_folder(args.to)
        write(file, encryption(data) if encryption else data, overwrite=args.overwrite)
        if said:
            say(f"{file.name}: {said}")
        if notes := export.notes(case, document.name, today, about=about, **wanted):
            say("\n  ".join([f"Before you send {file.name}, check:", *notes]))
    return list(files.values())


def _refuse_in_vain(args: argparse.Namespace, case: Case, document: Document) -> None:
    """CannotExport for an option without effect: nobody may believe that something is left out when it is not.

    The summary itself reports what can be included for each reader.
    """
    from ..documents.audience.held_back import choices

    name = document.name
    if args.seal and name != "case-file":
        raise CannotExport("Only a case file can be sealed. Leave out --seal, or ask for --document case-file.")
    if args.passphrase_file and not args.seal:
        raise CannotExport("A passphrase is only used with --seal. Add --seal, or leave out --passphrase-file.")
    if args.reader != "clinician" and name != "summary":
        raise CannotExport("Only the summary is written for one reader or another. Leave out --for.")
    if args.without_first_conclusion and name not in ("summary", "packet-index"):
        raise CannotExport("Only the summary and the packet index can leave the first conclusion out.")
    if args.large and not (document.large or name == "summary"):
        raise CannotExport("This document has no large print. Leave out --large.")
    if args.second and document.raw:
        raise CannotExport("This document is not written in two languages. Leave out --two-language.")
    if args.include and name in ("blank", "case-file"):
        raise CannotExport("There is nothing to choose in this document. Leave out --include.")
    if name != "summary" and set(args.include) - {extra.path for extra in choices(case)}:
        raise CannotExport("An entry to include does not exist, or is included already. Check what --include names.")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise CannotExport("There is a file where the folder should be. Choose a folder with --to.") from None
    except OSError as error:
        why = error.strerror or "unknown reason"
        raise CannotExport(f"The folder could not be made: {why}. Choose another with --to.") from None


def _seal(args: argparse.Namespace) -> Callable[[bytes], bytes]:
    from ..documents import encryption

    passphrase = encryption.ask(args.passphrase_file, twice=True)
    return lambda data: encryption.close(data, passphrase)

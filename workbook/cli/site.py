"""The command that builds pages which run in the browser alone. Knows the site and the notebooks folder."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import CannotBuild
from .common import Command, open_home, put_out, read_case, warn
from .pages import port, use

if TYPE_CHECKING:
    from collections.abc import Callable


NAMED = (
    "A word of this client's name or nickname is where anybody with the site's address could read it: {places}. "
    "Take it out, then build the site again."
)


def add(command: Command) -> None:
    """`site`."""
    site = command("site", _site, "Build pages that run in the browser alone, for any web server.")
    site.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="the folder with the notebooks (the shipped)")
    site.add_argument("--to", type=Path, metavar="OUT", help="the folder to write to")
    site.add_argument("--name", default="", help="the name that the pages show")
    site.add_argument("--logo", type=Path, metavar="FILE", help="your logo (PNG or SVG)")
    site.add_argument("--link", action="append", default=[], type=_link, metavar="WORDS=ADDRESS", help="a link to show")
    site.add_argument("--for", dest="client", metavar="CASE", help="for this client: their workbook is in it, locked")
    site.add_argument("--passphrase-file", type=Path, metavar="FILE", help="with --for: read the passphrase from here")
    site.add_argument("--demo", action="store_true", help="show made-up cases only, and keep nothing")
    site.add_argument("--serve", action="store_true", help="show the pages on this computer")
    site.add_argument("--port", type=port, default=8877, help="port to use with --serve (8877)")
    site.add_argument("--no-browser", action="store_true", help="with --serve: only print the address")


def _link(text: str) -> tuple[str, str]:
    words, _, address = (part.strip() for part in text.partition("="))
    if not words or not address.startswith(("https://", "http://", "mailto:", "tel:")):
        raise argparse.ArgumentTypeError('write a link like "Our office=https://example.org"')
    return words, address


def _site(args: argparse.Namespace) -> int:
    from ..site import serve

    if not args.to and not args.serve:
        raise CannotBuild(
            "Say where the pages go: workbook site --to FOLDER. Or look at them with: workbook site --serve"
        )
    out = args.to or _own_folder()
    _build(args, out)
    if args.to:
        put_out(str(out))
    return serve.run(out, args.port, browser=not args.no_browser) if args.serve else 0


def _build(args: argparse.Namespace, out: Path) -> None:
    from ..drop_box import key
    from ..folder import settings
    from ..site import build, pages, parts
    from ..ui.asking.pages import notebooks_dir

    build.check_out(out)  # before minutes of work
    notebooks = (args.folder or notebooks_dir()).resolve()
    use(notebooks)
    practice = settings.read(notebooks)
    own_logo = notebooks / practice.logo if practice.logo else None
    drop_box = key.checked(practice.drop_box) if practice.drop_box and args.client else ""
    os.environ["WORKBOOK_CLIENT"] = args.client or ""  # whose own pages are among the others
    packs = Path(named) if (named := os.environ.get("WORKBOOK_PACKS")) else None
    if args.client and not args.demo:
        _check_unlocked(args, notebooks, packs)  # before a passphrase is asked for
    locked = _locked(args) if args.client else b""
    build.build(
        notebooks,
        out,
        parts.prepare(progress=_progress(), say=warn),
        pages.maker(notebooks, packs, demo=args.demo),
        assets=pages.files(),
        packs=packs,
        name=args.name or practice.name or "Second Opinion Workbook",
        logo=args.logo or own_logo,
        locked=locked,
        drop_box=drop_box,
        links=(*practice.help_links, *args.link),
    )


def _check_unlocked(args: argparse.Namespace, notebooks: Path, packs: Path | None) -> None:
    """CannotBuild if what the site shows without the passphrase tells who the client is; it says where, and no name."""
    from ..check import names
    from ..folder import pages as page_files
    from ..folder import settings
    from ..site import content_file

    case = read_case(open_home(), args.client)
    if case.synthetic:
        return
    own, whole = names.words(case), names.whole_names(case)
    practice = settings.readable(notebooks)
    mine = {file.stem for file in page_files.own_files(notebooks)}
    said = {"--name": [args.name], "--link": [part for link in args.link for part in link]}
    shared = {"practice.toml": [practice.name, *(part for link in practice.help_links for part in link)]}
    for name, book in content_file.notebooks(notebooks).items():
        where = said if page_files.client_of(book) else shared
        if name in mine:
            where[f"{name}.ipynb"] = names.texts_of(name, book)
    shared |= {path: [path, text] for path, text in content_file.packs(packs).items()}
    found = [place for place, texts in said.items() if own and any(own.search(names.plain(text)) for text in texts)]
    found += [place for place, texts in {**shared, **said}.items() if names.in_pages(texts, whole)]
    if found:
        raise CannotBuild(NAMED.format(places=", ".join(dict.fromkeys(found))))


def _locked(args: argparse.Namespace) -> bytes:
    """The client's workbook without private notes, locked."""
    import datetime as dt

    from ..case import dump
    from ..documents import encryption
    from ..session.merge import handed_out

    if args.demo:
        raise CannotBuild("A demo keeps nothing, so it cannot be for a client. Leave out --demo or --for.")
    store = open_home()
    store.version(args.client)  # before a passphrase is asked for
    passphrase = encryption.ask(args.passphrase_file, twice=True)
    data = dump(handed_out(store, args.client, dt.date.today()))  # noqa: DTZ011 - the user's own day
    return encryption.close(data, passphrase)


def _own_folder() -> Path:
    """Where `--serve` alone builds: beside what was downloaded."""
    from ..site import runtime

    return runtime.cache_dir() / "shown"


def _progress() -> Callable[[int, int], None]:
    """Says how much has been downloaded: one line that changes in a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return lambda _done, _total: None

    def show(done: int, total: int) -> None:
        end = "\n" if done == total else ""
        sys.stderr.write(f"\rDownloading the parts for the browser: {done / 1e6:.1f} of {total / 1e6:.1f} MB{end}")
        sys.stderr.flush()

    return show

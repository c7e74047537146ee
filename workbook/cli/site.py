"""The command that builds pages which run in the browser alone. Knows the site and the notebooks folder."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import CannotBuild
from .common import Command, put_out, warn
from .pages import port

if TYPE_CHECKING:
    from collections.abc import Callable


def add(command: Command) -> None:
    """`site`."""
    site = command("site", _site, "Build pages that run in the browser alone, for any web server.")
    site.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="the folder with the notebooks (the shipped)")
    site.add_argument("--to", type=Path, metavar="OUT", help="the folder to write to")
    site.add_argument("--name", default="Second Opinion Workbook", help="the name that the pages show")
    site.add_argument("--logo", type=Path, metavar="FILE", help="your logo (PNG or SVG)")
    site.add_argument("--link", action="append", default=[], type=_link, metavar="WORDS=ADDRESS", help="a link to show")
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
    from ..site import build, pages, parts
    from ..ui.asking.pages import notebooks_dir

    build.check_out(out)  # before minutes of work
    notebooks = args.folder or notebooks_dir()
    packs = Path(named) if (named := os.environ.get("WORKBOOK_PACKS")) else None
    build.build(
        notebooks,
        out,
        parts.prepare(progress=_progress(), say=warn),
        pages.maker(notebooks, packs, demo=args.demo),
        assets=pages.files(),
        packs=packs,
        name=args.name,
        logo=args.logo,
        links=tuple(args.link),
    )


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

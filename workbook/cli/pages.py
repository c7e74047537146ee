"""The commands of notebooks: serve them as an app or in JupyterLab, tidy them. Know the server and the folder."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from ..errors import BadFile
from .common import Command, put_out


def add(command: Command) -> None:
    """`open`, `lab` and `clean`."""
    page = command("open", _open, "Open the workbook in your browser.")
    page.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="your folder, made with workbook init")
    page.add_argument("--port", type=port, default=8866, help="port to use (8866)")
    page.add_argument("--no-browser", action="store_true", help="only print the address")
    page.add_argument("--notebooks", type=Path, metavar="DIR", help="serve notebooks from your own folder")
    lab = command("lab", _lab, "Open the notebooks in JupyterLab to change them.")
    lab.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    lab.add_argument("--no-browser", action="store_true", help="only print the address")
    clean = command("clean", _clean, "Remove outputs and traces of a run from notebooks, before a commit.")
    clean.add_argument("files", nargs="+", type=Path, metavar="FILE")


def port(text: str) -> int:
    """A number of a port, for an option such as `--port`."""
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise argparse.ArgumentTypeError("write a number from 0 to 65535")
    return int(text)


def _open(args: argparse.Namespace) -> int:
    from ..serve import launch
    from ..store import home_dir
    from ..ui.asking.pages import notebooks_dir

    folder = args.folder or args.notebooks or notebooks_dir()
    use(folder)
    return launch.run(port=args.port, browser=not args.no_browser, notebooks=Path(folder).resolve(), home=home_dir())


def use(folder: Path) -> None:
    """Makes this folder's pages and packs those of this program; BadFile if it has no first page."""
    from ..folder import pages, settings

    if pages.find(folder, "index") is None:
        raise BadFile("There are no notebooks in that folder. Choose the folder with index.ipynb in it.")
    settings.read(folder)  # a mistake in it is said at once
    os.environ["WORKBOOK_NOTEBOOKS"] = str(folder.resolve())
    packs = folder / "packs"
    if pages.is_practice(folder) and packs.is_dir() and not os.environ.get("WORKBOOK_PACKS"):
        os.environ["WORKBOOK_PACKS"] = str(packs.resolve())
    if (named := os.environ.get("WORKBOOK_PACKS")) and not Path(named).is_dir():
        raise BadFile("WORKBOOK_PACKS names a folder that does not exist. Check its name.")


def _lab(args: argparse.Namespace) -> int:
    from ..folder import pages
    from ..serve.light import lighten

    lighten()
    from ..serve import folders, lab
    from ..store import home_dir
    from ..ui.asking.pages import notebooks_dir

    if args.folder and pages.is_practice(args.folder):
        folder = args.folder.resolve()
        use(folder)
    else:
        folder = lab.own_copy(notebooks_dir(), args.folder).resolve()
    home = home_dir().resolve()
    if warning := folders.check(home, folder):
        print(warning, file=sys.stderr)
    return lab.run(folder, home, say=put_out if args.no_browser else None)


def _clean(args: argparse.Namespace) -> int:
    """Tidies the files and names those that changed; 1 if there are any, as hooks of git expect."""
    from ..serve.light import lighten

    lighten()
    from ..serve import tidy

    changed = [file for file in args.files if tidy.clean(file)]
    for file in changed:
        print(f"{file}: cleaned")
    return int(bool(changed))

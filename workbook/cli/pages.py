"""The commands that serve the pages: as an app, or in JupyterLab. Know the server and the notebooks folder."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from ..errors import BadFile
from .common import Command


def add(command: Command) -> None:
    """`open` and `lab`."""
    page = command("open", _open, "Open the workbook in your browser.")
    page.add_argument("--port", type=port, default=8866, help="port to use (8866)")
    page.add_argument("--no-browser", action="store_true", help="only print the address")
    page.add_argument("--notebooks", type=Path, metavar="DIR", help="serve notebooks from your own folder")
    lab = command("lab", _lab, "Open the notebooks in JupyterLab to change them.")
    lab.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    lab.add_argument("--no-browser", action="store_true", help="only print the address")


def port(text: str) -> int:
    """A number of a port, for an option such as `--port`."""
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise argparse.ArgumentTypeError("write a number from 0 to 65535")
    return int(text)


def _open(args: argparse.Namespace) -> int:
    from ..serve import launch
    from ..store import home_dir
    from ..ui.asking.pages import notebooks_dir

    folder = args.notebooks or notebooks_dir()
    if not any(Path(folder).glob("*.ipynb")):
        raise BadFile("There are no notebooks in that folder. Choose the folder with index.ipynb in it.")
    os.environ["WORKBOOK_NOTEBOOKS"] = str(Path(folder).resolve())
    return launch.run(port=args.port, browser=not args.no_browser, notebooks=Path(folder).resolve(), home=home_dir())


def _lab(args: argparse.Namespace) -> int:
    from ..serve import folders, lab
    from ..store import home_dir
    from ..ui.asking.pages import notebooks_dir

    folder, home = lab.own_copy(notebooks_dir(), args.folder).resolve(), home_dir().resolve()
    if warning := folders.check(home, folder):
        print(warning, file=sys.stderr)
    return lab.run(folder, home, browser=not args.no_browser)

"""Where a folder has its notebooks and packs. Knows names of folders only."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from ..errors import BadFile
from ..folder import pages

PACKS = ("seeds", "texts", "letters", "facts", "calls", "conditions")
"""The folders of packs, as in `workbook/packs`."""
NOTHING = "There is nothing to check in that folder. Choose a folder with notebooks or packs in it."


@dataclass(frozen=True, slots=True)
class Places:
    """The folders to look in; None where there is none. `root` is the one that names are relative to."""

    root: Path
    notebooks: Path | None
    packs: Path | None

    def name(self, file: Path) -> str:
        """The file's name as a reader sees it."""
        return file.relative_to(self.root).as_posix() if file.is_relative_to(self.root) else file.name

    def files(self) -> list[Path]:
        """Everything that is checked, in order."""
        books = pages.own_files(self.notebooks) if self.notebooks else []
        packs = [file for file in self.packs.rglob("*") if file.is_file()] if self.packs else []
        return sorted(f for f in {*books, *packs} if not any(p.startswith(".") for p in f.relative_to(self.root).parts))


def places(folder: Path) -> Places:
    """The places of a folder of notebooks, of packs, or of both; BadFile if it has neither."""
    if not folder.is_dir():
        raise BadFile("There is no folder with that name. Check the name.")
    books = next((f for f in (folder, folder / "notebooks") if pages.is_practice(f) or any(f.glob("*.ipynb"))), None)
    if (folder / "packs").is_dir():
        packs: Path | None = folder / "packs"
    else:
        packs = folder if any((folder / name).is_dir() for name in PACKS) else None
    if packs is None and (named := os.environ.get("WORKBOOK_PACKS")):
        packs = Path(named)
        if not packs.is_dir():
            raise BadFile("WORKBOOK_PACKS names a folder that does not exist. Check its name.")
    if books is None and packs is None:
        raise BadFile(NOTHING)
    return Places(folder, books, packs)

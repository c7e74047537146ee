"""Brings newer shipped pages into a practice's folder without losing its changes. Knows the merge and files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import BadFile
from . import create, merge, pages

BEFORE = ".before-upgrade"  # each page as it was before the last upgrade that changed it


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What became of one page: `changed`, or not; and a sentence for each thing that both sides had changed."""

    page: str
    changed: bool
    conflicts: tuple[str, ...] = ()


def upgrade(folder: Path) -> list[Upgraded]:
    """Merges what is new in the shipped pages into the practice's. Each page is written whole or not at all."""
    if not pages.is_practice(folder):
        raise BadFile(create.NOT_ONE)
    found = []
    own = pages.own_files(folder)
    first = pages.first_names(own)
    for file in own:
        page = first[file.stem]
        mine = create.read(file)
        known, now = folder / create.BASE / f"{page}.ipynb", pages.shipped() / f"{page}.ipynb"
        if mine["metadata"].get("workbook", {}).get("page") != page:
            mine = create.named(mine, page)
            create.write(file, merge.text(mine))  # from now on it may be renamed
        if not known.is_file():
            continue  # a page of its own
        if not now.is_file():
            said = f"The workbook no longer has the page {page}. Yours stays as it is."
            found.append(Upgraded(file.stem, False, (said,)))
            continue
        found.append(_page(folder, file, page, mine, known, now))
    return found


def _page(folder: Path, file: Path, page: str, mine: merge.Book, known: Path, now: Path) -> Upgraded:
    base, theirs = create.read(known), create.read(now)
    if merge.text(base) == merge.text(theirs):
        return Upgraded(file.stem, False)
    whole, said = merge.merged(base, mine, theirs)
    text, before = merge.text(create.named(whole, page)), file.read_text("utf-8")
    if text != before:
        create.write(folder / BEFORE / file.name, before)
        create.write(file, text)
    create.write(known, merge.text(theirs))  # last: an upgrade that was stopped begins again
    return Upgraded(file.stem, text != before, tuple(said))

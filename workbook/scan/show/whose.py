"""How we know whose it is, as a table and as lines: what was found, where, and what follows. Knows the values."""

from __future__ import annotations

from dataclasses import dataclass

from ...locale import plural, tr
from ...locale.dates import show_day
from ..values import Inventory, Sign
from . import document_lines

MOST = 12  # rows that the text has


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what was found, in which files, what follows."""

    found: str
    where: str
    follows: str


def rows(inventory: Inventory) -> list[Row]:
    """The table: what names another person first, then what leaves it open."""
    files = document_lines.file_names(dict.fromkeys(path for sign in inventory.signs for path in sign.paths))
    return [Row(_found(sign), _where(sign, files), _follows(sign)) for sign in inventory.signs]


def lines(inventory: Inventory) -> list[str]:
    """The same, a line each, the first of many."""
    table = rows(inventory)
    more = len(table) - MOST
    told = [" ".join(x for x in (f"{row.found} ({row.where}).", row.follows) if x) for row in table[:MOST]]
    return [*told, *([plural("1 more.", "{n} more.", more)] if more > 0 else [])]


def _found(sign: Sign) -> str:
    if not (sign.name or sign.birth or sign.id):
        return tr("No name")
    born = tr("born {day}").format(day=show_day(sign.birth)) if sign.birth else tr("no birth date")
    number = tr("patient number {number}").replace("{number}", sign.id) if sign.id else ""
    return ", ".join(x for x in (sign.name or tr("No name"), born, number) if x)


def _where(sign: Sign, files: dict[str, str]) -> str:
    if not sign.paths:
        return ""
    more = sign.files - len(sign.paths)
    named = [*(files[path] for path in sign.paths), *([plural("1 more", "{n} more", more)] if more > 0 else [])]
    if not (sign.name or sign.birth or sign.id):
        words = tr("in {files}")
    else:
        words = {
            "field": tr("as the patient of {files}"),
            "list": tr("in the disc's own list, {files}"),
            "text": tr("in the words of {files}"),
        }[sign.place]
    return words.replace("{files}", ", ".join(named))


def _follows(sign: Sign) -> str:
    verdict = {"other": tr("Someone else."), "cannot tell": tr("We cannot tell.")}.get(sign.verdict or "", "")
    return " ".join(x for x in (verdict, sign.why) if x)

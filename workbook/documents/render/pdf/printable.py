"""Checks that a PDF shows text as typed: one that would change a name is not made.

Knows the tree, the fonts' coverage, and the name fields of a case. Word and the web page keep every letter, because
the computer that displays them has its own fonts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from ....case import Case, leaves
from ....errors import CannotExport
from ....locale import tr
from ...tree.clean import clean
from .glyphs import lost

_CJK = frozenset(
    ["Chinese", "Cjk", "Hiragana", "Katakana", "Hangul", "Bopomofo", "Halfwidth", "Fullwidth", "Katakana-Hiragana"]
)
INSTALL = "uv sync --extra cjk"
# Fields with the name of a person, an office or a plan.
_NAMES = frozenset(
    [
        *("name", "preferred_name", "name_on_record", "facility", "holder", "to", "to_name"),
        *("rep", "given_by", "said_by", "who", "confirmed_by", "note_taker"),
    ]
)
_SIGNED = ("title", "subject", "sender", "to")  # keys of a tree for its sender, recipient and subject
_NOT_WORDS = ("k", "data", "mime", "tone", "paper", "lang", "href")


def check(doc: dict[str, Any], case: Case | None = None, *, word: bool = False) -> str:
    """CannotExport if the PDF would lose letters, or a symbol in a name; a message if it loses other symbols.

    `word` means that the same document also comes as a Word file.
    """
    scripts: set[str] = set()
    changed: list[str] = []
    for text in _texts(doc):
        gone, signs = lost(text)
        scripts |= gone
        if signs:
            changed.append(text)
    other = (
        tr("Choose Word or the web page instead. They show every letter.")
        if word
        else tr("Choose the web page instead. It shows every letter.")
    )
    if scripts & _CJK:
        told = tr("This PDF would lose Chinese, Japanese or Korean words, because no font for them is installed.")
        how = tr("To install one, type {command} in the folder of the project and start again.").format(
            command=f'"{INSTALL}"'
        )
        raise CannotExport(f"{told} {how} {other}")
    if scripts:
        named = ", ".join(sorted(scripts - {"Other"})) or tr("some")
        told = tr("This PDF would lose words, because no font here can print these letters: {scripts}.").format(
            scripts=named
        )
        raise CannotExport(f"{told} {other}")
    if not changed:
        return ""
    if any(lost(text)[1] for text in _identity(doc)) or _names_in(changed, case):
        told = tr("This PDF would change a name, because no font here can print one of its letters.")
        raise CannotExport(f"{told} {other}")
    return tr("Symbols that cannot be printed, such as emoji, appear as words in brackets in this PDF.")


def _texts(node: Any, key: str = "") -> Iterator[str]:
    if isinstance(node, str):
        if key not in _NOT_WORDS:
            yield clean(node)
    elif isinstance(node, list):
        for inner in node:
            yield from _texts(inner, key)
    elif isinstance(node, dict):
        for name, inner in node.items():
            yield from _texts(inner, name)


def _identity(doc: dict[str, Any]) -> Iterator[str]:
    head = {**doc, **doc.get("letter", {})}
    for key in _SIGNED:
        yield from _texts(head.get(key, ""))


def _names_in(changed: Collection[str], case: Case | None) -> bool:
    """Whether one of these texts contains a name of the case that no font covers."""
    if case is None:
        return False
    names = {
        clean(leaf.value)
        for leaf in leaves(case)
        if isinstance(leaf.value, str) and leaf.path.rpartition(".")[2] in _NAMES
    }
    return any(name in text for name in names if lost(name)[1] for text in changed)

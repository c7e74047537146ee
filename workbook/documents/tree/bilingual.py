"""Bilingual documents: English and a second language side by side. Knows block trees and the languages; no case.

The tree is built once in each language and both are merged block by block. What a person typed is identical in
both, so it appears once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import copy_context
from itertools import takewhile
from typing import Any

from ...errors import CannotExport
from ...locale import PSEUDO, languages, tr, use
from . import blocks as B  # noqa: N812

Tree = dict[str, Any]
LONG = 48  # characters; longer texts get separate lines
NAME = 8  # text that is identical only because a person typed it

_TOP = ("title", "subject", "prepared", "footer", "watermark")


def pair(make_tree: Callable[[], Tree], second: str) -> Tree:
    """The document with its own texts in English and in the second language.

    CannotExport if there is no catalog for that language.
    """
    if second not in (*languages()[1:], PSEUDO):
        known = ", ".join(languages()[1:]) or tr("none yet")
        raise CannotExport(
            tr("There is no translation for that language. Languages besides English: {names}.").format(names=known)
        )
    first, other = _made(make_tree, "en"), _made(make_tree, second)
    told: Tree = {name: _both(first[name], other[name]) for name in _TOP}
    if "letter" in first:
        told["letter"] = _letter(first["letter"], other["letter"])
    return {**first, **told, "blocks": _laid(first["blocks"], other["blocks"], second)}


def _made(make_tree: Callable[[], Tree], lang: str) -> Tree:
    """The document in one language; the current language is restored."""

    def made() -> Tree:
        use(lang)
        return make_tree()

    return copy_context().run(made)


def _letter(ours: Tree, theirs: Tree) -> Tree:
    """The head of a letter: its lines contain mostly names, so they stay lines."""
    laid = dict(ours)
    for name, value in ours.items():
        other = theirs[name]
        if isinstance(value, str):
            laid[name] = _both(value, other)
        elif len(value) == len(other):
            laid[name] = [_both(a, b) for a, b in zip(value, other, strict=True)]
    return laid


def _laid(ours: Sequence[B.Block], theirs: Sequence[B.Block], second: str) -> list[B.Block]:
    if [b["k"] for b in ours] != [b["k"] for b in theirs]:
        return [*ours, *theirs]  # of two shapes: one after the other is better than a wrong match
    return [block for a, b in zip(ours, theirs, strict=True) for block in _block(a, b, second)]


def _block(a: B.Block, b: B.Block, second: str) -> list[B.Block]:
    if a == b:
        return [a]
    match a["k"]:
        case "heading":
            return [{**a, "c": _runs(a["c"], b["c"])}]
        case "details" if len(a["items"]) == len(b["items"]):
            items = [
                {"label": _both(x["label"], y["label"]), "c": _runs(x["c"], y["c"])}
                for x, y in zip(a["items"], b["items"], strict=True)
            ]
            return [{**a, "items": items}]
        case "checks" if len(a["items"]) == len(b["items"]):
            return [
                {
                    **a,
                    "items": [
                        {**x, "c": _runs(x["c"], y["c"]), "note": _runs(x["note"], y["note"])}
                        for x, y in zip(a["items"], b["items"], strict=True)
                    ],
                }
            ]
        case "table" if len(a["rows"]) == len(b["rows"]):
            rows = [
                [_runs(x, y) for x, y in zip(r, s, strict=False)] for r, s in zip(a["rows"], b["rows"], strict=True)
            ]
            columns = [_runs(x, y) for x, y in zip(a["columns"], b["columns"], strict=False)]
            return [{**a, "caption": _runs(a["caption"], b["caption"]), "columns": columns, "rows": rows}]
        case "list" if len(a["items"]) == len(b["items"]):
            return [{**a, "items": [_inline(x, y) for x, y in zip(a["items"], b["items"], strict=True)]}]
        case "callout":
            title = _runs(a["title"], b["title"])
            return [{**a, "title": title, "blocks": _laid(a["blocks"], b["blocks"], second)}]
        case "quote":
            return [{**a, "blocks": _laid(a["blocks"], b["blocks"], second)}]
        case "answer" if len(a["options"]) == len(b["options"]):
            options = [x if x == y else f"{x} / {y}" for x, y in zip(a["options"], b["options"], strict=True)]
            return [
                {
                    **a,
                    "question": _runs(a["question"], b["question"]),
                    "hint": _runs(a["hint"], b["hint"]),
                    "options": options,
                }
            ]
        case "lines":
            return [{**a, "label": _both(a["label"], b["label"])}]
        case "timeline" if len(a["items"]) == len(b["items"]):
            items = [{**x, "words": _both(x["words"], y["words"])} for x, y in zip(a["items"], b["items"], strict=True)]
            return [{**a, "label": _both(a["label"], b["label"]), "items": items}]
        case "para" if _is_mixed(a["c"], b["c"]):
            return [{**a, "c": _runs(a["c"], b["c"])}]
    return [B.pair([a], [b], second)]


def _inline(ours: list[B.Block], theirs: list[B.Block]) -> list[B.Block]:
    """The blocks of one list item, where two columns do not fit."""
    if len(ours) != len(theirs):
        return [*ours, *theirs]
    laid: list[B.Block] = []
    for a, b in zip(ours, theirs, strict=True):
        laid += [{**a, "c": _runs(a["c"], b["c"])}] if a["k"] == b["k"] == "para" else [a] if a == b else [a, b]
    return laid


def _is_mixed(ours: list[B.Run], theirs: list[B.Run]) -> bool:
    """Whether the text is short, or partly typed by a person: then each of our texts is translated in place."""
    if len(ours) != len(theirs):
        return False
    typed = any(a == b and any(map(str.isalnum, a["t"])) for a, b in zip(ours, theirs, strict=True))
    return typed or len(B.as_text(ours)) <= LONG


def _runs(ours: list[B.Run], theirs: list[B.Run]) -> list[B.Run]:
    if ours == theirs:
        return ours
    if len(ours) != len(theirs):
        return [*ours, B.text("\n"), *theirs]
    return [{**a, "t": _both(a["t"], b["t"])} for a, b in zip(ours, theirs, strict=True)]


def _both(ours: str, theirs: str) -> str:
    """Two texts in one line, with their common prefix and suffix outside; long ones on separate lines.

    >>> _both("Goal: ", "Meta: "), _both("Ana", "Ana"), _both(" (patient)", " (paciente)")
    ('Goal / Meta: ', 'Ana', ' (patient / paciente)')
    """
    if ours == theirs or not ours or not theirs:
        return ours or theirs
    start = _shared(ours, theirs)
    end = _shared(ours[len(start) :][::-1], theirs[len(start) :][::-1])[::-1]
    core, other = (text[len(start) : len(text) - len(end)] for text in (ours, theirs))
    if not (core and other):
        start, core, other, end = "", ours, theirs, ""
    between = "\n" if len(core) > LONG else " / "
    return f"{start}{core}{between}{other}{end}"


def _shared(a: str, b: str) -> str:
    """The common prefix: punctuation, or a whole name and the like; a short word may match by chance."""
    same = "".join(x for x, _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))
    whole = same[: len(same) - len("".join(takewhile(str.isalnum, reversed(same))))]
    if sum(map(str.isalnum, whole)) >= NAME:
        return whole
    return "".join(takewhile(lambda sign: not sign.isalnum(), whole))

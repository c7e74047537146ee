"""The text of letters, loaded from the packs and filled with values. Knows the packs and the blocks; no case.

A letter is one pack file, `packs/letters/<letter>.toml`: an entry is one paragraph, in the order of the letter. A
practice overrides a paragraph by its id, removes one with `hide = true`, or adds its own. What a person typed is
inserted into already parsed text, so it is never read as a slot, a condition or markup.
"""

from __future__ import annotations

import difflib
import functools
import os
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from ...content import read_entries
from ...errors import BadFile
from ...locale import tr
from ..letter_packs import letters, line_of, of
from ..missing_answer import MissingAnswer
from ..tree import blocks as B  # noqa: N812

BLANK = "_" * 24
"""Blank space for handwriting where the case has no value."""

Value: TypeAlias = "str | int | list[B.Block] | None"
_IN_BOLD = ("when", "when_it", "day", "decide")  # the one day that a letter asks for
_SLOT = re.compile(r"\{(\w+)\}")
# As in `case.words.spoken`, but either side may contain slots here: `{my records|the records of {patient}}`.
_TWO_VOICES = re.compile(r"\{((?:[^{}|]|\{\w+\})*)\|((?:[^{}|]|\{\w+\})*)\}")


class Paragraph(BaseModel):
    """One paragraph of a letter.

    `lines` are its sentences. `{day}` is a slot for a value, `{I ask|We ask}` has text for the patient and for
    someone who writes for them. `when` are conditions that must all be true, `unless` those that must be false; that a
    slot has a value is a condition named like the slot; `mine` and `helper` say who writes. A paragraph that is
    only a slot contains that slot's list; one of the kind `same` goes on where the one before ends. `cc` names who
    gets a copy, `behind` is on pages after the signature, `lack` is for the writer only: it is shown before the letter
    is downloaded, and is not in any file; `about` is the question that it asks for, and `records.requests` there is the
    request that the letter is about.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    lines: tuple[str, ...] = ()
    part: Literal["subject", "greeting", "body", "enclosed", "closing", "cc", "behind", "lack"] = "body"
    kind: Literal["para", "same", "heading", "item", "pagebreak", "signature", "dated signature"] = "para"
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    about: str = ""


class Wording:
    """The text of one letter filled with the values of one case, by part.

    `mine` means that the patient writes. `holds` are the conditions that are true besides those of present values.
    """

    def __init__(self, letter: str, values: Mapping[str, Value], holds: Collection[str] = (), *, mine: bool) -> None:
        _check(letter, set(values))
        self.values = values
        known = {*holds, *(name for name, value in values.items() if value not in (None, "", []))}
        known.add("mine" if mine else "helper")
        self._voice = r"\1" if mine else r"\2"
        self._kept = [
            p for p in paragraphs(letter) if known.issuperset(p.when) and known.isdisjoint(p.unless) and p.lines
        ]

    def one(self, part: str) -> list[B.Run]:
        """The text of the first matching paragraph of this part; empty if there is none."""
        return next((self._runs(p.lines) for p in self._kept if p.part == part), [])

    def all(self, part: str) -> list[list[B.Run]]:
        """The text of each matching paragraph of this part."""
        return [self._runs(p.lines) for p in self._kept if p.part == part]

    def notes(self, patient: str) -> list[str]:
        """The sentences for the writer alone; `patient` is how to speak of them, a blank is no word on a page."""
        slots = {**self.values, "patient": patient}
        found = []
        for paragraph in (p for p in self._kept if p.part == "lack"):
            text = B.as_text(self._runs(paragraph.lines, slots)).replace(" " + tr("on {day}").format(day=BLANK), "")
            words = text[:1].upper() + text[1:]
            found.append(MissingAnswer(words, paragraph.about) if paragraph.about else words)
        return found

    def blocks(self, part: str = "body") -> list[B.Block]:
        """The matching paragraphs of this part as blocks; consecutive items become one list."""
        blocks: list[B.Block] = []
        items: list[list[B.Run]] = []
        for paragraph in (p for p in self._kept if p.part == part):
            if paragraph.kind == "item":
                items.append(self._runs(paragraph.lines))
                continue
            if items:
                blocks.append(B.listing(items))
                items = []
            if paragraph.kind == "same" and blocks and blocks[-1]["k"] == "para":
                blocks[-1] = B.para([*blocks[-1]["c"], B.text(" "), *self._runs(paragraph.lines)])
                continue
            blocks += self._blocks(paragraph)
        return [*blocks, B.listing(items)] if items else blocks

    def _blocks(self, paragraph: Paragraph) -> list[B.Block]:
        alone = _SLOT.fullmatch(" ".join(paragraph.lines).strip())
        value = self.values.get(alone[1]) if alone else None
        if isinstance(value, list):
            return value
        words = self._runs(paragraph.lines)
        if paragraph.kind == "heading":
            return [B.heading(2, words)]
        if paragraph.kind == "pagebreak":
            return [B.pagebreak(), B.heading(2, words)]
        if paragraph.kind == "signature":
            return [B.lines(1, B.as_text(words))]
        if paragraph.kind == "dated signature":
            return [B.lines(1, B.as_text(words), date=tr("Date"))]
        return [B.para(words)]

    def _runs(self, lines: Iterable[str], values: Mapping[str, Value] | None = None) -> list[B.Run]:
        values = self.values if values is None else values
        found: list[B.Run] = []
        for piece in re.split(r"(\{\w+\})", _TWO_VOICES.sub(self._voice, " ".join(map(tr, lines)))):
            slot = _SLOT.fullmatch(piece)
            if slot is None:
                found += [B.text(piece)] if piece else []
            else:
                value = values.get(slot[1])
                found.append(B.text(BLANK if value is None or value == "" else value, b=slot[1] in _IN_BOLD))
        return found


def paragraphs(letter: str) -> tuple[Paragraph, ...]:
    """The paragraphs of one letter in order, a practice's own on top; BadFile for an invalid pack."""
    return _paragraphs(letter, os.environ.get("WORKBOOK_PACKS", ""))


def _check(letter: str, slots: set[str]) -> None:
    """BadFile, naming the entry, for an unknown slot or condition: a practice mistyped it."""
    fills = of(letter, os.environ.get("WORKBOOK_PACKS", "")).fills
    alike = [p for other in letters() if other.fills == fills for p in _paragraphs(other.name, "")]
    known = slots | {"mine", "helper"} | {name for p in alike for name in (*p.when, *p.unless)}
    for paragraph in paragraphs(letter):
        blanks = _SLOT.findall(" ".join(paragraph.lines))
        for name in (*blanks, *paragraph.when, *paragraph.unless):
            if name not in (slots if name in blanks else known):
                near = difflib.get_close_matches(name, known, 1)
                hint = f'; did you mean "{near[0]}"?' if near else "."
                place = line_of(letter, name, os.environ.get("WORKBOOK_PACKS", ""))
                raise BadFile(f'letters/{letter}.toml{place}: entry "{paragraph.id}" does not know "{name}"{hint}')


@functools.cache
def _paragraphs(letter: str, practice: str) -> tuple[Paragraph, ...]:
    return tuple(read_entries(Paragraph, f"letters/{letter}.toml", practice))

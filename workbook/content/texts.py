"""The texts of the workbook: scripts to read aloud, answers to common questions, sources. Knows the packs; no case."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from .. import locale
from ..errors import BadFile
from .layers import SHIPPED, checked, layered, practice_folder, spoken

_SLOT = re.compile(r"\{(caller|visit|last_day|rep|patient|born|last4)\}")


class Passage(BaseModel):
    """A text of the workbook: a script to read aloud, an answer to a common question, a source."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str = ""
    lines: tuple[str, ...] = ()
    url: str = ""
    note: str = ""
    asks: str = ""  # the list of questions to read aloud after it: a file in `calls/`
    fills: str = ""  # what fills the blank in it: "caller", or a question of a list such as "insurance.calls.reference"


def passage(key: str) -> Passage:
    """The passage with this id; BadFile, suggesting similar ids, if no pack has it."""
    found = passages().get(key)
    if found is None:
        near = difflib.get_close_matches(key, passages(), 1)
        raise BadFile(f'No pack has a text called "{key}".' + (f' Did you mean "{near[0]}"?' if near else ""))
    return found


def passages(group: str | None = None) -> dict[str, Passage]:
    """All passages by id, or those of one file (`script`, `help`, `faq`, `source`), in order."""
    return _passages(group or "*", practice_folder(), locale.language())


def with_values(lines: Iterable[str], values: Mapping[str, str]) -> list[str]:
    """The lines with these values in their slots; a line with a slot that has no value is left out.

    >>> with_values(["Hello.", "My name is {caller}.", "I spoke with {rep}."], {"caller": "Ana O."})
    ['Hello.', 'My name is Ana O.']
    """
    made = []
    for line in lines:
        slots = _SLOT.findall(line)
        if all(values.get(slot) for slot in slots):
            text = _SLOT.sub(lambda slot: values[slot[1]], line)
            made.append(f"{text[:-2]}." if slots and text.endswith("..") else text)
    return made


@functools.cache
def _passages(group: str, practice: str, language: str) -> dict[str, Passage]:
    roots = [SHIPPED, *([Path(practice)] if practice else [])]
    names = sorted({f.name for root in roots for f in (root / "texts").glob(f"{group}.toml")})
    made = [checked(Passage, spoken(e), f"texts/{n}") for n in names for e in layered(f"texts/{n}", practice)]
    return {p.id: p for p in made}

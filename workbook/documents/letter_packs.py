"""The registry of letters: one pack file each, whose `[letter]` table describes it and names its filler function.

Knows the packs' folders only; no case. `packs/letters/NAME.toml` begins with

    [letter]
    title = "Follow-up letter"
    use = "When an office has not answered."
    fills = "after-request"          # one of FILLERS
    about = "waiting-requests"       # one of SUBJECTS; omitted if the letter is about the whole case
    after = "records-request"        # its position among the documents

A practice adds its own letter as such a file in the folder that `WORKBOOK_PACKS` names.
"""

from __future__ import annotations

import difflib
import functools
import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from ..errors import BadFile

SHIPPED = Path(__file__).parents[1] / "packs" / "letters"

FILLERS = {
    "request": "letters.records:records_request",
    "after-request": "letters.records:after_request",
    "questions": "letters.questions:questions",
    "ask-both": "letters.clinicians:ask_both",
    "decision": "letters.clinicians:decision_note",
    "appeal": "letters.appeal:appeal_packet",
    "office": "letters.plain:to_office",
    "plan": "letters.plain:to_plan",
}
"""The functions that fill the slots of a letter, called with (case, wanted, letter)."""

SUBJECTS = {
    "": "",
    "open-requests": "letters.records:requests",
    "waiting-requests": "letters.records:waiting",
    "delayed-requests": "letters.records:delayed",
    "stuck-requests": "letters.records:stuck",
    "denials": "letters.appeal:denials",
    "offices": "letters.plain:offices",
}
"""The functions that list the entries a letter can be about, called with (case, today)."""

RECIPIENTS = ("office", "privacy-officer", "ocr")
_NAME = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. `heading` is its printed title if different, `to` the recipient of a letter about a request."""

    name: str
    title: str
    use: str
    fills: str
    about: str = ""
    after: str = ""
    heading: str = ""
    to: str = "office"

    @property
    def on_paper(self) -> str:
        """The title printed on the letter."""
        return self.heading or self.title


def letters(practice: str = "") -> tuple[Letter, ...]:
    """All letters, the shipped ones with a practice's own on top; BadFile for an invalid table."""
    return _letters(practice)


def of(name: str, practice: str = "") -> Letter:
    """The letter with that name; KeyError if there is none."""
    return {letter.name: letter for letter in letters(practice)}[name]


@functools.cache
def _letters(practice: str) -> tuple[Letter, ...]:
    heads: dict[str, dict[str, object]] = {}
    for folder in [SHIPPED, *([Path(practice) / "letters"] if practice else [])]:
        for file in sorted(folder.glob("*.toml")):
            head = _head(file)
            if head or file.stem in heads or folder == SHIPPED:  # else a draft or a backup beside a practice's letters
                heads[file.stem] = {**heads.get(file.stem, {}), **head}
    return tuple(_letter(name, head, practice) for name, head in heads.items())


def _head(file: Path) -> dict[str, object]:
    """The `[letter]` table, read without the paragraphs below it."""
    try:
        head = file.read_text("utf-8").partition("[[entry]]")[0]
        found = tomllib.loads(head).get("letter", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadFile(f"letters/{file.name} cannot be read: {error}.") from None
    return found if isinstance(found, dict) else {}


def _letter(name: str, head: dict[str, object], practice: str) -> Letter:
    file = f"letters/{name}.toml"

    def at(word: str) -> str:
        return file + line_of(name, word, practice)

    if not _NAME.fullmatch(name):
        raise BadFile(f'{file}: name the file in small letters and hyphens, such as "ride-request.toml".')
    known = [one.name for one in fields(Letter) if one.name != "name"]
    for key, value in head.items():
        if key not in known:
            raise BadFile(f'{at(key)}: the [letter] table does not know "{key}"{_near(key, known)}')
        if not isinstance(value, str):
            raise BadFile(f'{at(key)}: "{key}" in the [letter] table must be text in quotes.')
    for key in ("title", "use", "fills"):
        if not head.get(key):
            raise BadFile(f'{file}: the [letter] table needs "{key}". See letters/follow-up.toml.')
    made = Letter(name, **{key: str(value) for key, value in head.items()})
    choices: tuple[tuple[str, str, list[str]], ...] = (
        ("fills", made.fills, list(FILLERS)),
        ("about", made.about, list(SUBJECTS)),
        ("to", made.to, list(RECIPIENTS)),
    )
    for key, value, allowed in choices:
        if value not in allowed:
            raise BadFile(f'{at(value)}: "{value}" is not a choice for "{key}"{_near(value, allowed)}')
    return made


def line_of(name: str, word: str, practice: str) -> str:
    """Where a word is in a practice's letter, as ", line 12"; "" if it is not in that file."""
    try:
        lines = (Path(practice) / "letters" / f"{name}.toml").read_text("utf-8").splitlines() if practice else []
    except (OSError, UnicodeDecodeError):
        return ""
    found = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
    return next((f", line {n}" for n, line in enumerate(lines, 1) if found.search(line)), "")


def _near(word: str, known: list[str]) -> str:
    near = difflib.get_close_matches(word, known, 1)
    return f'; did you mean "{near[0]}"?' if near else f". The choices are: {', '.join(filter(None, known))}."

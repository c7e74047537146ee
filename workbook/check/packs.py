"""What is wrong in a practice's packs: files nobody reads, entries that miss, facts past their day. Knows the packs."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ..case.paths import item_type
from ..content import HEADS, SHIPPED, Passage, checked, item_fields, layered, read_condition, read_entries
from ..documents import letter_packs
from ..documents.letters.text import Paragraph
from ..errors import BadFile, WorkbookError
from ..law import packs as law
from ..ui.asking import catalog
from .finding import Finding
from .places import PACKS

Name = Callable[[Path], str]
LARGEST = 1_000_000  # bytes of one pack
_CURLY = re.compile("[“”„‘’‚«»]")
_LIKE = 'Write lines like text = "What else could it be?" under [[entry]].'


def findings(folder: Path, name: Name, today: dt.date) -> Iterator[Finding]:
    """The findings in a folder of packs."""
    files = [f for f in sorted(folder.rglob("*")) if f.is_file() and not _hidden(f, folder)]
    read: dict[str, list[dict[str, Any]]] = {}
    for file in files:
        inside = file.relative_to(folder).as_posix()
        if _elsewhere(inside, file):
            continue
        if said := _unread(inside):
            yield Finding(name(file), said)
            continue
        entries = _entries(file)
        if isinstance(entries, Finding):
            yield Finding(name(file), entries.sentence, line=entries.line)
            continue
        read[inside] = entries
        yield from (
            Finding(name(file), one.sentence, line=one.line, note=one.note) for one in _placed(inside, entries, file)
        )
    for inside, entries in read.items():
        complete = all(isinstance(entry.get("id"), str) for entry in entries)
        if complete and (said := _invalid(inside, str(folder))):
            yield Finding(name(folder / inside), *_line(said, inside))
    yield from _facts(read, folder, name, today)


def _hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith((".", "__")) for part in file.relative_to(folder).parts)


def _elsewhere(inside: str, file: Path) -> bool:
    """Whether the file is none of the packs': a notebook beside them, a readme, the practice's own settings."""
    return ("/" not in inside and file.suffix != ".toml") or file.suffix == ".md" or inside == "practice.toml"


def _unread(inside: str) -> str:
    """Why nobody reads this file; "" if somebody does."""
    folder, _, rest = inside.rpartition("/")
    if not rest.endswith(".toml"):
        return "This file is not read: a pack's name ends in .toml."
    known = {f.relative_to(SHIPPED).as_posix() for f in SHIPPED.rglob("*.toml")}
    known |= {f"seeds/{path}.toml" for path in catalog.lists()}
    if inside in known or folder in ("texts", "letters", "facts", "conditions"):
        return ""
    near = difflib.get_close_matches(inside, sorted(known), 1, 0.5)
    if folder not in PACKS:
        near = [one for one in sorted(known) if one.endswith(f"/{rest}")] or near
    meant = f"Did you mean {near[0]}?" if near else f"Packs are in the folders {', '.join(PACKS)}."
    return f"This file is not read. {meant}"


def _entries(file: Path) -> list[dict[str, Any]] | Finding:
    """The raw entries of a file, or what keeps it from being read; that one has no file name yet."""
    try:
        if file.stat().st_size > LARGEST:
            return Finding("", "This file is larger than 1 MB, so it is no pack. Make it smaller.")
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return Finding("", "This file cannot be read. Save it again as plain text (UTF-8).")
    if found := re.search(r"^(<{7}|>{7}) ", text, re.MULTILINE):
        line = text.count("\n", 0, found.start()) + 1
        return Finding("", "This file has the marks of an unfinished merge (<<<<<<<). Choose one side.", line=line)
    try:
        data = tomllib.loads(text)
    except RecursionError:
        return Finding("", "This file has too many brackets inside each other. Make it simpler.")
    except tomllib.TOMLDecodeError as error:
        return _broken(str(error), text)
    entries = data.get("entry", [])
    if isinstance(entries, dict):
        return Finding("", "Write [[entry]] with two brackets on each side.", line=_at(text, r"^\s*\[entry\]"))
    allowed = {"entry", *HEADS.get(file.parent.name, ())}
    if other := sorted(set(data) - allowed):
        said = f'"{other[0]}" is not in an [[entry]]. A pack has only [[entry]] tables: {_LIKE}'
        return Finding("", said, line=_at(text, rf"^\s*\[*{re.escape(other[0])}"))
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        return Finding("", f"A pack has only [[entry]] tables. {_LIKE}")
    return entries


def _broken(words: str, text: str) -> Finding:
    said = re.search(r"at line (\d+)", words)
    lines = text.splitlines()
    number = int(said[1]) if said else len(lines)
    here = lines[number - 1] if 0 < number <= len(lines) else ""
    if _CURLY.search(here) and not re.search(r'=\s*["\'].*["\']\s*$', here):
        sentence = "This line has curly quotes (“ ”). Type them again as straight quotes."
    elif here.count('"') % 2 or "Unterminated" in words:
        sentence = "A quote opens here and is not closed. Add the same quote at the end of the words."
    elif "Cannot overwrite" in words or "Cannot declare" in words:
        sentence = "This name is given twice in one entry. Keep one, or begin a new [[entry]]."
    elif re.match(r"\s*\w+\s*=\s*[^\"'\[{\d]", here) and not re.search(r"=\s*(true|false)\b", here):
        sentence = 'Words need quotes, such as title = "Heart test".'
    else:
        sentence = f"This line is not complete. {_LIKE}"
    return Finding("", sentence, line=number)


def _at(text: str, pattern: str) -> int:
    found = re.search(pattern, text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def _placed(inside: str, entries: list[dict[str, Any]], file: Path) -> Iterator[Finding]:
    """Ids that are missing, twice, nearly a shipped one, or name no entry to come after or to hide."""
    text = file.read_text("utf-8")
    shipped = {str(entry["id"]) for entry in layered(inside, "")}
    seen: set[str] = set()
    every = shipped | {str(entry.get("id")) for entry in entries}
    for number, entry in enumerate(entries, 1):
        key = entry.get("id")
        if not isinstance(key, str) or not key:
            yield Finding("", f'Entry {number} has no id. Give it one, such as id = "own-{number}".')
            continue
        line = _at(text, rf"^\s*id\s*=\s*[\"']{re.escape(key)}[\"']")
        near = difflib.get_close_matches(key, sorted(shipped), 1, 0.8)
        meant = f" Did you mean {near[0]}?" if near else ""
        if key in seen:
            yield Finding(
                "", f'The id "{key}" is used twice, so only the last entry counts. Give one another id.', line=line
            )
        elif entry.get("hide") and key not in shipped:
            yield Finding("", f'There is no entry "{key}" to hide.{meant}', line=line)
        elif shipped and key not in shipped and near:
            yield Finding(
                "", f'"{key}" adds an entry. Did you mean the one that is there, "{near[0]}"?', line=line, note=True
            )
        after = entry.get("after")
        if isinstance(after, str) and after not in every:
            close = difflib.get_close_matches(after, sorted(every), 1, 0.5)
            said = f'There is no entry "{after}" to come after, so this one comes last.'
            yield Finding(
                "",
                said + (f" Did you mean {close[0]}?" if close else ""),
                line=_at(text, rf"^\s*after\s*=\s*[\"']{re.escape(after)}[\"']"),
            )
        seen.add(key)


def _invalid(inside: str, practice: str) -> str:
    """The message of the program that reads this file with the shipped one; "" if it is fine."""
    folder, _, rest = inside.rpartition("/")
    try:
        if folder == "seeds":
            for entry in layered(inside, practice):
                checked(item_type(rest.removesuffix(".toml")), item_fields(entry), inside)
        elif folder == "texts":
            read_entries(Passage, inside, practice)
        elif folder == "letters":
            _letter(rest.removesuffix(".toml"), practice)
        elif folder == "conditions":
            read_condition(rest.removesuffix(".toml"), practice)
        elif folder == "facts":
            law._load(practice)  # all together: they are versions of each other
    except WorkbookError as error:
        return str(error)
    except (TypeError, ValueError, KeyError, AttributeError, RecursionError):
        return "This file has a value of the wrong kind. Compare it with the shipped file of the same name."
    return ""


def _letter(letter: str, practice: str) -> None:
    """Writes the letter for each demo case, so that every blank and condition in it is looked up."""
    import os

    from ..documents import catalog as documents
    from ..documents import export
    from ..session import demo

    read_entries(Paragraph, f"letters/{letter}.toml", practice)
    if letter not in {one.name for one in letter_packs.letters(practice)}:
        raise BadFile(f'letters/{letter}.toml is not read: it has no [letter] table. See the shipped "follow-up.toml".')
    before = os.environ.get("WORKBOOK_PACKS")
    os.environ["WORKBOOK_PACKS"] = practice
    try:
        for case in demo.cases():
            day = dt.date.fromisoformat(str(case.demo_today))
            document = documents.DOCUMENTS[letter]
            subjects = documents.subjects(document, case, day)
            for about, _label in subjects[:1] if document.about else [("", "")]:
                export.tree(case, letter, day, about=about)
    finally:
        os.environ.pop("WORKBOOK_PACKS")
        if before is not None:
            os.environ["WORKBOOK_PACKS"] = before


def _line(said: str, inside: str) -> tuple[str, int, int]:
    """The message without the file's name, no cell, and its line."""
    found = re.match(rf"{re.escape(inside)}(?:, line (\d+))?(?::\s*| )(.*)", said, re.DOTALL)
    if not found:
        return said, 0, 0
    return found[2][:1].upper() + found[2][1:], 0, int(found[1] or 0)


def _facts(read: dict[str, Any], folder: Path, name: Name, today: dt.date) -> Iterator[Finding]:
    """Facts whose day to be checked again is past: a practice's own are mistakes, shipped ones are for attention."""
    own = {str(e.get("id")): inside for inside, entries in read.items() if inside.startswith("facts/") for e in entries}
    try:
        due = law._load(str(folder)).due(today)
    except WorkbookError:
        return
    for fact in due:
        said = f'The fact "{fact.id}" was to be checked again by {fact.review_by}. Read its source, then set a new day.'
        if fact.id in own:
            file = folder / own[fact.id]
            yield Finding(
                name(file), said, line=_at(file.read_text("utf-8"), rf"^\s*id\s*=\s*[\"']{re.escape(fact.id)}[\"']")
            )
        else:
            yield Finding("facts (shipped)", said + " Or update the workbook.", note=True)

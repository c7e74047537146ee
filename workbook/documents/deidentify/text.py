"""Takes out of a text what points to a person: known names, addresses, numbers, dates. Knows no case."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from . import dates

NUMBER, MAIL, WEB, FILE = "[number]", "[email]", "[web address]", "[file]"
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
_BETWEEN = r"[\s_.,-]+"  # the words of one name
_BETWEEN_WORDS = re.compile(_BETWEEN)
_LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"{_LETTER}{{2,}}")
_TITLE = r"(?:(?:dr|doctor|prof|professor|mr|mrs|ms|miss|sr|sra|don|doña)\b\.?\s+)*"
_FIXED = (
    (
        re.compile(r"[\w.+'-]+\s*(?:@|\[at\]|\(at\))\s*[\w-]+(?:\s*(?:\.|\[dot\]|\(dot\))\s*[\w-]+)+", re.IGNORECASE),
        MAIL,
    ),
    (re.compile(r"\b(?:https?|ftp)://\S+|\bwww\.\S+", re.IGNORECASE), WEB),
    (
        re.compile(
            r"\S+\.(?:pdf|jpe?g|png|gif|heic|tiff?|dcm|zip|iso|docx?|xlsx?|csv|txt|html?|xml|json)\b", re.IGNORECASE
        ),
        FILE,
    ),
    (
        re.compile(
            r"(?<!@)\b(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|info|io|health|us|mx|es)\b(?:/\S*)?", re.IGNORECASE
        ),
        WEB,
    ),
)
_DISEASE = re.compile(
    r"[A-Z]\d[0-9A-Z]\.\d{1,4}", re.IGNORECASE
)  # a code of a diagnosis has as many digits as a number
_PHONE = re.compile(
    r"(?<![^\W_])(?:\+\d[\d\s().-]{6,}\d|(?:1[\s.-]?)?\(?\d{3}\)?[\s.-]{0,2}\d{3}[\s.-]?\d{4}|\d{3}[\s.-]\d{4}"
    r"|\d{3}[\s-]\d{2}[\s-]\d{4})(?![^\W_])"
)
_CODE = re.compile(r"(?<!\w)\w[\w\-/.#:*]*\w(?!\w)")
_RANGE = re.compile(r"\d{1,4}(?:\.\d+)?[-/]\d{1,4}(?:\.\d+)?")
_HELD, _MOST = 0xF0000, 0xFFF0  # one private sign for each text that was replaced already
_SIGNS = re.compile("[\U000f0000-\U0010ffff]")
_FEWEST = 5  # digits that make a number an identifier; a dose or a count has fewer

_LISTS = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8")).items()
}
NEVER_ALONE = _LISTS["titles"] | _LISTS["kin"] | _LISTS["places"]
WORDS = _LISTS["words"]


def words_of(name: str) -> list[str]:
    """The words of a name that point to somebody, even alone."""
    return [word for word in _WORD.findall(plain(name)) if word.casefold() not in NEVER_ALONE]


def plain(text: str) -> str:
    """The text in the usual form of its letters, without signs that cannot be seen."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text))


class Scrubber:
    """Replaces what is known and what looks like a name of a person, a number or a date."""

    def __init__(self, names: Mapping[str, str], ids: Iterable[str], days: int, today: dt.date) -> None:
        """`names` gives each name its stand-in, `ids` are known numbers; dates are moved by `days`."""
        self.names, self._days, self._today = names, days, today
        self._stand_ins = {_key(form): stand_in for name, stand_in in names.items() for form in _forms(name)}
        self._found = _pattern(names)
        known = sorted({_flexible(one) for one in ids} - {""}, key=len, reverse=True)
        self._ids = re.compile(rf"(?<![^\W_])(?:{'|'.join(known)})(?![^\W_])", re.IGNORECASE) if known else None

    def __call__(self, text: str) -> str:
        """The text without them."""
        if not text:
            return text
        kept: list[str] = []

        def keep(made: str) -> str:
            if len(kept) >= _MOST:
                return made
            kept.append(made)
            return chr(_HELD + len(kept) - 1)

        text = _SIGNS.sub("", plain(text))
        for shape, instead in [*_FIXED, *([(self._ids, NUMBER)] if self._ids else []), (_PHONE, NUMBER)]:
            text = shape.sub(partial(_constant, keep, instead), text)
        text = dates.in_text(text, self._days, self._today, keep)
        if self._found:
            text = self._found.sub(lambda match: keep(self._stand_in(match)), text)
        text = _CODE.sub(lambda match: _numberless(match[0], keep), text)
        text = _SIGNS.sub(lambda match: kept[ord(match[0]) - _HELD], text)
        return _once(text, set(self.names.values()))

    def _stand_in(self, match: re.Match[str]) -> str:
        said = re.sub(_TITLE, "", match[0], count=1, flags=re.IGNORECASE)
        return self._stand_ins.get(_key(said)) or self._stand_ins.get(_key(match[0]), "[name]")


def _constant(keep: dates.Keep, instead: str, _match: re.Match[str]) -> str:
    return keep(instead)


def _key(text: str) -> str:
    """A form of a name without case, accents and the signs between its words."""
    return " ".join(_BETWEEN_WORDS.split(_bare(text).casefold())).strip()


def _forms(name: str) -> set[str]:
    """The name as it is, without accents, and each of its words that points to somebody."""
    whole = " ".join(plain(name).split())
    return {form for one in (whole, " ".join(words_of(name)), *words_of(name)) if one for form in (one, _bare(one))}


def _bare(text: str) -> str:
    """The text without accents."""
    parted = unicodedata.normalize("NFD", text)
    return "".join(c for c in parted if not unicodedata.combining(c))


def _pattern(names: Mapping[str, str]) -> re.Pattern[str] | None:
    """Finds every form of every name, the longest first; words of the language only with a capital letter."""
    forms = {form for name in names for form in _forms(name) if words_of(form)}
    if not forms:
        return None
    ways = "|".join(map(_way, sorted(forms, key=len, reverse=True)))
    return re.compile(rf"(?<!{_LETTER}){_TITLE}(?:{ways})(?!{_LETTER})", re.IGNORECASE)


def _way(form: str) -> str:
    parts = [part for part in _BETWEEN_WORDS.split(form) if part]
    if any(part.casefold() not in WORDS for part in parts):
        return _BETWEEN.join(map(re.escape, parts))
    capital = (f"(?:{re.escape(part[:1].upper() + part[1:])}|{re.escape(part.upper())})" for part in parts)
    return f"(?-i:{_BETWEEN.join(capital)})"


def _flexible(known: str) -> str:
    """A known number with any signs between its parts; "" if it is too short, or no number."""
    parts = re.findall(r"[^\W_]+", plain(known))
    text = "".join(parts)
    return r"[\W_]*".join(parts) if len(text) >= 3 and any(c.isdigit() for c in text) else ""


def _numberless(found: str, keep: dates.Keep) -> str:
    digits = sum(c.isdigit() for c in found)
    if digits < _FEWEST or _DISEASE.fullmatch(found) or _RANGE.fullmatch(found):
        return found
    return keep(NUMBER)


def _once(text: str, stand_ins: set[str]) -> str:
    """The text with a stand-in only once where a first and a last name became two."""
    for one in sorted(stand_ins, key=len, reverse=True):
        text = re.sub(rf"{re.escape(one)}(?:[\s,-]+{re.escape(one)})+(?!\d)", one, text)
    return text

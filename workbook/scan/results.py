"""Test results of all files as one row a test, over time. Knows the values; says nothing of what a value means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from .phrases.names import words
from .values import HealthRecord, Result

_NOBODY = ((), "")
_KIND = re.compile(r"\[[^\]]{0,60}\]")  # what a LOINC name says of the kind of quantity
_SAMPLE = re.compile(
    r"(?i)\b(?:in (?:serum or plasma|serum, plasma or blood|serum|plasma|(?:venous |arterial )?blood)"
    r"|by (?:automated|manual) count|of blood)\b"
)
_LONG = re.compile(r"-?\d{1,9}\.\d{5,}")
_NUMBER = re.compile(r"[<>≤≥~]?\s*(-?\d{1,12}(?:[.,]\d{1,9})?)")


@dataclass(slots=True)
class Trend:
    """One test in one unit: its results by day, newest last, each with the file it is from."""

    name: str
    unit: str = ""
    results: list[tuple[Result, str]] = field(default_factory=list)

    @property
    def latest(self) -> Result:
        """The newest result; of those of one day the last in the files."""
        return self.results[-1][0]

    @property
    def points(self) -> list[tuple[str, float]]:
        """The results that are numbers and have a whole day: `(2026-11-01, 28.0)`."""
        return [
            (one.date, value)
            for one, _ in self.results
            if len(one.date) == 10 and (value := number(one.value)) is not None
        ]

    @property
    def called(self) -> str:
        """The name of the test as a person says it: without what a laboratory's code says of method and sample.

        >>> Trend("Hemoglobin [Mass/volume] in Blood").called, Trend("CHLORIDE:SCNC:PT:BLD:QN::").called
        ('Hemoglobin', 'CHLORIDE')
        """
        if self.name.count(":") > 3:
            return self.name.partition(":")[0]
        return " ".join(_SAMPLE.sub("", _KIND.sub("", self.name)).split()) or self.name


def shown(value: str) -> str:
    """A value to read: a number with more than four decimals is rounded to two; all else is as in the file.

    >>> shown("43.14887705913227"), shown("0.0012"), shown("Negative")
    ('43.15', '0.0012', 'Negative')
    """
    return f"{float(value):.2f}" if _LONG.fullmatch(value) else value


def number(value: str) -> float | None:
    """The number in a value; None if it is words.

    >>> number("<0.5"), number("1,200.5"), number("Negative"), number("3-5")
    (0.5, 1200.5, None, None)
    """
    plain = re.sub(r"(?<=\d),(?=\d{3}(?:\D|$))", "", value.strip())
    found = _NUMBER.fullmatch(plain)
    return float(found[1].replace(",", ".")) if found else None


def trends(documents: Iterable[HealthRecord]) -> list[Trend]:
    """The results of these documents by test, in the order of names; the same result in two files counts once.

    Two tests are one if code or name, and unit, are the same: nothing is converted. None if the documents name more
    than one patient: a line over time must be of one person.
    """
    documents = list(documents)
    if len({_person(one) for one in documents if one.results} - {_NOBODY}) > 1:
        return []
    found: dict[tuple[str, str], Trend] = {}
    met: set[tuple[str, str, str, str]] = set()
    names: dict[str, str] = {}  # the code of each name, for files that give only one of them
    for one in (one for document in documents for one in document.results):
        if one.code:
            names.setdefault(_plain(one.name), one.code)
    for document in documents:
        for one in document.results:
            test, unit = one.code or names.get(_plain(one.name), "") or _plain(one.name), _plain(one.unit)
            if (test, unit, one.date, one.value) in met:
                continue
            met.add((test, unit, one.date, one.value))
            found.setdefault((test, unit), Trend(one.name, one.unit)).results.append((one, document.path))
    for trend in found.values():
        trend.results.sort(key=lambda each: each[0].date)
    return sorted(found.values(), key=lambda trend: _plain(trend.name))


def _person(document: HealthRecord) -> tuple[tuple[str, ...], str]:
    return tuple(sorted(words(document.patient.name))), document.patient.birth


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()

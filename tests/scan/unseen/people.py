"""Invented people for the unseen files, whose names are in many alphabets; and what a made file says of them."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Who:
    """An invented person. `native` is `family^given` in their own script, in `charset` of DICOM."""

    given: str
    family: str
    birth: str
    native: str = ""
    charset: str = ""

    @property
    def name(self) -> str:
        """As in a case."""
        return f"{self.given} {self.family}"


PEOPLE = (
    Who("Marisol", "Quintero-Bathory", "1972-03-09"),
    Who("Björn", "Åkerström", "1950-12-31", charset="ISO_IR 100"),
    Who("Zdeněk", "Dvořáček", "1961-07-02", charset="ISO_IR 101"),
    Who("Aodhán", "O'Sullivan", "1988-02-29", charset="ISO_IR 100"),
    Who("Maria del Carmen", "Garcia Lopez", "1945-05-05"),
    Who("Xiaodong", "Wang", "1979-10-10", "王^小东", "GB18030"),
    Who("Ljudmila", "Petrova", "1958-01-30", "Петрова^Людмила", "ISO_IR 144"),
    Who("Eleni", "Papadaki", "1966-06-16", "Παπαδάκη^Ελένη", "ISO_IR 126"),
    Who("Tarou", "Yamada", "1983-04-21", "山田^太郎", "ISO 2022 IR 87"),
    Who("Gildong", "Hong", "1990-11-11", "洪^吉洞", "ISO 2022 IR 149"),
    Who("Layla", "Haddad", "2001-09-09", "حداد^ليلى", "ISO_IR 127"),
    Who("Noa", "Shimoni", "1974-08-14", "שמעוני^נועה", "ISO_IR 138"),
    Who("Ada", "Quill", "1970-01-02"),
    Who("Jean-Luc", "de la Fontaine", "1939-03-03", charset="ISO_IR 192"),
    Who("Sükrü", "Yıldız", "1955-05-15", charset="ISO_IR 148"),
    Who("Somchai", "Rattanakosin", "1969-12-05", charset="ISO_IR 166"),
    Who("Walter", "Okonkwo-Lindqvist", "1953-06-21"),
    Who("Mary Ann", "St. John", "1948-09-30"),
    Who("Nguyen", "Tran", "1992-02-03"),
    Who("Dolores", "van den Berg", "1931-10-01"),
)


@dataclass(slots=True)
class Made:
    """A file, with what is known of it. `odd` says what is unusual, `person` whose it is, `facts` all else.

    `worded` means that only the words of the file name its patient: then "cannot tell" is right for another person.
    `more` are the other files of its folder.
    """

    name: str
    data: bytes
    odd: str
    person: Who | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    worded: bool = False
    more: dict[str, bytes] = field(default_factory=dict)


def day(chance: random.Random) -> str:
    """Any day of the last twenty years."""
    return f"{chance.randint(2007, 2026)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"


def plain(text: str) -> frozenset[str]:
    """The words of a name without accents and signs, for comparison; written apart from the reader's own."""
    flat = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    flat = flat.replace("ı", "i").replace("ø", "o").replace("ł", "l")
    return frozenset("".join(c if c.isalpha() else " " for c in flat.replace("'", "")).split())

"""Decides whose file it is: this patient's, someone else's, or unknown. Knows the person's details in a case.

A different patient number is harmless: each hospital issues its own. A different birth date is not, nor is a name
that is not a known former name (A-11). If a file names nobody, as many research copies do, the answer is unknown;
also if letters of the name were lost, or if the birth date is impossible or looks mistyped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ...locale import N_, tr
from ..phrases import dates
from ..phrases.damaged import may_be_damaged
from ..phrases.names import Name, may_be_short_for, on_file, one_letter_off, other_letters, same_words, words
from ..values import Patient, Verdict

if TYPE_CHECKING:
    from ...case.people import Person

_ZERO_DAY = "1970-01-01"  # the epoch of computer dates; some people were born on it
Birth = Literal["same", "partly", "unknown", "swapped", "slip", "wrong", "differs"]


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict, and its reason as a sentence if it is not obvious; `why` names the kind of difference."""

    verdict: Verdict
    note: str = ""
    why: Literal["", "name", "birth"] = ""


NO_NAME = N_("These files do not name anyone.")
NO_CASE_NAME = N_("The workbook has no name to compare with.")
NO_BIRTH = N_("The name is the same. There is no full birth date to compare.")
OTHER_BIRTH = N_("The name is the same. The birth date is different.")
SWAPPED = N_("The day and month of the birth date look swapped.")
SLIP = N_("The name is the same. The birth date is slightly different. Check it.")
WRONG_BIRTH = N_("The birth date on it cannot be right. Check it.")
OTHER_AND_WRONG = N_("The name is different, and the birth date on it cannot be right. Check whose it is.")
GARBLED = N_("The letters of the name are damaged. Check whose it is.")
STANDS_IN = N_("The name on it is a placeholder, used when the real name is not known.")
WORDED = N_("A document here names another person, or another birth date. Open it and check whose it is.")
FORMER = N_("It shows a former name that is on the list.")
SHORT_NAME = N_("The first name may be a short form. Check it.")
PART_OF_NAME = N_("Only part of the name is the same. Check it.")
NEW_FAMILY = N_("The first name and birth date are the same. The last name is not. Is it a former name?")
ONE_LETTER = N_("The first name differs by one letter. Check it.")
OTHER_LETTERS = N_("The name is written in another alphabet. Compare it yourself.")
OTHER_NAME = N_("The name is different.")
TWIN = N_("The last name and birth date are the same, but the first name is not. Is it a twin or a relative?")
ANIMAL = N_("These are pictures of an animal.")


def verdict(patient: Patient, person: Person) -> Verdict:
    """Whether a file is this person's, by name, former names and birth date."""
    return judge(patient, person).verdict


def judge(patient: Patient, person: Person) -> Judged:
    """The verdict with its reason.

    A name found in a document's text may be a parser's error, or a relative's: alone it is a reason to check. With
    a different birth date it is another person.
    """
    judged = _judged(patient, person)
    if not patient.worded or judged.verdict != "other":
        return judged
    differs = judged.why == "name" and _births(patient, person) == "differs"
    return judged if differs else Judged("cannot tell", tr(WORDED), judged.why)


def doubt(patient: Patient) -> str:
    """What is doubtful about a file's patient, without a person to compare with."""
    if patient.animal:
        return tr(ANIMAL)
    if any(name.garbled for name in on_file(patient)):
        return tr(GARBLED)
    return tr(WRONG_BIRTH) if patient.birth_wrong else ""


def is_anothers(patient: Patient, person: Person) -> bool:
    """Whether the name found is another person's, certainly or not: it answers nothing of this person's checklist."""
    judged = _judged(patient, person)
    return judged.verdict == "other" or (judged.why == "name" and _births(patient, person) == "wrong")


def _judged(patient: Patient, person: Person) -> Judged:
    if patient.animal:
        return Judged("other", tr(ANIMAL), "name")
    found = on_file(patient)
    mine = words(person.name)
    if not found:
        return Judged("cannot tell", tr(NO_NAME))
    if not mine:
        return Judged("cannot tell", tr(NO_CASE_NAME))
    birth = _births(patient, person)
    judged = [_judge(name, mine, person, birth) for name in found]
    return min(judged, key=lambda j: ("same", "cannot tell", "other").index(j.verdict))


def _births(patient: Patient, person: Person) -> Birth:
    return "wrong" if patient.birth_wrong else compare_births(patient.birth, person.birth_date or "")


def _judge(name: Name, mine: tuple[str, ...], person: Person, birth: Birth) -> Judged:
    if name.garbled:
        return Judged("cannot tell", tr(GARBLED))
    known = [words(alias.name) for alias in person.aliases.values()]
    liked = words(person.preferred_name)
    is_mine = _is_whole(name.words, mine)
    is_former = not is_mine and any(len(alias) > 1 and _is_whole(name.words, alias) for alias in known)
    if birth == "differs":
        same = is_mine or is_former
        return Judged("other", tr(OTHER_BIRTH if same else OTHER_NAME), "birth" if same else "name")
    if is_mine or is_former:
        if birth in _UNSURE:
            return Judged("cannot tell", tr(_UNSURE[birth]), "birth")
        notes = [tr(FORMER)] if is_former else []
        return Judged("same", " ".join([*notes, *([tr(NO_BIRTH)] if birth != "same" else [])]))
    if name.stands_in:
        return Judged("cannot tell", tr(STANDS_IN))
    if all(other_letters(name.words, one) for one in (mine, *known) if one):
        return Judged("cannot tell", tr(OTHER_LETTERS))
    damaged = _is_damaged(name, person, whole=birth != "same")
    if birth != "same":
        ways = (mine, *((mine[0], *alias) for alias in known))
        if birth == "wrong":  # whoever typed that date may have mistyped the name: check, but do not stop
            shares = damaged or any(any(_parts(name, one)) for one in ways)
            return Judged("cannot tell", tr(WRONG_BIRTH if shares else OTHER_AND_WRONG), "birth" if shares else "name")
        judged = _without_birth(name, ways, liked)
        return Judged("cannot tell", tr(GARBLED)) if judged.verdict == "other" and damaged else judged
    given, family = _parts(name, mine)
    if given and family:
        return Judged("same")
    if given and any(name.all & set(alias) - set(mine) for alias in known):
        return Judged("same", tr(FORMER))
    first = _first(name, mine)
    if family and set(liked) & first:
        return Judged("same")
    if family and not first:
        return Judged("cannot tell", tr(PART_OF_NAME))
    if family and any(may_be_short_for(a, b) for a in first for b in mine):
        return Judged("cannot tell", tr(SHORT_NAME))
    if family and any(one_letter_off(a, b) for a in first for b in mine):
        return Judged("cannot tell", tr(ONE_LETTER))
    if damaged:
        return Judged("cannot tell", tr(GARBLED))
    if given:
        return Judged("cannot tell", tr(NEW_FAMILY), "name")
    return Judged("other", tr(TWIN if family else OTHER_NAME), "name")


_UNSURE: dict[Birth, str] = {"swapped": SWAPPED, "slip": SLIP, "wrong": WRONG_BIRTH}


def _without_birth(name: Name, known: tuple[tuple[str, ...], ...], liked: tuple[str, ...]) -> Judged:
    """A partial name without a birth date: this can rule a person out but never confirm them."""
    for mine in known:
        given, family = _parts(name, mine)
        if family and (given or not _first(name, mine) or set(liked) & _first(name, mine)):
            return Judged("cannot tell", tr(PART_OF_NAME))
        if family and any(may_be_short_for(a, b) for a in _first(name, mine) for b in mine):
            return Judged("cannot tell", tr(SHORT_NAME))
    return Judged("other", tr(OTHER_NAME), "name")


def _is_damaged(name: Name, person: Person, *, whole: bool) -> bool:
    """Whether it may be one of the person's names with letters missing."""
    first = person.name.split()[0] if person.name.split() else ""
    known = (person.name, *(text for a in person.aliases.values() for text in (a.name, f"{first} {a.name}")))
    return any(may_be_damaged(name.words, one, whole=whole) for one in known)


def _is_whole(found: tuple[str, ...], mine: tuple[str, ...]) -> bool:
    """Whether all words of a known name are present; an extra middle name is not a difference."""
    return same_words(found, mine) or (len(set(mine)) > 1 and set(mine) <= set(found))


def _parts(name: Name, mine: tuple[str, ...]) -> tuple[bool, bool]:
    """Whether a given name and a family name match. In a case the first word is a given name."""
    own = set(mine)
    if name.family:
        return bool(name.given & own), bool(name.family & own) or _grown(name.family, mine)
    return mine[0] in name.all or name.words[0] in own, bool(name.all & set(mine[1:]))


def _grown(family: frozenset[str], mine: tuple[str, ...]) -> bool:
    """Whether a family name is one word here and two there."""
    return any("".join(mine[n:]) in family for n in range(1, len(mine)))


def _first(name: Name, mine: tuple[str, ...]) -> frozenset[str]:
    """The words of the name that are not a family name of this person."""
    return name.given if name.family else name.all - set(mine[1:])


def compare_births(found: str, mine: str) -> Birth:
    """How two birth dates compare; both may lack the day or the month, and the case's may end in `~` (approximate).

    >>> compare_births("1972", "1972-03-09"), compare_births("1972-09-03", "1972-03-09")
    ('partly', 'swapped')
    >>> compare_births("1973-03-09", "1972-03-09"), compare_births("1972-02-30", "1972-03-09")
    ('slip', 'wrong')
    """
    born = dates.birth(found)
    if born.wrong:
        return "wrong"
    a, b = _numbers(found if found == mine else born.day), _numbers(mine)
    if not a or not b:
        return "unknown"
    shared = min(len(a), len(b))
    if a[:shared] == b[:shared]:
        return "same" if shared == 3 and not mine.endswith("~") else "partly"
    if mine.endswith("~") and abs(a[0] - b[0]) <= 1:
        return "partly"
    if shared == 3 and a == [b[0], b[2], b[1]]:
        return "swapped"
    return "slip" if born.day == _ZERO_DAY or _slipped(a[:shared], b[:shared]) else "differs"


def _slipped(a: list[int], b: list[int]) -> bool:
    """Whether one date may be a typo of the other: a digit, two digits swapped, a year or a day off."""
    apart = [abs(x - y) for x, y in zip(a, b, strict=True)]
    if sum(apart) == 1:
        return True
    one, other = ("".join(f"{part:02d}" for part in date) for date in (a, b))
    differ = [n for n, (x, y) in enumerate(zip(one, other, strict=True)) if x != y]
    if len(differ) == 1:
        return len(a) == 3
    return (
        len(differ) == 2
        and differ[1] == differ[0] + 1
        and one[differ[0]] == other[differ[1]]
        and one[differ[1]] == other[differ[0]]
    )


def _numbers(day: str) -> list[int]:
    match = re.match(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", day)
    return [int(part) for part in match.groups() if part] if match else []

"""Finds the patients that a document's text names, by the labels of name and birth date. Knows words and dates only.

A report in a folder may be another person's, and only its text says so. Such a match is less certain than
a structured field: a label may be a relative's. So a name needs a patient label, or a birth date with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..values import Patient
from . import dates, reports
from .names import words

LINES, LINE, MOST = 3_000, 400, 5  # limits: lines, characters of a line, people of one document
_NEAR = 4  # lines after a name that may have its birth date

_START = r"(?:^|[|;,:•·\t(]|\s{2,}|\s/\s)\s*"
# Between a label and a name. `Patient Name (Last, First): ...`, `Patient - ...`
_HINT, _MARK = r"(?:\s*\([^)\d]{0,40}\))?", r":|=|\s+[-–—](?=\s)|[-–—]\s|\s{2,}"
_PATIENT = re.compile(
    rf"(?i){_START}(?:(?:patient|pt|client)(?:['’]s)?\.?(?: (?:full |legal )*name)?|name of (?:the )?patient"
    rf"|(?:nombre del? )?paciente){_HINT}\s*(?:{_MARK}|(?<=name)(?=\s|$)|(?<=patient)$|(?<=paciente)$)\s*"
    # `Patient Ash, Ada`: without punctuation after the label only if the name is written so.
    rf"|{_START}(?:patient|pt|paciente)\.?\s+(?-i:(?=[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+)?, ?[^\W\d_a-z]\w))"
)
_MEMBER = re.compile(  # the patient's if a document names no patient
    rf"(?i){_START}(?:member|beneficiary|enrollee|resident|examinee|claimant|beneficiari[oa]|afiliad[oa])(?:['’]s)?"
    rf"(?: (?:full |legal )*name)?{_HINT}\s*(?:{_MARK}|(?<=name)(?=\s|$))\s*"
)
_NAME = re.compile(
    rf"(?i){_START}(?:(?:full |legal )*name|nombre(?: completo)?|re|regarding|asunto){_HINT}\s*(?:{_MARK}|$)\s*"
)
_LAST = re.compile(
    rf"(?i)(?:{_START}|patient(?:['’]s)? )(?:(?:last|family)[ -]?name|surname|apellidos?)\s*(?:{_MARK}|$)\s*"
)
_FIRST = re.compile(
    rf"(?i)(?:{_START}|patient(?:['’]s)? )(?:(?:first|given)[ -]?name|forename|nombres?)\s*(?:{_MARK}|$)\s*"
)
# Words next to a name in a patient's chart, and in no other list.
_CHART = re.compile(r"(?i)\b(?:mrn|medical record|patient id|sex|gender|age|account (?:no|number|#)|sexo|edad)\b")
_BIRTH = re.compile(
    r"(?i)(?<![a-z])(?:d\.?\s?o\.?\s?b\b\.?|date of birth|birth ?date|birthday|born(?: on)?"
    r"|fecha de nac(?:imiento|\.)?|f\. ?nac\.?|nacid[oa](?: el)?)\s*(?:\([^)]{0,20}\)\s*)?[:=#–-]?\s*"
)
_OTHERS = re.compile(  # other people whose name a label may give
    r"(?i)\b(?:emergency|contact|guarantor|subscriber|insured|policy ?holder|card ?holder|responsible party|next of kin"
    r"|guardian|mother|father|parent|spouse|husband|wife|partner|son|daughter|sister|brother|child|employee|dependent"
    r"|provider|physician|doctor|surgeon|attending|referring|ordering|practitioner|radiologist|nurse|relationship"
    r"|madre|padre|espos[oa]|hij[oa]|herman[oa]|contacto|titular|m[eé]dic[oa])\b"
)
_ENDS = re.compile(
    r"(?i)\s{2,}|[|;/\t(\[\d:·•]|\b(?:mrn|medical record|record|id|sex|gender|age|account|acct|date|phone|tel|address"
    r"|visit|exam|study|ref|room|location|ssn|member|sexo|edad|fecha|male|female|patient|pt|dob|birth|hospital|ward|unit|insurance|doctor"
    r"|physician|provider|referring|ordering|collected|attending|admit)\b.*"
)
_NEVER = frozenset(  # words that are never part of a name
    re.findall(
        r"\w+",
        """mrn id sex gender age acct account tel phone ssn dob male female pt sexo edad fecha date address status seen
        presents presented denies denied reports reported states complains unknown none not is was has had with the
        year years information name education instructions portal identification signature findings impression
        technique comparison results summary radiology department diagnosis assessment procedure complaint
        satisfaction rights responsibilities handout leaflet discharged tolerated stable alert oriented resting awake
        feels examination below above and patient birth middle""",
    )
)
_WORD = re.compile(r"[^\W\d_][^\W\d_'’.?\ufffd-]*(?:[-'’.?\ufffd][^\W\d_?\ufffd]*)*|[?\ufffd]{2,}")
_NO_NAME = frozenset(
    re.findall(
        r"\w+",
        """the is was has had with presents presented denies denied reports reported states complains year years old
    male female unknown none not see above below information name education instructions portal history complaint
    identification id first last middle date of birth signature copy status type self number class and to in for on at
    by from your my our please her his their this that he she they who seen exam examination findings impression
    technique comparison report results test summary page room bed clinic hospital center imaging radiology department
    comments notes note reason plan assessment diagnosis procedure satisfaction rights responsibilities handout leaflet
    discharged tolerated stable alert oriented resting awake feels""",
    )
)
_MONTHS = ("jan ene", "feb", "mar", "apr abr", "may", "jun", "jul", "aug ago", "sep", "oct", "nov", "dec dic")
_DAY = re.compile(
    r"(?P<all>\d{8}|\d{1,4}(?P<s>[-/.])\d{1,2}(?P=s)\d{1,4})(?!\d)"
    r"|(?P<month>[^\W\d_]{3,10})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})\b"
    r"|(?P<day2>\d{1,2})(?:st|nd|rd|th)?[ -](?:de )?(?P<month2>[^\W\d_]{3,10})\.?,?[ -](?:de )?(?P<year2>\d{4})\b"
)


def patients(text: str) -> list[Patient]:
    """The patients that a text names, without repeats, in order.

    >>> [(p.name, p.birth) for p in patients("Patient: OTHERPERSON, JORDAN  DOB: 02/15/1961 MRN 9")]
    [('JORDAN OTHERPERSON', '1961-02-15')]
    >>> patients("Patient: presents with pain. Referring physician: Dr. Ada Quill")
    []
    """
    # Long runs of spaces mean no more than short ones, but slow down a pattern.
    lines = [re.sub(r"\s{5,}", " " * 4, line[:LINE]) for line in text[: reports.LONGEST].splitlines()[:LINES]]
    found: dict[tuple[str, ...], Patient] = {}
    for one in _named(lines):
        key = tuple(sorted(words(one.name))) or (one.name,)
        if key not in found or (one.birth and not found[key].birth):
            found[key] = one
        if len(found) == MOST:
            break
    return list(found.values())


def _named(lines: list[str]) -> Iterator[Patient]:
    names_patient = any(map(_PATIENT.search, lines))
    for at, line in enumerate(lines):
        label = _PATIENT.search(line) or (None if names_patient else _MEMBER.search(line))
        plain = None if label else _NAME.search(line)
        if not label and (name := _in_parts(lines, at)):
            yield _patient(name, _born(lines, at, at))
        elif match := label or plain:
            if plain and any(_OTHERS.search(other) for other in lines[max(at - 2, 0) : at + 1]):
                continue
            rest = line[match.end() :]
            written = _BIRTH.split(rest)[0] if rest.strip() else ""
            where = at
            if not written.strip(" :|,-"):  # a label, or a row of labels, above the values
                below = range(at + 1, min(at + 4, len(lines)))
                where = next((n for n in below if lines[n].strip()), at)
                written = lines[where] if where > at else written
            born = _born(lines, at, where)
            known = bool(born and (born.day or born.wrong))
            name = _name(written, any_case=known) or (_odd_name(written) if known else "")
            chart = any(_CHART.search(other) for other in lines[max(at - 2, 0) : at + 1 + _NEAR])
            if name and (label or born or chart):
                yield _patient(name, born)
        elif (birth := _BIRTH.search(line)) and not _OTHERS.search(line):
            before = re.split(r"[:|;\t]|\s{3,}", line[: birth.start()].rstrip(" ,(-–/"))[-1]
            if name := _name(before):
                yield _patient(name, _day(line[birth.end() :]))


def _in_parts(lines: list[str], at: int) -> str:
    """A name whose first part is on a line, and the other on it or one of the next."""
    near = lines[at : at + _NEAR]
    if any(_OTHERS.search(line) for line in lines[max(at - 2, 0) : at + _NEAR]):
        return ""
    if not (_LAST.search(near[0]) or _FIRST.search(near[0])):
        return ""
    family, given = (next(filter(None, (_part(label, line) for line in near)), "") for label in (_LAST, _FIRST))
    return _name(f"{family}, {given}", any_case=True) if family and given else ""


def _part(label: re.Pattern[str], line: str) -> str:
    match = label.search(line)
    if not match:
        return ""
    rest = re.split(
        r"(?i)\s*[,;|/]|\s+(?:last|first|middle|given|family|sur|fore)[ -]?name|\s{2,}", line[match.end() :]
    )[0]
    return " ".join(_WORD.findall(_BIRTH.split(rest)[0])[:3]) if ":" not in rest else ""


def _patient(name: str, born: dates.Born | None) -> Patient:
    family, comma, given = name.replace("^", ",", 1).replace("^", " ").partition(",")
    shown = " ".join(f"{given} {family}".split()) if comma else name
    return Patient(shown, born.day if born else "", birth_wrong=bool(born and born.wrong), worded=True)


def _name(text: str, *, any_case: bool = False) -> str:
    """The name at the start of a text; "" if it does not start with one."""
    text = _ENDS.split(text.strip(), maxsplit=1)[0].strip(" .,-–_*#")
    found = _WORD.findall(text)
    if not 2 <= len(found) <= 6 or len(text) > 80 or set(text) & set("<>{}@/\\"):
        return ""
    plain = [word.casefold().strip(".'’-") for word in found]
    if _NO_NAME & set(plain) or sum(len(word) > 1 for word in plain) < 2:
        return ""
    large = sum(not word[0].islower() for word in found)
    return " ".join(text.split()) if any_case or (large > 1 and not found[0][0].islower()) else ""


def _odd_name(text: str) -> str:
    """A name with a word that is common in documents: `Anna Page`. Only accepted with a label and a birth date."""
    text = re.split(r"\s{2,}|[|;/\t(\[]", text.strip(), maxsplit=1)[0].strip(" .,-–_*#")
    found = _WORD.findall(text)
    if not 2 <= len(found) <= 4 or re.search(r"[\d:<>{}@\\]", text) or any(word[0].islower() for word in found):
        return ""
    plain = [word.casefold().strip(".'’-") for word in found]
    odd = [word for word in plain if word in _NO_NAME or _ENDS.match(word)]
    return " ".join(text.split()) if len(odd) == 1 and not _NEVER & set(plain) else ""


def _born(lines: list[str], at: int, where: int) -> dates.Born | None:
    """The birth date that belongs to a name: after a label on its line or near it, or in a row below the labels."""
    for n in (at, *range(at + 1, min(where + 1 + _NEAR, len(lines))), *range(max(at - 2, 0), at)):
        if n > at and n != where and _PATIENT.search(lines[n]):
            return None  # the next person begins
        if match := _BIRTH.search(lines[n]):
            rest = lines[n][match.end() :]
            below = lines[n + 1] if n + 1 < len(lines) else ""
            return _day(rest if re.search(r"\d", rest) else below)
    return None


def _day(text: str) -> dates.Born | None:
    match = _DAY.search(text[:80])
    if not match:
        return None
    if whole := match["all"]:
        parts = re.split(r"[-/.]", whole)
        if len(parts) == 3 and len(parts[2]) == 2 and len(parts[0]) < 3:
            return _short(*parts)
        return dates.birth(whole)
    month = (match["month"] or match["month2"]).casefold()[:3]
    number = next((n for n, named in enumerate(_MONTHS, 1) if month in named.split()), 0)
    if not number:
        return None
    return dates.birth(f"{match['year'] or match['year2']}-{number:02d}-{int(match['day'] or match['day2']):02d}")


def _short(month: str, day: str, year: str) -> dates.Born:
    """A date with a two-digit year; unknown if the century is ambiguous."""
    old, new = (dates.birth(f"{month}/{day}/{century}{year}") for century in ("19", "20"))
    return old if new.wrong else dates.Born()

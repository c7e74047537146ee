"""Imaging studies that a report names: modality, body part, date. Knows the words of reports, no file format.

Finds studies that are on no disc, so it is strict: a study needs a modality and a full date close together,
and nothing counts that was only recommended, planned or image-guided. A missed study costs little; a false one
sends someone to request images that do not exist.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from ...rules.imaging.body_parts import agree, as_part, parts_in
from ...rules.imaging.modalities import REPORTED, is_alike
from ..values import Named

LONGEST = 100_000  # maximum characters read
LINE = 400  # characters of one line or sentence: words further apart are unrelated

_CODES = {short: one.code for one in REPORTED for short in one.short}  # these count only next to a body part
_WORDS = "|".join(f"(?P<{one.code}>{one.words})" for one in sorted(REPORTED, key=lambda one: one.code != "PT"))
# Not `SNOMED CT`, a list of codes that health records quote in every table.
_KIND = re.compile(rf"(?i:\b(?:{_WORDS}))|\b(?<!SNOMED[ -])(?<!Snomed[ -])(?P<code>{'|'.join(_CODES)})\b(?!\.\s?[A-Z])")

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DATE = re.compile(
    r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d?)-(?P<d>\d\d?)\b"
    r"|(?<![\d/])(?P<a>\d\d?)[/.-](?P<b>\d\d?)[/.-](?P<year>(?:19|20)\d\d|\d\d)\b(?![/-])"
    r"|\b(?P<month>[A-Za-z]{3,9})\.? (?P<day>\d\d?)(?:st|nd|rd|th)?,? (?P<yy>(?:19|20)\d\d)\b"
    r"|\b(?P<day2>\d\d?)(?:st|nd|rd|th)?[ -](?P<month2>[A-Za-z]{3,9})\.?[ -](?P<yy2>(?:19|20)\d\d)\b"
)
_NOT_DONE = re.compile(
    r"(?i)\b(?:recommend\w*|advis\w*|suggest\w*|consider\w*|schedul\w*|plan(?:s|ned)?|order(?:ed|s)?|due|request\w*"
    r"|should|will|follow-?up (?:in|on|by)|next|appointment|cancel\w*"
    r"|not (?:done|performed|available)|guid(?:ed|ance))\b"
)
_OTHER_DAY = re.compile(
    r"(?i)\b(?:dob|born|birth(?: ?date)?|date of birth|signed?(?: by| on)?|dictated|transcribed|printed|faxed|received"
    r"|reported|finalized|verified|biops(?:y|ied)|surgery|admitted|since)\b[^\d]{0,30}$"
)
_HEADER = re.compile(r"(?i)^[ *#>-]{0,8}(?:exam(?:ination)?|procedure|study)(?: (?:name|description|type))?\s*[:\-]")
_HEADER_DAY = re.compile(
    r"(?im)^[ *#>-]{0,8}(?:(?:exam|study|service)(?:ination)? date"
    r"|date of (?:exam(?:ination)?|study|service)|performed(?: on)?)(?:/time)?\s*[:\-]?\s*(?P<rest>.{6,30})"
)
_COUNT = re.compile(
    r"(?i)(?<![\w.,/-])(\d{1,5}) (?:total |axial |ct |mri? |source ){0,2}(?:images|slices)\b(?! per)"
    r"|\b(?:images|number of images|image count|slices)\s*[:=]\s*(\d{1,5})\b"
)
_PIECES = re.compile(r"[\n\r;]|\.(?=\s+[A-Z])| {4}(?=[A-Z][a-z]{1,20}:)")
_GAP = re.compile(r"[^\S\r\n]+")


def studies_named(text: str) -> list[Named]:
    """The imaging studies that a text names with their date, without repeats, in text order.

    >>> studies_named("COMPARISON: ULTRASOUND LEFT BREAST 10/21/2026")
    [Named(modality='US', body_part='BREAST', date='2026-10-21', images=0)]
    >>> studies_named("Recommend breast MRI on 12/01/2026.")
    []
    """
    text = _GAP.sub(lambda gap: gap[0][:4].replace("\t", "    "), text[:LONGEST])
    found: list[Named] = []
    exam_day = ""
    if match := _HEADER_DAY.search(text):
        exam_day = next((day for *_, day in _dates(match["rest"])), "")
    for piece in (whole[at : at + LINE] for whole in _PIECES.split(text) for at in range(0, len(whole), LINE)):
        kinds = list(_kinds(piece))
        if kinds and not _NOT_DONE.search(piece):
            found += _in_piece(piece, kinds, exam_day)
    found = list(dict.fromkeys(found))
    counts = [int(match[1] or match[2]) for match in _COUNT.finditer(text)] if len(found) == 1 else []
    return [replace(found[0], images=max(counts))] if counts else found


def study(title: str, day: str) -> Named | None:
    """The study for a title such as `MRI lumbar spine without contrast`; none if it names no modality."""
    for _, code in _kinds(title):
        if not _NOT_DONE.search(title):
            return Named(code, part_of(title, code), day)
    return None


def fits(named: Named, modality: str, body_part: str = "", description: str = "", date: str = "") -> bool:
    """Whether a study on a medium can be the named one: same modality, at most a day apart, compatible parts.

    A missing value counts as a match, and the words of the description are compared too.
    """
    if not is_alike(named.modality, modality) or not _near(named.date, date):
        return False
    words = f"{body_part} {description}".replace("_", " ")
    parts = as_part(body_part) | parts_in(words)
    if not named.body_part or not parts:
        return True
    return any(agree(named.body_part, part) for part in parts)


def _in_piece(piece: str, kinds: list[tuple[int, str]], exam_day: str) -> list[Named]:
    """The studies of one line or sentence: each modality with the first date before the next modality."""
    found = []
    days = _dates(piece)
    ends = [start for start, _ in kinds[1:]] + [len(piece)]
    leading = days[0][2] if days and not re.search(r"\w{2}", piece[: days[0][0]]) else ""
    begin = 0  # the start of the text on this study: after the date of the previous one
    for (start, code), end in zip(kinds, ends, strict=True):
        at, after, day = next((found for found in days if start < found[0] < end), (end, end, ""))
        part = part_of(piece[begin:at], code) or (part_of(piece[after:], code) if end == len(piece) else "")
        if not day:
            day = leading or (exam_day if _HEADER.match(piece) else "")
        if day:
            found.append(Named(code, part, day))
        begin = after if at != end else begin
    return found


def _kinds(text: str) -> list[tuple[int, str]]:
    """Where the text names modalities; a short code only close to a body part.

    Adjacent names of one modality are one study: "US (ultrasound) breast".
    """
    found: list[tuple[int, str]] = []
    has_part = bool(parts_in(text))
    for match in _KIND.finditer(text):
        name = match.lastgroup or ""
        code = _CODES[match["code"]] if name == "code" else name
        if name == "code" and not (has_part and parts_in(text[max(match.start() - 30, 0) : match.end() + 40])):
            continue
        if found and found[-1][1] == code and not _DATE.search(text, found[-1][0], match.start()):
            continue
        found.append((match.start(), code))
    return found


def part_of(text: str, modality: str = "") -> str:
    """The only body part that a text names; "" if it names none or several."""
    parts = parts_in(text)
    for part, same in (("WHOLEBODY", parts), ("TSPINE", {"TSPINE", "CHEST"})):  # "thoracic spine" is not a chest
        if part in parts and parts == same:
            return part
    if len(parts) == 1:
        return next(iter(parts))
    return "BREAST" if modality == "MG" else ""


def _dates(text: str) -> list[tuple[int, int, str]]:
    """The full dates in a text with positions; without dates of birth, signature and the like."""
    return [
        (match.start(), match.end(), day)
        for match in _DATE.finditer(text)
        if (day := _day(match)) and not _OTHER_DAY.search(text[max(match.start() - 60, 0) : match.start()])
    ]


def _day(match: re.Match[str]) -> str:
    """ISO, or "". American order, unless the first number cannot be a month."""
    g = match.groupdict()
    try:
        if g["y"]:
            year, month, day = int(g["y"]), int(g["m"]), int(g["d"])
        elif g["a"]:
            month, day, year = int(g["a"]), int(g["b"]), int(g["year"])
            year += 2000 if year < 100 else 0
            if month > 12:
                month, day = day, month
        else:
            name = (g["month"] or g["month2"]).lower()[:3]
            year, month, day = int(g["yy"] or g["yy2"]), _MONTHS.index(name) + 1, int(g["day"] or g["day2"])
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _near(a: str, b: str) -> bool:
    """Whether two dates are at most a day apart; missing parts match."""
    if len(a) == len(b) == 10:
        try:
            return abs((dt.date.fromisoformat(a) - dt.date.fromisoformat(b)).days) <= 1
        except ValueError:
            return False
    shared = min(len(a), len(b))
    return a[:shared] == b[:shared]

"""Parses phone numbers in a phone field for `tel:` links (RFC 3966). Knows nothing of a case.

People write "1-800-MEDICARE ext. 2, TTY 711" in one field. Only an unambiguous number becomes a link: its digits as
written, plus its extension (no `;phone-context=`: dialers read its characters as more keys). Anything else gets no
link, because a wrong call costs more than a missing button.
`page/scripts/form/phones.js` is the same function for a field being edited; a test checks both against one table.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Number(NamedTuple):
    """One phone number to call.

    `tel` is the link's address, `number` what is dialed in readable form, `ext` what to dial after the call is
    answered; `press` means it is a menu choice, not an extension. `start` and `end` are its position in the text.
    """

    tel: str
    number: str
    ext: str
    press: bool
    start: int
    end: int


_IN_PROSE = re.compile(r"(\b1-\d{3}-\d{3}-\d{4}\b)")
_ENDS = re.compile("[\n\r\v\f\x85\u2028\u2029]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_BLANKS = re.compile("[\t\xa0\u1680\u2000-\u200f\u202a-\u202f\u205f-\u2069\u3000\ufeff]")
_GAP = r"[ ./-]{0,3}"
_FREE = r"(?:\( ?8(?:00|33|44|55|66|77|88) ?\)|8(?:00|33|44|55|66|77|88))"
_CODE = r"(?:\( ?[2-9](?!11)[0-9]{2} ?\)|[2-9](?!11)[0-9]{2})"
# In North America ten digits, with or without a leading 1; toll-free numbers may spell letters. Neither the area
# code nor the exchange begins with 0 or 1.
_FORMS = (
    re.compile(rf"(?:\+?1{_GAP})?{_CODE}{_GAP}[2-9][0-9]{{2}}{_GAP}[0-9]{{4}}"),
    re.compile(rf"(?:\+?1{_GAP})?{_FREE}[ .-](?=[0-9-]*[A-Z])[A-Z2-9][A-Z0-9-]{{6,}}"),
    re.compile(rf"\+?1[ .-]{_FREE}[ .-](?=[2-9]?-?[A-Za-z])[A-Za-z2-9][A-Za-z0-9-]{{6,}}"),
    re.compile(rf"(?:\+?1{_GAP})?{_CODE}[ .-][2-9][0-9]{{2}}-[A-Z]{{4}}"),
)
_ABROAD = re.compile(r"(?:\+|011[ .-]?)[1-9](?:[ .-]?\(0\)|[ .()-]{0,2}[0-9]){6,17}")
_LOCAL = re.compile(r"[2-9][0-9]{2}[ .-]?[0-9]{4}(?![0-9])")
_SHORT = re.compile(r"([2-9]11|988)(?![0-9A-Za-z.:/-])[^0-9]*$")
_LEAD = re.compile(r"^ *(?:(?:call|dial|phone|tel|telephone|office|cell|mobile|home|work)\b[ .:]*)?", re.I)
# Identifiers that are not phone numbers.
_ID = re.compile(
    r"(?:^|[^A-Za-z])(?:(?:npi|mrn|ein|ssn|id|license|acct|account|ref|reference)"
    r"(?: ?(?:no|nr|num|number|line|is|to|at|#)(?![a-z]))?"
    r"|(?:member|policy|group|claim|case|order|tax|authorization) ?(?:no|nr|num|number|id|#)(?![a-z]))[ .:#=)]*\(?$",
    re.I | re.A,
)
# Lines not answered by voice. The word may be between the previous number and this one, or right after this one.
_MACHINE = (
    r"(?:(?!(?:fair|hali|col|car|equi)fax)[a-z]*fax(?:es|ed|ing|no|nr|num|number|line|machine)?|fx|telecop(?:y|ier)"
    r"|(?:tele)?facs(?:imile)?|ttys?|tdds?|text ?(?:tele)?phone|teletype(?:writer)?|pagers?|pgr|beepers?)(?![a-z])"
)
_VOICE = r"(?:ph|phone|tel|telephone|voice|cell|mobile)(?![a-z])"
_JOINED = r"\.? ?(?:[/&+]|and|or) ?"
# One number for both, unless the voice belongs to a number right before: "410-555-0101 voice or TTY 410-555-0102".
_BOTH = re.compile(
    rf"(^ *|[a-z] +|[^a-z0-9 ] *)(?:(?:{_VOICE}|call){_JOINED}{_MACHINE}|{_MACHINE}{_JOINED}{_VOICE})", re.I | re.A
)
_BEFORE = re.compile(
    rf"(?:^|[^a-z]){_MACHINE}(?!.*[,;|/.)] *{_VOICE})"
    r"|(?:^[0-9]?[ ,;|/(]*f|(?:^|[^a-z-])f ?[:.)])[ .:)]*\(?$",
    re.I | re.A,
)
# the end of a number in a format not handled here
_OTHER = re.compile(r".*(?:[0-9]{3}[ .-]?[0-9]{4}|[2-9]11)(?![0-9])")
_LISTED = re.compile(r"(?:[ ,/&(]|or|and)*$", re.I)  # a label on the number before applies to this one too
_NEAR = r"(?:(?![0-9]{3})[^+,;/|])"
_AFTER = re.compile(
    rf"^(?:(?:|{_NEAR}*?(?![a-z]){_NEAR}){_MACHINE}(?:(?![)\]]|(?:or|and)\b){_NEAR})*|[ ([:-]*f *)"
    r"(?:[)\]]? *(?:$|[,;/|&]|(?:or|and)\b)|[)\]])"
    rf"|^ *[,;|/] *{_MACHINE}(?: (?:number|no|line|only|machine|users?))?[ .)]*$",
    re.I | re.A,
)
_EXTENSION = re.compile(
    r"^[ ,;.(-]{0,3}(?:(?:and |then ){0,2}(press|choose|option|opt|select|dial)\.? ?(?:option )?"
    r"|extension|extn|ext|ex|x|#)[ .:#]{0,2}([0-9]{1,7})(?![0-9]|[.:/-][0-9]|[A-Za-z])",
    re.I,
)
_PAUSED = re.compile(r"^ ?,[, ]{0,4}([0-9]{1,6}) *(?:$|[,;)])")
_KEYS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999", strict=True))
_LONGEST = 500  # characters of a field that are parsed


def numbers(text: str) -> tuple[Number, ...]:
    """The callable numbers in the text, in order, without repeats.

    >>> [n.tel for n in numbers("1-800-MEDICARE ext. 2, TTY 711")]
    ['tel:18006334227;ext=2']
    >>> [n.tel for n in numbers("(410) 555-0101 or (410) 555-0102 (fax)")]
    ['tel:4105550101']
    >>> numbers("November 28, 2026")
    ()
    """
    # each character stays one character: positions refer to the original text
    words = _BLANKS.sub(" ", _DASHES.sub("-", _ENDS.sub(";", text[:_LONGEST])))
    found: list[Number] = []
    at, last, silent = 0, 0, False
    while at < len(words):
        end = _match(words, at)
        if end is None or not _begins(words, at, end, last):
            at += 1
            continue
        silent = _silent(words, last, at) or (silent and bool(_LISTED.match(words[last:at])))
        made, last = _number(words, at, end, silent)
        at = last
        if made and all(made.tel != other.tel for other in found):
            found.append(made)
    return tuple(found) or _alone(words)


def _match(words: str, at: int) -> int | None:
    """The end of the number that starts here; None if there is none."""
    for form in _FORMS:
        got = form.match(words, at)
        if got and _ends(words, got.end()):
            return got.end()
    got = _ABROAD.match(words, at)
    if got is None or words.startswith("+1", at):
        return None
    end = _without_hours(words, at, got.end())
    return end if 8 <= len(_dialed(words[at:end])) <= 18 and _ends(words, end) else None


def _without_hours(words: str, at: int, end: int) -> int:
    """The end of an international number without trailing hours: "8-17", "9am". Its groups have more than one digit."""
    groups = [(m.start(), m.end()) for m in re.compile("[0-9]+").finditer(words, at, end)]
    for n, (first, last) in enumerate(groups):
        lone = n > 1 and last - first == 1
        timed = n > 1 and last == end and re.match("[A-Za-z:/%]", words[last:]) and not _EXTENSION.match(words[last:])
        if lone or timed:
            return groups[n - 1][1]
    return end


def _begins(words: str, at: int, end: int, last: int) -> bool:
    """Whether a number can start here, not inside a longer number or word. `last` is the end of the previous one."""
    before = words[at - 1] if at else " "
    if re.match("[0-9A-Za-z+*_#=&@]", before):
        return False
    if at > 1 and re.match("[ .()-]", before) and re.match("[0-9]", words[at - 2]):
        return last == at - 1 or (before == " " and bool(re.search("[.(+-]", words[at:end])))
    return True


def _ends(words: str, end: int) -> bool:
    after = words[end:]
    return not re.match("[0-9_@]|[-.][0-9]|[A-Za-z]", after) or bool(_EXTENSION.match(after))


def _silent(words: str, last: int, at: int) -> bool:
    """Whether the words between `last` (the end of the previous number) and this one exclude a voice line."""
    return bool(_BEFORE.search(_BOTH.sub(_blank, _OTHER.sub("", words[max(last - 1, 0) : at]))))


def _number(words: str, at: int, end: int, silent: bool = False) -> tuple[Number | None, int]:
    """The number between two positions with its extension, and the position to continue from."""
    ext, press, last = "", False, end
    if got := _EXTENSION.match(words[end:]):
        ext, press, last = got[2], bool(got[1]), end + got.end(2)
    elif got := _PAUSED.match(words[end:]):
        ext, press, last = got[1], True, end + got.end(1)
    if got := _AFTER.match(_BOTH.sub(_blank, words[last:])):
        return None, last if got[0][-1:] in ")]" else last + got.end()
    if silent or _ID.search(words[:at]):
        return None, last
    number, dialed = re.sub(" +", " ", words[at:end]), _dialed(words[at:end])
    plus = "+" if number[0] == "+" else ""
    if re.search("[A-Za-z]", number):
        dialed = dialed[: 11 if dialed[0] == "1" else 10]  # only readable: dialing stops before it
        number = plus + "-".join(filter(None, (dialed[:-10], dialed[-10:-7], dialed[-7:-4], dialed[-4:])))
    tel = f"tel:{plus}{dialed}" + (f";ext={ext}" if ext else "")
    return Number(tel, number, ext, press, at, last), last


def _blank(found: re.Match[str]) -> str:
    return found[1] + " " * (len(found[0]) - len(found[1]))


def _dialed(number: str) -> str:
    """The keys to press: letters map to their key; a trunk prefix 0, for domestic callers only, is dropped."""
    return "".join(_KEYS.get(s, s) for s in number.replace("(0)", "").upper() if s in _KEYS or s in "0123456789")


def _alone(words: str) -> tuple[Number, ...]:
    """A local or three-digit number, such as 911: only if it is the whole field."""
    lead = _LEAD.match(words)
    at = lead.end() if lead else 0
    if (got := _SHORT.match(words, at)) and not _AFTER.match(words[at + 3 :]):
        return (Number(f"tel:{got[1]}", got[1], "", False, at, at + 3),)
    got = _LOCAL.match(words, at)
    if not got:
        return ()
    made, last = _number(words, at, got.end())
    return (made,) if made and not re.search("[0-9]", words[last:]) else ()


def in_prose(text: str) -> list[tuple[str, str]]:
    """The text of a page in pieces, each with the number to dial, or "": only numbers written in full are pressed.

    >>> in_prose("Call 1-800-633-4227, day or night.")
    [('Call ', ''), ('1-800-633-4227', '1-800-633-4227'), (', day or night.', '')]
    """
    return [(piece, piece if n % 2 else "") for n, piece in enumerate(_IN_PROSE.split(text)) if piece]

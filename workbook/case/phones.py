"""What a telephone would dial for the words in a phone field (RFC 3966). Knows nothing of a case.

People write "1-800-MEDICARE ext. 2, TTY 711" in one field. Only what is surely one number becomes a link: its own
digits as written (dialers take a `;phone-context=` for more keys, so there is none) and its extension. Anything else
gets none, for a wrong call costs more than no button.
`ui/forms/form/phones.js` is the same function for a field that is being typed in; a test holds both to one table.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Number(NamedTuple):
    """One number to call.

    `tel` is the address of the link, `number` what will be dialed as a person reads it, `ext` what to dial after it
    is answered; `press` says that this is a choice on a menu and no extension. `start` and `end` are its place.
    """

    tel: str
    number: str
    ext: str
    press: bool
    start: int
    end: int


_ENDS = re.compile("[\n\r\v\f\x85\u2028\u2029]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_BLANKS = re.compile("[\t\xa0\u1680\u2000-\u200f\u202a-\u202f\u205f-\u2069\u3000\ufeff]")
_GAP = r"[ ./-]{0,3}"
_FREE = r"(?:\( ?8(?:00|33|44|55|66|77|88) ?\)|8(?:00|33|44|55|66|77|88))"
_CODE = r"(?:\( ?[2-9](?!11)[0-9]{2} ?\)|[2-9](?!11)[0-9]{2})"
# In North America ten digits, with a 1 before them or without; a free number may go on in letters. Neither the area
# code nor the three digits after it begin with 0 or 1.
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
# An id and no number to call.
_ID = re.compile(
    r"(?:^|[^A-Za-z])(?:(?:npi|mrn|ein|ssn|id|license|acct|account|ref|reference)"
    r"(?: ?(?:no|nr|num|number|line|is|to|at|#)(?![a-z]))?"
    r"|(?:member|policy|group|claim|case|order|tax|authorization) ?(?:no|nr|num|number|id|#)(?![a-z]))[ .:#=)]*\(?$",
    re.I | re.A,
)
# Machines that no voice answers. Any word for one counts between the number before and this one, or right after it.
_MACHINE = (
    r"(?:(?!(?:fair|hali|col|car|equi)fax)[a-z]*fax(?:es|ed|ing|no|nr|num|number|line|machine)?|fx|telecop(?:y|ier)"
    r"|(?:tele)?facs(?:imile)?|ttys?|tdds?|text ?(?:tele)?phone|teletype(?:writer)?|pagers?|pgr|beepers?)(?![a-z])"
)
_VOICE = r"(?:ph|phone|tel|telephone|voice|cell|mobile)(?![a-z])"
_JOINED = r"\.? ?(?:[/&+]|and|or) ?"
# One number for both, unless the voice is that of a number right before: "410-555-0101 voice or TTY 410-555-0102".
_BOTH = re.compile(
    rf"(^ *|[a-z] +|[^a-z0-9 ] *)(?:(?:{_VOICE}|call){_JOINED}{_MACHINE}|{_MACHINE}{_JOINED}{_VOICE})", re.I | re.A
)
_BEFORE = re.compile(
    rf"(?:^|[^a-z]){_MACHINE}(?!.*[,;|/.)] *{_VOICE})"
    r"|(?:^[0-9]?[ ,;|/(]*f|(?:^|[^a-z-])f ?[:.)])[ .:)]*\(?$",
    re.I | re.A,
)
_OTHER = re.compile(r".*(?:[0-9]{3}[ .-]?[0-9]{4}|[2-9]11)(?![0-9])")  # the last of what is a number, but not for us
_LISTED = re.compile(r"(?:[ ,/&(]|or|and)*$", re.I)  # what was said of the number before holds for this one too
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
_LONGEST = 500  # characters of a field that are looked at


def numbers(text: str) -> tuple[Number, ...]:
    """The numbers in the text that a person can call, in their order, each once.

    >>> [n.tel for n in numbers("1-800-MEDICARE ext. 2, TTY 711")]
    ['tel:18006334227;ext=2']
    >>> [n.tel for n in numbers("(410) 555-0101 or (410) 555-0102 (fax)")]
    ['tel:4105550101']
    >>> numbers("November 28, 2026")
    ()
    """
    # each sign stays one sign: places are those of the text
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
    """Where the number that begins here ends; None where none does."""
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
    """Where a number from abroad ends if hours follow it: "8-17", "9am". Its groups have more than one digit."""
    groups = [(m.start(), m.end()) for m in re.compile("[0-9]+").finditer(words, at, end)]
    for n, (first, last) in enumerate(groups):
        lone = n > 1 and last - first == 1
        timed = n > 1 and last == end and re.match("[A-Za-z:/%]", words[last:]) and not _EXTENSION.match(words[last:])
        if lone or timed:
            return groups[n - 1][1]
    return end


def _begins(words: str, at: int, end: int, last: int) -> bool:
    """Whether a number can begin here: it is no part of a longer one, nor of a word. `last` is where one ended."""
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
    """Whether the words between the number that ended at `last` and this one say that no voice answers it."""
    return bool(_BEFORE.search(_BOTH.sub(_blank, _OTHER.sub("", words[max(last - 1, 0) : at]))))


def _number(words: str, at: int, end: int, silent: bool = False) -> tuple[Number | None, int]:
    """The number between the two places with what follows it, and where to read on."""
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
        dialed = dialed[: 11 if dialed[0] == "1" else 10]  # what goes on beyond is for the eye alone
        number = plus + "-".join(filter(None, (dialed[:-10], dialed[-10:-7], dialed[-7:-4], dialed[-4:])))
    tel = f"tel:{plus}{dialed}" + (f";ext={ext}" if ext else "")
    return Number(tel, number, ext, press, at, last), last


def _blank(found: re.Match[str]) -> str:
    return found[1] + " " * (len(found[0]) - len(found[1]))


def _dialed(number: str) -> str:
    """The keys to press: letters stand for the key they are on; the 0 that only callers at home dial stays out."""
    return "".join(_KEYS.get(s, s) for s in number.replace("(0)", "").upper() if s in _KEYS or s in "0123456789")


def _alone(words: str) -> tuple[Number, ...]:
    """A local number or one of three digits, such as 911: only where the field holds nothing else."""
    lead = _LEAD.match(words)
    at = lead.end() if lead else 0
    if (got := _SHORT.match(words, at)) and not _AFTER.match(words[at + 3 :]):
        return (Number(f"tel:{got[1]}", got[1], "", False, at, at + 3),)
    got = _LOCAL.match(words, at)
    if not got:
        return ()
    made, last = _number(words, at, got.end())
    return (made,) if made and not re.search("[0-9]", words[last:]) else ()

"""Normalizes names in files for comparison. Knows nothing else.

Files write one name in many ways: `OKONKWO-LINDQVIST^WALTER^^MR`, `Lindqvist, Walter`, with or without accents.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ..values import Patient

_ESCAPES = re.compile(r"\x1b(?:\$[()*+]?|[()*+-])?.")  # ISO 2022 escapes that a reader may leave in the text
_WORD = re.compile(r"[^\W\d_]+")
_APOSTROPHES = re.compile("['’‘`´]")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_TITLES = frozenset(
    [
        "dr",
        "prof",
        "professor",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "herr",
        "frau",
        "sr",
        "sra",
        "srta",
        "mme",
        "mlle",
        "rev",
        "md",
        "phd",
        "dds",
        "rn",
        "esq",
        "jr",
        "ii",
        "iii",
        "iv",
    ]
)
_MOJIBAKE = re.compile(
    # UTF-8 decoded as a single-byte encoding, in part or whole.
    r"[\u00c2-\u00c5\u00ce-\u00d1\u00e0-\u00ef][\x80-\xbf\u0152-\u0178\u2013-\u203a\u20ac\u2122]|\u00e2\u20ac"
)
# Escaped letters: `&#246;`, `%F6`, `\\u00f6`, `=F6`, and a symbol or a digit inside a word. Symbols
# that also separate words, such as `_` or a period, are not included.
_QUOTED = re.compile(r"(?<=[^\W\d_])=(?:[89A-Fa-f]\d|(?:CD|D[BCDF]|F[BCDF])(?=[^\W\d_])|[8-9A-F][A-F](?=[a-z]))")
_TURNED = re.compile(
    r"&#?\w{1,8};|%[0-9A-Fa-f]{2}|\\[uUxXN0-7]"
    r"|(?<=[^\W\d_])(?:[#*+$@~!<>{}\[\]\\%]+|[#*+$@~!<>{}\[\]\\%]*\d[#*+$@~!<>{}\[\]\\%\d]*)(?=[^\W\d_])"
)
_MARKS = frozenset("¡¿§¶†‡‰‚„…•?")  # never part of a name: remains of letters, or of their bytes
_DOES = re.compile(
    r"\b(?:trauma|john|jane|jon|baby|juan|juana)\b.*\bdoe\b|\bdoe\b.*\b(?:trauma|john|jane|jon|baby|juan|juana)\b"
    r"|\b(?:trauma|unidentified|unbekannt|desconocid[oa]|sin nombre|nn|xxx+|dummy|placeholder|emergency patient)\b"
    r"|\b(?:baby|bb|bg) ?(?:boy|girl)\b|\b(?:boy|girl) baby\b|\bnewborn\b|\b(?:test|patient)\b.*\b(?:patient|test)\b"
)
_NOBODY = re.compile(
    r"\banon(?:ym\w*)?\b|de ?identif|redacted|removed|unknown|withheld|no ?name|not given|confidential"
)
_SHORT = """
abby abigail; al albert alan alfred alexander; alex alexander alexandra alejandro; andy drew andrew; art arthur; barb
barbara; becky rebecca; ben benjamin benedict; bernie bernard; beth betty liz lizzie eliza elizabeth; bill billy will
willy liam william; bob bobby rob robby robert; cathy kathy kate katie katherine kathleen catherine; charlie chuck
charles; chris christopher christian christine christina; cindy cynthia; dan danny daniel; dave david; deb debbie
deborah; dick rick ricky rich richard ricardo; don donald; dot dottie dorothy; ed eddie ted edward edwin eduardo; fran
frank frances francis francisco paco; fred freddy frederick alfred; gabe gabriel; gene eugene; gerry jerry gerald jerome
gerard; greg gregory; hank harry henry harold; jack johnny jon john juan; jake jacob; jan janet janice; jen jenny
jennifer; jerry jeremy; jim jimmy james; joe joey pepe joseph jose; josh joshua; judy judith; ken kenny kenneth; kim
kimberly; larry lawrence laurence; lenny leonard; lou louis louise luis; maggie meg peggy margie margaret; manny manuel
emmanuel; marty martin; matt matthew; mel melvin melissa; mike mickey michael miguel; mandy amanda; nan nancy ann; nate
nathan nathaniel; nick nicky nicholas nicolas; pam pamela; pat patty tricia patricia patrick; pete peter pedro; phil
philip phillip; ray raymond; ron ronnie ronald veronica; sally sarah; sam sammy samuel samantha; sandy sandra;
steve steven stephen; sue susie susan suzanne; tim timothy; tom tommy thomas; tony anthony antonio; vicky victoria;
vince vincent; walt wally walter; wendy gwendolyn; zach zachary
"""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as its words; `family` and `given` are empty if the file does not separate them.

    `garbled` means that letters were lost; `stands_in` that it is a placeholder for an unknown name.
    """

    words: tuple[str, ...] = ()
    family: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    garbled: bool = False
    stands_in: bool = False

    @property
    def all(self) -> frozenset[str]:
        return frozenset(self.words)


def words(text: str) -> tuple[str, ...]:
    """The words of the name without case, accents, titles and punctuation.

    >>> words("QUINTERO-BÁTHORY^MARISOL^^DR")
    ('quintero', 'bathory', 'marisol')
    """
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", _ESCAPES.sub("", text))).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS)
    found = _WORD.findall(plain)
    return tuple(w for w in found if w not in _TITLES) or tuple(found)


def on_file(patient: Patient) -> list[Name]:
    """The representations of a patient's name in a file, such as alphabetic and ideographic; empty if there is none."""
    if patient.family or patient.given:
        families, givens = _spellings(patient.family), _spellings(patient.given)
        pairs = [(f, givens[n] if n < len(givens) else "") for n, f in enumerate(families)]
    else:
        pairs = [_parted(group) for group in _spellings(patient.name)]
    found = [name for family, given in pairs if (name := _name(family, given)).words or name.garbled]
    return [name for name in found if not name.garbled] or found


def _spellings(text: str) -> list[str]:
    """The representations of a name, separated by `=`; not split inside an escaped byte."""
    return [text] if _QUOTED.search(text) else text.split("=")


def _parted(text: str) -> tuple[str, str]:
    """Family and given name, if separated; else all words in order."""
    for mark in ("^", ","):
        if mark in text:
            family, _, given = text.partition(mark)
            return family, given
    return "", text


def _name(family: str, given: str) -> Name:
    first, last = words(given), words(family)
    if _NOBODY.search(" ".join((*last, *first))):
        return Name()
    garbled, stands_in = is_garbled(f"{given} {family}"), bool(_DOES.search(" ".join((*first, *last))))
    return Name((*first, *last), frozenset(last), frozenset(first) if last else frozenset(), garbled, stands_in)


def is_garbled(text: str) -> bool:
    """Whether letters of a name were lost or misread, as with a wrong character set.

    >>> [is_garbled(name) for name in ("BJ#RK", "Bj%F6rk", "BJ=F6RK", "Wa1ter", "O'Neil-Ash, J. R.", "ASH_JO")]
    [True, True, True, True, False, False]
    >>> [is_garbled(name) for name in ("Ð¡¶« ÕÅ", "????^???", "BÃ¡thory", "Mu駉z", "Þórður Öçal")]
    [True, True, True, True, False]
    """
    text = _ESCAPES.sub("", text)
    if _TURNED.search(text) or _QUOTED.search(text):
        return True
    if text.isascii() and text.isprintable():
        return "?" in text
    if any(map(_is_lost, text)) or _MOJIBAKE.search(text):
        return True
    found = _WORD.findall(unicodedata.normalize("NFC", text))
    return any(_is_foreign(word) for word in found) or any(len(_scripts([word]) - _BESIDE) > 1 for word in found)


def _is_lost(c: str) -> bool:
    """Whether a character replaces a lost letter: a control character, a symbol, a letter of no alphabet."""
    return c in _MARKS or (not c.isspace() and unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn", "So", "Sc", "Sm"))


def _is_foreign(word: str) -> bool:
    """Whether nearly all letters of a word are accented Latin-1 letters: a sign of a wrong character set."""
    high = sum("\xc0" <= c <= "\xff" for c in word)
    return (high > 1 and high == len(word)) or (high > 2 and high * 3 > len(word) * 2)


def same_words(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names have the same letters, in any order of their words, joined or not."""
    return bool(a) and (sorted(a) == sorted(b) or bool(_joined(a) & _joined(b)))


def _joined(name: tuple[str, ...]) -> set[str]:
    """The name as one word, starting at each of its words; ä written as ae counts as a."""
    turned = ("".join(name[n:] + name[:n]) for n in range(min(len(name), 8)))
    return {re.sub("([aou])e", r"\1", text) for text in turned}


def may_be_short_for(a: str, b: str) -> bool:
    """Whether one given name may be short for the other: an initial, a prefix, or a common nickname.

    >>> may_be_short_for("bill", "william"), may_be_short_for("waltrina", "walter")
    (True, False)
    """
    return a == b or (a.startswith(b) or b.startswith(a)) or any({a, b} <= group for group in _short_names())


def one_letter_off(a: str, b: str) -> bool:
    """Whether two words differ by one changed, added or missing letter, as in a typo.

    >>> one_letter_off("marisol", "marysol"), one_letter_off("walter", "walther"), one_letter_off("ana", "ada")
    (True, True, False)
    """
    if a == b or min(len(a), len(b)) < 4 or abs(len(a) - len(b)) > 1:
        return False
    short, long = sorted((a, b), key=len)
    same = next((n for n, c in enumerate(short) if c != long[n]), len(short))
    return short[same + (len(a) == len(b)) :] == long[same + 1 :]


def other_letters(a: Iterable[str], b: Iterable[str]) -> bool:
    """Whether two names are in different scripts, so that their words cannot be compared.

    >>> other_letters(["иванов"], ["ivanov"]), other_letters(["doe"], ["ivanov"])
    (True, False)
    """
    return not _scripts(a) & _scripts(b)


_BESIDE = {"MODIFIER", "COMBINING", "KATAKANA-HIRAGANA", "?", "MASCULINE", "FEMININE", "IDEOGRAPHIC", "VARIATION"}
_JAPANESE = dict.fromkeys(("CJK", "HIRAGANA", "KATAKANA"), "JAPANESE")


def _scripts(name: Iterable[str]) -> set[str]:
    found = (unicodedata.name(c, "?").partition(" ")[0] for word in name for c in word)
    return {_JAPANESE.get(script, script) for script in found}


@cache
def _short_names() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group.split()) for group in _SHORT.split(";"))

"""How a letter greets clinicians: by title and last name where these are certain. Knows text only."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TITLE = re.compile(r"(Dr|Prof)\.?\s+", re.IGNORECASE)
_DEGREE = re.compile(r",?\s+(M\.?D|D\.?O|Ph\.?D)\.?(,.*)?$")
_SUFFIX = re.compile(r",?\s+(Jr|Sr|II|III|IV)\.?$")
_INITIAL = re.compile(r"\w\.?")
_BEFORE_NAME = {"de", "da", "di", "del", "della", "la", "van", "von", "der", "den", "bin", "ibn", "al", "el", "st."}


def last_name(name: str) -> str:
    """A doctor's title and last name; the name as written if either is not certain.

    >>> last_name("Dr. Ingrid Solberg-Thorne"), last_name("Ana B. Moreno, MD"), last_name("Dr. Piet van der Berg")
    ('Dr. Solberg-Thorne', 'Dr. Moreno', 'Dr. van der Berg')
    >>> last_name("Maria Quill, NP"), last_name("Dr. Ana Garcia Lopez")  # no doctor; two last names, or two first ones
    ('Maria Quill, NP', 'Dr. Ana Garcia Lopez')
    """
    name = " ".join(name.split())
    titled, degree = _TITLE.match(name), _DEGREE.search(name)
    if not (titled or degree):
        return name
    title = name[: titled.end()].strip() if titled else "Dr."
    bare = _SUFFIX.sub("", _DEGREE.sub("", name[titled.end() :] if titled else name))
    words = [word for word in bare.split() if not _INITIAL.fullmatch(word)]
    if len(words) == 1:
        return f"{title} {words[0]}"
    start = next((n for n, word in enumerate(words) if n and word.casefold() in _BEFORE_NAME), len(words) - 1)
    if start != 1 or not all(word.isascii() or word.istitle() for word in words):
        return name
    return f"{title} {' '.join(words[start:])}"


def greeted(names: Sequence[str]) -> str:
    """The names of a greeting: last names, unless two are alike; "" if there are none."""
    from ...rules.wording import listed

    full = [name for name in names if name.strip()]
    short = [last_name(name) for name in full]
    return listed(short if len(set(short)) == len(short) else full)

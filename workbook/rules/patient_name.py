"""Whether a name on paper or a disc is the patient's, a former one, or neither. Knows the view."""

from __future__ import annotations

import re

from .context import View


def name_kind(view: View, shown: str) -> str | None:
    """Whether a name is the patient's ("name"), a former one ("alias"), or neither."""
    words = _words(shown)
    if not words:
        return None
    if _same(words, _words(view.case.person.name)):
        return "name"
    return "alias" if any(_same(words, _words(a.name)) for a in view.case.person.aliases.values()) else None


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]{2,}", name.casefold()))


def _same(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two names match: equal words, or all words of the shorter one if it has two or more."""
    shared = a & b
    return shared in (a, b) and (len(shared) > 1 or a == b)

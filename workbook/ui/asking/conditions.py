"""Reads the `when` of an element in a cell. Knows the questions of a case and the rules of conditions; no case."""

from __future__ import annotations

from functools import lru_cache

from ...errors import BadValue
from ...rules.conditions import Condition, parse
from . import catalog
from .cells import mistake


def parsed(text: str, listed: str = "") -> tuple[Condition, ...]:
    """The conditions of a `when`, none for ""; a mistake in the cell if it is misspelled."""
    if not text:
        return ()
    try:
        return _parsed(text, listed)
    except BadValue as error:
        raise mistake(f'In when="{text}": {error}', text) from None


@lru_cache(maxsize=1024)
def _parsed(text: str, listed: str) -> tuple[Condition, ...]:
    return parse(text, catalog.asked(listed) if listed else None, catalog.asked())

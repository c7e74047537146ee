"""Reads the `when` of an element in a cell. Knows the questions of a case and the rules of conditions; no case."""

from __future__ import annotations

from functools import lru_cache

from ...errors import BadValue
from ...rules import plan_calls
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


def default(path: str, listed: str) -> str:
    """The condition of a question that names none: the plan's questions depend on the kind of plan."""
    if listed != "insurance.calls" or not path.startswith("answers."):
        return ""
    return plan_calls.when_of(path.split(".")[1])


@lru_cache(maxsize=1024)
def _parsed(text: str, listed: str) -> tuple[Condition, ...]:
    return parse(text, catalog.asked(listed) if listed else None, catalog.asked(), catalog.lists())

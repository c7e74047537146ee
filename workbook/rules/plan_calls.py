"""The questions of a call to the plan, by the kind of plan: the one list behind script, card, alert and printed script.

Reads the pack `calls/plan.toml`. Knows the case and conditions.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from .. import content, locale
from ..case import Case, words_for
from ..case.plan import CallAnswers, Plan
from ..errors import BadFile, BadValue
from .conditions import Condition, hold, parse

FILE = "calls/plan.toml"


class CallQuestion(BaseModel):
    """One question: `key` is its answer in `CallAnswers`, `say` the words to read aloud, if it is a main one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    key: str = ""
    main: bool = False
    when: str = ""
    say: str = ""

    @property
    def answer(self) -> str:
        """The field of `CallAnswers` that holds the answer."""
        return self.key or self.id

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The plans it is for; none for every plan."""
        return _conditions(self.when)


def every_question() -> tuple[CallQuestion, ...]:
    """The questions for all kinds of plans, in order."""
    return _read(os.environ.get("WORKBOOK_PACKS", ""), locale.language())


def questions(case: Case) -> tuple[CallQuestion, ...]:
    """The questions that this case's plan is asked, in order."""
    every = every_question()
    asked = {when for when in {one.when for one in every} if hold(_conditions(when), case)}  # many share a condition
    return tuple(one for one in every if one.when in asked)


def main_keys(case: Case) -> tuple[str, ...]:
    """The answers that every call to this case's plan should bring."""
    return keys(one for one in questions(case) if one.main)


def keys(some: Iterable[CallQuestion]) -> tuple[str, ...]:
    """The answers that these questions fill, without repeats."""
    return tuple(dict.fromkeys(one.answer for one in some))


def when_of(key: str) -> str:
    """The condition of one answer on the card of a call; "" if it can be asked of any plan."""
    found = [one.when.split(" and ") for one in every_question() if one.answer == key]
    return " and ".join(part for part in found[0] if all(part in when for when in found)) if found else ""


@functools.cache
def _read(practice: str, _language: str) -> tuple[CallQuestion, ...]:
    found = content.read_entries(CallQuestion, FILE, practice)
    for one in found:
        if one.answer not in CallAnswers.model_fields:
            raise BadFile(f'{FILE}: entry "{one.id}": no answer of a call is called {one.answer}.')
        try:
            _conditions(one.when)
        except BadValue as error:
            raise BadFile(f'{FILE}: entry "{one.id}", field "when": {error}') from None
    return tuple(one.model_copy(update={"say": locale.tr(one.say) if one.say else ""}) for one in found)


@functools.cache
def _conditions(when: str) -> tuple[Condition, ...]:
    about = {f"insurance.plan.{name}": words_for(Plan, name) for name in Plan.model_fields}
    return parse(when, None, {path: words for path, words in about.items() if words}) if when else ()

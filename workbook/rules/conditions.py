"""When a question is asked: conditions such as `insurance.plan.type in medicare`. Knows the case and the plan families.

A condition is one of

    path                 the question has an answer; of a list, that it has an entry
    no path              the question has no answer; through a choice, one of the chosen entries has none
    path is a            the answer is `a`; `path is not a`
    path in a, b         it is one of these; `path not in a, b`
    path has 2           the list has at least two entries

and several are joined with `and`. Inside a list a path is first one of the entry, then one of the case. For the plan
type, the name of a plan family means all its types. Of a question that takes several answers, one is enough.
A path may go on through a choice among entries: `items.kind is lab` looks at the kind of each record chosen in `items`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..case import Case, Item, Items, Own, Words, get, is_empty, to_plain, words_at
from ..case.partial_dates import NOT_APPLICABLE, UNKNOWN
from ..case.plan import PlanType
from ..content import choices, entries
from ..errors import BadPath, BadValue
from .plan_families import TYPES

_SHAPE = re.compile(
    r"(?P<no>no\s+(?=[\w.]+$))?(?P<path>[\w.]+)(?:\s+(?P<op>is not|is|not in|in|has)\s+(?P<values>\S.*))?", re.DOTALL
)
_LIKE = 'Write it like "state is received", "state in sent, late" or "insurance.plan.type not in medicare".'


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition; `entry` means that its path begins at the entry. Without values, any answer meets it.

    With `part`, the answer at the path chooses entries of the list `of`, and the condition is about that question of
    theirs.
    """

    path: str
    values: tuple[str, ...] = ()
    negated: bool = False
    entry: bool = False
    of: str = ""
    part: str = ""
    least: int = 0

    def compiled(self) -> dict[str, Any]:
        """The condition for the script of a form; empty keys are omitted."""
        made = {
            "path": self.path,
            "values": list(self.values),
            "not": self.negated,
            "entry": self.entry,
            "of": self.of,
            "part": self.part,
            "least": self.least,
        }
        return {key: value for key, value in made.items() if value}


def parse(
    text: str, entry: Mapping[str, Words] | None, top: Mapping[str, Words], lists: Collection[str] = ()
) -> tuple[Condition, ...]:
    """The conditions in the text; BadValue, with a sentence for the author, if one cannot be met or is misspelled.

    `entry` are the questions of an entry by path (None outside a list), `top` those of the case, `lists` its lists.
    """
    return tuple(_parsed(part.strip(), entry, top, lists) for part in re.split(r"\s+and\s+", text.strip()))


def hold(conditions: Sequence[Condition], case: Case, item: Item | None = None) -> bool:
    """Whether all of them are met; `item` is the entry that relative paths begin at."""
    return all(_met(one, _value(one, case, item)) for one in conditions)


def _met(condition: Condition, value: Any) -> bool:
    if condition.least:
        return len(value or ()) >= condition.least
    if not condition.values and condition.negated:
        held = value if isinstance(value, list) else [value]
        return not held or any(is_empty(one) for one in held)
    if not condition.values:
        return not is_empty(value) and value is not False
    found = ["yes"] if value is True else value if isinstance(value, list) else [value]
    return any(one in condition.values for one in found) is not condition.negated


def _value(condition: Condition, case: Case, item: Item | None) -> Any:
    try:
        value: Any = get(case, condition.path) if not condition.entry else item
    except BadPath:
        return None
    for step in condition.path.split(".") if condition.entry else ():
        value = value.get(step) if isinstance(value, dict) else getattr(value, step, None)
    if condition.part:
        return _of_the_chosen(condition, case, value)
    if isinstance(value, Items):  # a list has the entries that its form shows, shipped ones too
        return list(value if condition.entry else entries(case, condition.path))
    return to_plain(value.value if isinstance(value, Own) else value)


def _of_the_chosen(condition: Condition, case: Case, chosen: Any) -> list[Any]:
    """The answers of the chosen entries to the question that a condition goes on to."""
    known = entries(case, condition.of)
    keys = chosen if isinstance(chosen, tuple | list) else [chosen]
    return [to_plain(getattr(known[key], condition.part)) for key in keys if key in known]


def _parsed(
    text: str, entry: Mapping[str, Words] | None, top: Mapping[str, Words], lists: Collection[str]
) -> Condition:
    match = _SHAPE.fullmatch(text)
    if not match:
        raise BadValue(f'"{text}" is not a condition. {_LIKE}')
    path, op = match["path"], match["op"] or ""
    negated = "not" in op or bool(match["no"])
    values = [value.strip().strip("'\"") for value in (match["values"] or "").split(",")] if op else []
    if path.startswith("own."):  # asked in any cell, so its choices are not known here
        return Condition(path, tuple(values), negated, entry is not None)
    if path in lists and not op:
        return Condition(path, negated=negated)
    if op == "has":
        if path not in lists or len(values) != 1 or not values[0].isdecimal() or not int(values[0]):
            raise BadValue(
                f'"{text}" is not a condition. Write the name of a list and a number, as in "opinions has 2".'
            )
        return Condition(path, least=int(values[0]))
    inside = entry is not None and path in entry
    words = entry[path] if entry is not None and inside else top.get(path)
    if words is None and (through := _through(path, entry, top)):
        chosen, of, part, words = through
        return Condition(
            chosen,
            tuple(dict.fromkeys(_known(path, words, values))),
            negated,
            entry is not None and chosen in entry,
            of,
            part,
        )
    if words is None:
        raise BadValue(f"There is no question called {path}." + _meant(path, [*(entry or ()), *top]))
    if words.kind == "answer":
        raise BadValue(f"{path} has three parts. Name one, such as {path}.answer.")
    return Condition(path, tuple(dict.fromkeys(_known(path, words, values))), negated, inside)


def _through(
    path: str, entry: Mapping[str, Words] | None, top: Mapping[str, Words]
) -> tuple[str, str, str, Words] | None:
    """For a path through a choice: the choice, the list it chooses from, the question of its entries, its words."""
    chosen, _, part = path.rpartition(".")
    words = (entry or {}).get(chosen) or top.get(chosen)
    asked = words_at(f"{words.target}.x.{part}") if words and words.target else None
    return (chosen, words.target, part, asked) if words and asked else None


def _known(path: str, words: Words, values: Sequence[str]) -> Iterator[str]:
    """The values of the condition, families as their plan types."""
    allowed = list(_allowed(words))
    families = TYPES if allowed and set(allowed) <= set(PlanType) else {}
    if values and not allowed:
        raise BadValue(f'{path} has no choices. Write only "{path}", for any answer.')
    for value in values:
        if value in allowed:
            yield value
        elif value in families:
            yield from families[value]
        else:
            near = _meant(value, [*allowed, *families])
            raise BadValue(f"{path} is never {value or 'empty'}." + (near or f" It can be {', '.join(allowed)}."))


def _allowed(words: Words) -> Iterator[str]:
    yield from (code for code, _ in choices(words))
    if words.kind == "check":
        yield "yes"
    if words.unknown:
        yield UNKNOWN
    if words.not_applicable:
        yield NOT_APPLICABLE


def _meant(text: str, names: Sequence[str]) -> str:
    near = difflib.get_close_matches(text, names, 1, 0.6)
    tail = text.rpartition(".")[2]
    found = near[0] if near else next((name for name in names if name.rpartition(".")[2] == tail), "")
    return f" Did you mean {found}?" if found else ""

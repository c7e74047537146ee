"""The registry of alerts: ids, the step whose page displays them, and the function that finds them.

Knows the context and the results. Add an alert by writing its function under `@alert("A-60", step="records")`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from ..context import View
from ..results import RANK, Alert

STEPS = ("home", "goal", "clinician", "insurance", "records", "visit", "compare", "packet")
Finder = Callable[[View], Iterable[Alert]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered function, its alert ids, and the step that displays them."""

    ids: tuple[str, ...]
    step: str
    find: Finder


RULES: list[Rule] = []
STEP_OF: dict[str, str] = {}
"""The step of each alert id; "home" for alerts on the whole case."""


def alert(*ids: str, step: str) -> Callable[[Finder], Finder]:
    """Registers the decorated function, which takes a view and yields alerts with these ids.

    ValueError for an unknown step, or for an id that is registered for another step.
    """
    declare(*ids, step=step)

    def add(find: Finder) -> Finder:
        RULES.append(Rule(ids, step, find))
        return find

    return add


def declare(*ids: str, step: str) -> None:
    """Declares alerts that are not found from a view: a page requests them when it needs them."""
    if step not in STEPS:
        raise ValueError(f"there is no step called {step}; choose one of {', '.join(STEPS)}")
    for key in ids:
        if STEP_OF.setdefault(key, step) != step:
            raise ValueError(f"{key} belongs to the step {STEP_OF[key]}, not to {step}")


def found(view: View) -> list[Alert]:
    """All alerts of a view, most severe first, each with its step.

    LookupError if a function yields an id that it is not registered for.
    """
    made: list[Alert] = []
    for rule in RULES:
        for one in rule.find(view):
            if one.id not in rule.ids:
                raise LookupError(f"{one.id} is not registered for {rule.find.__name__}")
            made.append(one if one.step else replace(one, step=rule.step))
    return sorted(made, key=lambda a: (RANK[a.level], a.id, a.about))

"""Computes and applies deltas between two states of a case. Works on plain JSON values.

A delta is `{"path", "before", "after"}`; a missing side means the value did not exist. The order of a list is a
separate delta at `path#order`, recorded only where it does not follow from added and removed entries. A path whose
keys contain dots (those of provenance, drafts and skips do) has a unit separator before each step instead of dots.
"""

from __future__ import annotations

from typing import Any

Delta = dict[str, Any]

_PARTED = "\x1f"
_ORDER = "#order"


def diff(before: dict[str, Any], after: dict[str, Any]) -> list[Delta]:
    """The deltas from one state to the other, without bookkeeping (`updated`).

    >>> diff({"goal": {"stakes": None}}, {"goal": {"stakes": "high"}})
    [{'path': 'goal.stakes', 'before': None, 'after': 'high'}]
    """
    found: list[Delta] = []
    _diff(before, after, (), found)
    return [d for d in found if d["path"] != "updated"]


def apply(state: dict[str, Any], deltas: list[Delta], *, back: bool = False) -> dict[str, Any]:
    """A new state with the deltas applied, or reverted.

    Both directions use the given order: paths do not overlap, and an order delta follows the entries it mentions.
    """
    side = "before" if back else "after"
    for delta in deltas:
        state = _set(state, steps_of(delta["path"]), delta, side)
    return state


def holds(state: dict[str, Any], delta: Delta) -> bool:
    """Whether the value is still what the delta left; for an order delta, whether the same entries are present."""
    there, value = _found(state, steps_of(delta["path"]))
    return there == ("after" in delta) and value == delta.get("after")


def value(state: dict[str, Any], delta: Delta) -> Any:
    """The current value at the path of a delta; None if there is none."""
    return _found(state, steps_of(delta["path"]))[1]


def value_at(state: dict[str, Any], path: str) -> Any:
    """The value at the path of a delta; None if there is none."""
    return _found(state, steps_of(path))[1]


def steps_of(path: str) -> list[str]:
    """The steps of a delta's path.

    >>> steps_of("goal.stakes"), steps_of("\\x1ffacts\\x1fgoal.stakes")
    (['goal', 'stakes'], ['facts', 'goal.stakes'])
    """
    return path[1:].split(_PARTED) if path.startswith(_PARTED) else path.split(".")


def _path(steps: tuple[str, ...]) -> str:
    return "".join(_PARTED + s for s in steps) if any("." in s for s in steps) else ".".join(steps)


def _listed(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, dict) and "id" in v for v in value)


def _diff(a: Any, b: Any, steps: tuple[str, ...], found: list[Delta]) -> None:
    if a is b or (a == b and type(a) is type(b)):
        return
    if isinstance(a, dict) and isinstance(b, dict):
        _diff_keys(a, b, steps, found)
    elif _listed(a) and _listed(b):
        olds, news = {v["id"]: v for v in a}, {v["id"]: v for v in b}
        _diff_keys(olds, news, steps, found)
        kept = [k for k in news if k in olds]
        done = [*(k for k in olds if k in news), *(k for k in news if k not in olds)]
        undone = [*kept, *(k for k in olds if k not in news)]
        if done != list(news) or undone != list(olds):
            found.append({"path": _path(steps) + _ORDER, "before": list(olds), "after": list(news)})
    else:
        found.append({"path": _path(steps), "before": a, "after": b})


def _diff_keys(a: dict[str, Any], b: dict[str, Any], steps: tuple[str, ...], found: list[Delta]) -> None:
    for key in [*a, *(k for k in b if k not in a)]:
        place = (*steps, key)
        if key in a and key in b and steps not in (("facts",), ("drafts",)):
            _diff(a[key], b[key], place, found)
        elif (key in a) != (key in b) or a[key] != b[key]:
            old, new = {"before": a[key]} if key in a else {}, {"after": b[key]} if key in b else {}
            found.append({"path": _path(place), **old, **new})


def _found(node: Any, steps: list[str]) -> tuple[bool, Any]:
    for step in steps:
        if step.endswith(_ORDER) and isinstance(node, dict):
            return True, [v["id"] for v in node.get(step.removesuffix(_ORDER), [])]
        if isinstance(node, list):
            node = {v["id"]: v for v in node if isinstance(v, dict) and "id" in v}
        if not isinstance(node, dict) or step not in node:
            return False, None
        node = node[step]
    return True, node


def _set(node: Any, steps: list[str], delta: Delta, side: str) -> Any:
    step, rest = steps[0], steps[1:]
    if isinstance(node, list):
        if rest:
            return [_set(v, rest, delta, side) if v["id"] == step else v for v in node]
        kept = [v for v in node if v["id"] != step]
        if side not in delta:
            return kept
        at = next((i for i, v in enumerate(node) if v["id"] == step), len(kept))
        return [*kept[:at], delta[side], *kept[at:]]
    if not isinstance(node, dict):
        return node
    if not rest and step.endswith(_ORDER) and isinstance(node.get(step.removesuffix(_ORDER)), list):
        name, order = step.removesuffix(_ORDER), delta[side]
        place = {key: i for i, key in enumerate(order)}
        items = sorted(node[name], key=lambda v: place.get(v["id"], len(place)))
        return {**node, name: items}
    if rest:
        return {**node, step: _set(node.get(step, {}), rest, delta, side)}
    if side not in delta:
        return {k: v for k, v in node.items() if k != step}
    return {**node, step: delta[side]}

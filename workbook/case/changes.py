"""What differs between two states of a case, and how to take it back. Works on plain JSON values.

A delta is `{"path", "before", "after"}`; an absent side means "was not there". The order of a list is a
delta of its own at `path#order`.
"""

from __future__ import annotations

from typing import Any

Delta = dict[str, Any]


def diff(before: dict[str, Any], after: dict[str, Any]) -> list[Delta]:
    """The deltas that turn one state into the other; bookkeeping (`updated`) is left out.

    >>> diff({"goal": {"stakes": None}}, {"goal": {"stakes": "high"}})
    [{'path': 'goal.stakes', 'before': None, 'after': 'high'}]
    """
    found: list[Delta] = []
    _diff(before, after, "", found)
    return [d for d in found if d["path"] != "updated"]


def apply(state: dict[str, Any], deltas: list[Delta], *, back: bool = False) -> dict[str, Any]:
    """A new state with the deltas done, or taken back in reverse order."""
    side = "before" if back else "after"
    for delta in reversed(deltas) if back else deltas:
        state = _set(state, _steps(delta["path"]), delta, side)
    return state


def _steps(path: str) -> list[str]:
    return path.split("\x1f") if "\x1f" in path else path.split(".")


def _listed(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, dict) and "id" in v for v in value)


def _join(prefix: str, step: str) -> str:
    return f"{prefix}.{step}" if prefix else step


def _diff(a: Any, b: Any, path: str, found: list[Delta]) -> None:
    if a == b:
        return
    if isinstance(a, dict) and isinstance(b, dict):
        for key in [*a, *(k for k in b if k not in a)]:
            # keys of facts and drafts are paths themselves: keep them whole
            place = f"{path}\x1f{key}" if path in ("facts", "drafts") else _join(path, key)
            if key in a and key in b and path not in ("facts", "drafts"):
                _diff(a[key], b[key], place, found)
            elif a.get(key) != b.get(key) or (key in a) != (key in b):
                found.append(_delta(place, a, b, key))
    elif _listed(a) and _listed(b) and (a or b):
        olds, news = {v["id"]: v for v in a}, {v["id"]: v for v in b}
        for key in [*olds, *(k for k in news if k not in olds)]:
            if key in olds and key in news:
                _diff(olds[key], news[key], _join(path, key), found)
            else:
                found.append(_delta(_join(path, key), olds, news, key))
        if list(olds) != list(news):
            found.append({"path": f"{path}#order", "before": list(olds), "after": list(news)})
    else:
        found.append({"path": path, "before": a, "after": b})


def _delta(path: str, a: dict[str, Any], b: dict[str, Any], key: str) -> Delta:
    return {"path": path, **({"before": a[key]} if key in a else {}), **({"after": b[key]} if key in b else {})}


def _set(node: Any, steps: list[str], delta: Delta, side: str) -> Any:
    step, rest = steps[0], steps[1:]
    if step.endswith("#order"):
        name, order = step.removesuffix("#order"), delta[side]
        place = {key: i for i, key in enumerate(order)}
        items = sorted(node[name], key=lambda v: place.get(v["id"], len(place)))
        return {**node, name: items}
    if isinstance(node, list):
        if rest:
            return [_set(v, rest, delta, side) if v["id"] == step else v for v in node]
        kept = [v for v in node if v["id"] != step]
        if side not in delta:
            return kept
        at = next((i for i, v in enumerate(node) if v["id"] == step), len(kept))
        return [*kept[:at], delta[side], *kept[at:]]
    if rest:
        return {**node, step: _set(node.get(step, {}), rest, delta, side)} if isinstance(node, dict) else node
    if side not in delta:
        return {k: v for k, v in node.items() if k != step}
    return {**node, step: delta[side]}

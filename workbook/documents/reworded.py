"""The words that a practice gave to a shipped question, in place of our label for its answer. Knows blocks only.

Documents know no notebooks, so whoever does names the source of these words once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

_source: list[Callable[[], Mapping[str, str]]] = []


def use(labels: Callable[[], Mapping[str, str]]) -> None:
    """From now on, documents ask this for other labels: from our label to the practice's words."""
    _source[:] = [labels]


def applied(node: Any) -> Any:
    """The tree, or blocks of one, with the practice's words as labels.

    >>> use(lambda: {"Decide by": "By when?"})
    >>> applied([{"k": "details", "items": [{"label": "Decide by", "c": []}]}])
    [{'k': 'details', 'items': [{'label': 'By when?', 'c': []}]}]
    >>> _source.clear()
    """
    labels = _source[0]() if _source else {}
    return _applied(node, labels) if labels else node


def _applied(node: Any, labels: Mapping[str, str]) -> Any:
    if isinstance(node, list | tuple):
        return [_applied(one, labels) for one in node]
    if not isinstance(node, dict):
        return node
    found = {key: _applied(value, labels) for key, value in node.items()}
    if node.get("k") == "details":
        found["items"] = [{**one, "label": labels.get(one["label"], one["label"])} for one in found["items"]]
    if node.get("b") and isinstance(words := node.get("t"), str):  # a label in a line of text: bold, before a colon
        bare = words.removesuffix(" ").removesuffix(":")
        if new := labels.get(bare):
            found["t"] = words.replace(f"{bare}:" if new.endswith("?") else bare, new, 1)
    return found

"""Finds text that did not pass through `tr`: the pseudo-language marks all translated text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

# Codes and proper names that are the same in every language.
_SAME = re.compile(r"https?://\S+|\{[^{}]*\}")
_PLAIN = re.compile(r"\b\w*[aeiouAEIOU]\w*\b")


def unmarked(text: str, typed: Iterable[str]) -> list[str]:
    """The unmarked words of a text that no person typed.

    >>> unmarked("⟦Cáll Dr. Fable bý phone⟧", ["Dr. Fable"])
    ['phone']
    """
    left = _SAME.sub(" ", text)
    for own in sorted({t for t in typed if len(t) > 1}, key=len, reverse=True):
        left = left.replace(own, " ")
    return [w for w in _PLAIN.findall(left) if len(w) > 2 and not w.isupper()]


def strings(node: Any) -> Iterator[str]:
    """Every line of text in plain data, including keys that people named."""
    if isinstance(node, dict):
        for value in node.values():
            yield from strings(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from strings(value)
    elif isinstance(node, str):
        yield node
        yield from (line.strip() for line in node.split("\n"))

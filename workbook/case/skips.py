"""Questions that a person went past without an answer, by path. Knows the root of a case; no other path.

`goal.decide_by?` is whether the question at `goal.decide_by` was skipped. An answer takes the skip away, here and
nowhere else, so a page or a program that writes an answer does not need to know of it.
"""

from __future__ import annotations

from .case import Case

SIGN = "?"


def is_skip(path: str) -> bool:
    """Whether this addresses a skip rather than an answer."""
    return path.endswith(SIGN)


def question_of(path: str) -> str:
    """The path of the question that a skip is about."""
    return path.removesuffix(SIGN)


def noted(case: Case, path: str, *, skipped: bool) -> Case:
    """The case with this question skipped, or no longer."""
    others = {key: on for key, on in case.skipped.items() if key != path}
    return case.model_copy(update={"skipped": {**others, path: True} if skipped else others})


def answered(case: Case, path: str) -> Case:
    """The case after an answer at the path: neither its question nor a list around it is skipped any more."""
    kept = {key: on for key, on in case.skipped.items() if not is_part_of(path, key)}
    return case if len(kept) == len(case.skipped) else case.model_copy(update={"skipped": kept})


def without(skipped: dict[str, bool], path: str) -> dict[str, bool]:
    """The skips that remain when what is at the path is removed."""
    return {key: on for key, on in skipped.items() if not is_part_of(key, path)}


def is_part_of(path: str, start: str) -> bool:
    """Whether a path is this place of a case, or inside it."""
    return path == start or path.startswith(start + ".")

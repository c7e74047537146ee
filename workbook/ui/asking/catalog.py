"""All questions of a case by path, for listing and for correcting misspelled paths. Knows the case."""

from __future__ import annotations

import difflib
import functools
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...case import Case, CaseModel, Items, Words, words_for

PRIVACY = ("private", "sensitive")  # fields of every entry, next to its questions


@dataclass(frozen=True)
class Known:
    """One path with its wording; `listed` is its list, and the path is then relative to an entry."""

    path: str
    words: Words | None
    listed: str = ""
    inner: bool = False  # not listed for notebooks: the form itself asks it

    @property
    def whole(self) -> str:
        return f"{self.listed}.{self.path}" if self.listed else self.path


@functools.cache
def everything() -> tuple[Known, ...]:
    """All paths of a case in model order, lists with the questions of their entries."""
    return tuple(_walk(Case, "", ""))


@functools.cache
def asked(listed: str = "") -> dict[str, Words]:
    """The questions by path: top-level ones, or those of each entry of a list."""
    return {k.path: k.words for k in everything() if k.words and k.listed == listed}


@functools.cache
def lists() -> dict[str, type[Any]]:
    """The lists of a case with the model of their entries."""
    return dict(_lists(Case, ""))


def nearest(path: str, listed: str = "") -> str:
    """The most similar known path; "" if none is close."""
    names = [*asked(listed), *([] if listed else lists())]
    near = difflib.get_close_matches(path, names, 1, 0.6)
    if near:
        return near[0]
    tail = path.rpartition(".")[2]
    return next((n for n in names if n.rpartition(".")[2] == tail), "")


def below(path: str, start: str) -> bool:
    return path == start or path.startswith(start + ".")


def _walk(model: type[CaseModel], prefix: str, listed: str, inner: bool = False) -> Iterator[Known]:
    for name, info in model.model_fields.items():
        path, kind = prefix + name, info.annotation
        words = words_for(model, name)
        if words:
            yield Known(path, words, listed, inner or bool(listed and path in PRIVACY))
        if typing.get_origin(kind) is Items:
            yield Known(path, None, listed)
            yield from _walk(typing.get_args(kind)[0], "", path)
        elif isinstance(kind, type) and issubclass(kind, CaseModel) and kind is not model:
            yield from _walk(kind, path + ".", listed, bool(words and words.kind == "answer"))


def _lists(model: type[CaseModel], prefix: str) -> Iterator[tuple[str, type[Any]]]:
    for name, info in model.model_fields.items():
        if typing.get_origin(info.annotation) is Items:
            yield prefix + name, typing.get_args(info.annotation)[0]
        elif isinstance(info.annotation, type) and issubclass(info.annotation, CaseModel):
            yield from _lists(info.annotation, f"{prefix}{name}.")

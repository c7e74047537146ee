"""Dotted paths into a case: get, put, add, remove, move. Knows the case model; no disk, no clock.

`goal.decide_by` is a value, `records.items.r7f3.received_on` a value inside an entry, `own.ride` the answer
to a user-defined question, `viewed.r7f3.c2ab.how` a cell of the grid, `goal.decide_by@` the source of a value,
`goal.decide_by?` whether its question was skipped.
Entries are addressed by id, never by number.
"""

from __future__ import annotations

import functools
import re
import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from ..errors import BadPath, BadValue
from . import skips
from .case import Case
from .field_types import Flag, clean_text
from .items import Items
from .model import CaseModel, Item, Own, Provenance, title_of
from .plain import is_empty
from .words import Words, words_for

_ODD = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff#]")  # never part of a path; deltas use them as separators


class Gone(BadPath):
    """The entry was removed."""


def get(case: Case, path: str) -> Any:
    """The value at the path; None for an empty grid cell, own answer or provenance. BadPath if the path is invalid."""
    if skips.is_skip(path):
        return case.skipped.get(skips.question_of(path))
    base, at, rest = path.partition("@")
    if at:
        origin = case.provenance.get(base)
        return getattr(origin, rest.lstrip("."), None) if rest else origin
    node: Any = case
    for step in split(path):
        if node is None:
            return None
        node = _step(node, step, path)
    return node.value if isinstance(node, Own) else node


def put(case: Case, path: str, value: Any) -> Case:
    """The case with the value at the path; None or "" clears it. BadValue if it is invalid for the field."""
    if skips.is_skip(path):
        return _skip(case, skips.question_of(path), value)
    base, at, rest = path.partition("@")
    if at:
        old = case.provenance.get(base, Provenance())
        origin = _put(old, split(rest.lstrip(".")), value, path) if rest else _whole(Provenance, value)
        others = {k: v for k, v in case.provenance.items() if k != base}
        return case.model_copy(update={"provenance": others if origin == Provenance() else {**others, base: origin}})
    new: Case = _put(case, split(path), value, path)
    return new if is_empty(value) else skips.answered(new, path)


def _skip(case: Case, path: str, value: Any) -> Case:
    """The case with the question skipped or not; unchanged if it has an answer, which counts for more."""
    is_answered = not is_empty(get(case, path)) or any(p == path or p.startswith(path + ".") for p in case.drafts)
    return case if is_answered and value else skips.noted(case, path, skipped=_adapt(Flag, value))


def add(case: Case, path: str, item: Item | dict[str, Any], before: str | None = None) -> Case:
    """The case with an entry added to the list at the path; unchanged if the id exists already."""
    items = get(case, path)
    if not isinstance(items, Items):
        raise BadPath(f"{path} is not a list.")
    made = item if isinstance(item, Item) else typing.cast("Item", _whole(item_type(path), item))
    if made.id in items:
        return case
    return skips.answered(_replace(case, split(path), items.with_item(made, before)), path)


def remove(case: Case, path: str) -> Case:
    """The case without the entry and without references to it, its provenance, its drafts and its skips."""
    *parents, key = split(path)
    items = get(case, ".".join(parents))
    if not isinstance(items, Items):
        raise BadPath(f"{path} is not an entry of a list.")
    if key not in items:
        return case
    for user in users(case, path):
        held = get(case, user.path)
        case = put(case, user.path, [k for k in held if k != key] if isinstance(held, tuple) else None)
    case = _replace(case, parents, items.without(key))

    def under(place: str) -> bool:
        return place == path or place.startswith((path + ".", path + "@"))

    return case.model_copy(
        update={
            "provenance": {k: v for k, v in case.provenance.items() if not under(k)},
            "drafts": {k: v for k, v in case.drafts.items() if not under(k)},
            "skipped": skips.without(case.skipped, path),
            "viewed": {
                row: kept
                for row, cells in case.viewed.items()
                if row != key or parents != ["records", "items"]
                if (kept := {c: s for c, s in cells.items() if c != key or parents != ["clinicians"]})
            },
        }
    )


def move(case: Case, path: str, before: str | None) -> Case:
    """The case with the entry moved before another entry, or to the end."""
    *parents, key = split(path)
    items = get(case, ".".join(parents))
    if not isinstance(items, Items) or key not in items:
        raise Gone("This entry was removed on another page.")
    if before == key:
        return case
    moved: Items[Any] = items.without(key).with_item(items[key], before)
    return _replace(case, parents, moved)


class Leaf(typing.NamedTuple):
    """One field of a case that has wording."""

    path: str
    words: Words
    value: Any
    item: Item | None


def leaves(case: Case) -> Iterator[Leaf]:
    """Every field of the case that has wording, in model order, with entries in list order."""
    yield from _leaves(case, "", None)


def users(case: Case, path: str) -> list[Leaf]:
    """The fields that refer to the entry at the path."""
    target, _, key = path.rpartition(".")
    return [
        leaf
        for leaf in leaves(case)
        if leaf.words.target == target and (leaf.value == key or (isinstance(leaf.value, tuple) and key in leaf.value))
    ]


def label(case: Case, target: str, key: str) -> str:
    """The name of the entry that a pick field refers to; "" if it was removed."""
    items = get(case, target)
    item = items.get(key) if isinstance(items, Items) else None
    if item is None:
        return ""
    kind: type[CaseModel] = type(item)
    first = next((words_for(kind, n) for n in item.TITLE if getattr(item, n)), None)
    name = title_of(item)
    return label(case, first.target, name) or item.NOUN if first and first.target else name


def item_type(path: str) -> type[Item]:
    """The entry class of the list at this path."""
    model, field = _field_of(path)
    kind = typing.get_args(model.model_fields[field].annotation)
    if not kind or typing.get_origin(model.model_fields[field].annotation) is not Items:
        raise BadPath(f"{path} is not a list.")
    return typing.cast("type[Item]", kind[0])


def words_at(path: str) -> Words | None:
    """The wording of the field at a path, ignoring entry ids; None if the path has none."""
    base, at, rest = path.partition("@")
    if at:
        return words_for(Provenance, rest.lstrip(".")) if rest else None
    try:
        return words_for(*_field_of(base))
    except BadPath:
        return None


def split(path: str) -> list[str]:
    """The steps of a path; BadPath if it is empty or addresses entries by number."""
    steps = path.split(".")
    if not all(steps) or _ODD.search(path):
        raise BadPath(f'"{path}" is not a path. Write it like goal.decide_by.')
    if any(s.isdigit() for s in steps):
        raise BadPath("Entries of a list go by their id, not by number.")
    return steps


def _step(node: Any, step: str, path: str) -> Any:
    if isinstance(node, Items):
        if step not in node:
            raise Gone("This entry was removed on another page.")
        return node[step]
    if isinstance(node, dict):
        return node.get(step)
    if isinstance(node, CaseModel) and not isinstance(node, Own) and step in type(node).model_fields:
        return getattr(node, step)
    raise BadPath(f'A case has no place called "{path}".')


def _put(node: Any, steps: list[str], value: Any, path: str) -> Any:
    step, rest = steps[0], steps[1:]
    if isinstance(node, Items):
        item = _step(node, step, path)
        return node.with_item(_put(item, rest, value, path) if rest else _whole(type(item), value))
    if not isinstance(node, CaseModel) or isinstance(node, Own) or step not in type(node).model_fields:
        raise BadPath(f'A case has no place called "{path}".')
    held = getattr(node, step)
    if isinstance(held, dict) and rest:
        kind = typing.get_args(type(node).model_fields[step].annotation)[1]
        return node.model_copy(update={step: _put_in_dict(held, kind, rest, value, path)})
    if rest:
        return node.model_copy(update={step: _put(held, rest, value, path)})
    return node.model_copy(update={step: _fit(type(node), step, value)})


def _put_in_dict(held: dict[str, Any], kind: Any, steps: list[str], value: Any, path: str) -> dict[str, Any]:
    step, rest = steps[0], steps[1:]
    others = {k: v for k, v in held.items() if k != step}
    if kind is Own:
        own = (
            value
            if isinstance(value, Own)
            else held.get(step, Own()).model_copy(update={"value": _own(value), "said": ""})
        )
        return {**held, step: own} if own.words or own.value not in (None, "") else others
    if typing.get_origin(kind) is dict:
        inner = _put_in_dict(held.get(step, {}), typing.get_args(kind)[1], rest, value, path)
        return {**held, step: inner} if inner else others
    if rest:
        new = _put(held.get(step) or kind(), rest, value, path)
        return others if new == kind() else {**held, step: new}
    return others if value in (None, "") else {**held, step: _adapt(kind, value)}


def _replace(case: Case, parents: list[str], items: Items[Any]) -> Case:
    def go(node: CaseModel, steps: list[str]) -> CaseModel:
        if len(steps) == 1:
            return node.model_copy(update={steps[0]: items})
        return node.model_copy(update={steps[0]: go(getattr(node, steps[0]), steps[1:])})

    if len(parents) > 1 and isinstance(get(case, ".".join(parents[:-1])), Items):
        raise BadPath("A list inside an entry cannot be changed this way.")
    return typing.cast("Case", go(case, parents))


def _own(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    try:
        return [clean_text(v) for v in value] if isinstance(value, list | tuple) else clean_text(value)
    except ValueError as error:
        raise BadValue(str(error)) from None


def _fit(model: type[CaseModel], name: str, value: Any) -> Any:
    info = model.model_fields[name]
    if value is None or (isinstance(value, str) and not value.strip()) or value == []:
        return info.get_default(call_default_factory=True)
    return _checked(_adapter(model, name), value)


def _whole(model: type[BaseModel], value: Any) -> Any:
    return value if isinstance(value, model) else _checked(TypeAdapter(model), value or {})


def _adapt(kind: Any, value: Any) -> Any:
    return _checked(TypeAdapter(kind), value)


def _checked(adapter: TypeAdapter[Any], value: Any) -> Any:
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        raise BadValue(_sentence(error)) from None


def _sentence(error: ValidationError) -> str:
    """The field's own error message if it has one, else a generic one for choices. Never contains the value."""
    first = error.errors(include_input=False, include_url=False)[0]
    ours = first["type"] in ("day", "text", "long", "money", "number", "flag")
    return first["msg"] if ours else "Choose one of the answers shown here."


@functools.cache
def _adapter(model: type[CaseModel], name: str) -> TypeAdapter[Any]:
    info = model.model_fields[name]
    kind: Any = info.annotation
    for mark in info.metadata:
        kind = typing.Annotated[kind, mark]
    return TypeAdapter(kind)


@functools.cache
def _field_of(path: str) -> tuple[type[CaseModel], str]:
    """The model and field of a path; entry ids and grid keys are skipped."""
    model: type[CaseModel] = Case
    name = ""
    kind: Any = Case
    for step in split(path):
        if typing.get_origin(kind) is Items:
            kind = typing.get_args(kind)[0]
            if step not in kind.model_fields:
                continue  # an entry id
        if typing.get_origin(kind) is dict:
            kind = typing.get_args(kind)[1]
            continue
        if not (isinstance(kind, type) and issubclass(kind, CaseModel)) or step not in kind.model_fields:
            raise BadPath(f'A case has no place called "{path}".')
        model, name = kind, step
        kind = kind.model_fields[step].annotation
    return model, name


def _leaves(node: CaseModel, prefix: str, item: Item | None) -> Iterator[Leaf]:
    for name in type(node).model_fields:
        value = getattr(node, name)
        path = f"{prefix}{name}"
        words = words_for(type(node), name)
        if words is not None:
            yield Leaf(path, words, value, item)
        if isinstance(value, Items):
            for key, entry in value.items():
                yield from _leaves(entry, f"{path}.{key}.", entry)
        elif isinstance(value, CaseModel):
            yield from _leaves(value, f"{path}.", item)
        elif name == "viewed":
            for row, cells in value.items():
                for column, seen in cells.items():
                    yield from _leaves(seen, f"{path}.{row}.{column}.", item)

"""The wording of a field: question, hint, reason, and type of control. Knows pydantic and nothing of ours.

Each field that people fill in is declared with `asked(...)`; its wording is defined nowhere else. It may contain
`{you need|the patient needs}`: the left side addresses the patient, the right side someone who helps.
"""

from __future__ import annotations

import functools
import re
import types
import typing
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, Field
from pydantic.fields import FieldInfo

from . import field_types, partial_dates
from .choices import Choice, YesNo

Kind = Literal[
    "text",
    "long",
    "one",
    "many",
    "yesno",
    "date",
    "moment",
    "number",
    "money",
    "phone",
    "last4",
    "pick",
    "answer",
    "check",
    "scans",
]
Tier = Literal[0, 1, 2, 3]


@dataclass(frozen=True, slots=True)
class Words:
    """A field's wording and its privacy tier (0 none, 1 names a person, 2 health, 3 extra sensitive)."""

    question: str
    hint: str
    why: str
    short: str
    tier: Tier
    kind: Kind
    choices: tuple[tuple[str, str], ...]
    unknown: bool
    not_applicable: bool
    unit: str
    target: str
    several: bool
    aloud: bool
    source: bool
    choices_from: str = ""


def asked(
    question: str,
    default: Any = None,
    *,
    short: str,
    hint: str = "",
    why: str = "",
    tier: Tier = 2,
    kind: Kind | None = None,
    unknown: bool = False,
    not_applicable: bool = False,
    unit: str = "",
    target: str = "",
    aloud: bool = False,
    source: bool = False,
    choices_from: str = "",
) -> Any:
    """Declares a field with its wording.

    `short` names the answer in a summary. `target` is the list a pick refers to. `aloud` marks a number
    that is read out. `source` marks a field whose form asks who said it and when. `choices_from` names packs that
    have the choices: "conditions".
    """
    extra: dict[str, Any] = {
        "why": why,
        "short": short,
        "tier": tier,
        "kind": kind,
        "unknown": unknown,
        "not_applicable": not_applicable,
        "unit": unit,
        "target": target,
        "aloud": aloud,
        "source": source,
        "choices_from": choices_from,
    }
    return Field(default, title=question, description=hint, json_schema_extra=extra)


@functools.cache
def words_for(model: type[BaseModel], name: str) -> Words | None:
    """The wording of a model's field, or None for an internal field."""
    info = model.model_fields.get(name)
    if info is None or info.title is None or not isinstance(info.json_schema_extra, dict):
        return None
    extra = typing.cast("dict[str, Any]", dict(info.json_schema_extra))
    choice = choice_of(info)
    return Words(
        question=info.title,
        hint=info.description or "",
        why=extra["why"],
        short=extra["short"],
        tier=extra["tier"],
        kind=extra["kind"] or _kind(info),
        choices=tuple((c.value, c.words) for c in choice) if choice else (),
        unknown=extra["unknown"],
        not_applicable=extra["not_applicable"],
        unit=extra["unit"],
        target=extra["target"],
        several=_several(info),
        aloud=extra["aloud"],
        source=extra["source"],
        choices_from=extra["choices_from"],
    )


def _inner(info: FieldInfo) -> Any:
    """The field's type without `| None`."""
    kind = info.annotation
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        kind = next(a for a in typing.get_args(kind) if a is not type(None))
    return kind


def _several(info: FieldInfo) -> bool:
    return typing.get_origin(_inner(info)) is tuple


def choice_of(info: FieldInfo) -> type[Choice] | None:
    """The enum a field takes its value from, if it has one."""
    kind = _inner(info)
    if typing.get_origin(kind) is tuple:
        kind = typing.get_args(kind)[0]
    return kind if isinstance(kind, type) and issubclass(kind, Choice) else None


_MARKS: dict[Any, Kind] = {
    partial_dates.check_day: "date",
    partial_dates.check_maybe_day: "date",
    partial_dates.check_moment: "moment",
    field_types.read_money: "money",
    field_types.read_count: "number",
    field_types.read_flag: "check",
    field_types.read_last4: "last4",
    field_types.clean_text: "long",
}


def _kind(info: FieldInfo) -> Kind:
    choice = choice_of(info)
    if choice:
        return "many" if _several(info) else "yesno" if choice is YesNo else "one"
    kind = _inner(info)
    if _several(info):
        of = typing.get_args(kind)[0]
        return "scans" if isinstance(of, type) and issubclass(of, BaseModel) else "pick"
    marks = (
        [*info.metadata, *typing.get_args(kind)[1:]] if typing.get_origin(kind) is typing.Annotated else info.metadata
    )
    for mark in marks:
        func = getattr(mark, "func", None)
        if func in _MARKS:
            return _MARKS[func]
    return "text"


_TWO_VOICES = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")


def spoken(text: str, mode: str = "self", name: str = "") -> str:
    """The text addressed to this reader.

    >>> spoken("When {do you|does the patient} need to decide?", "caregiver", "Walter")
    'When does Walter need to decide?'
    """
    if mode == "self":
        return _TWO_VOICES.sub(r"\1", text)
    text = _TWO_VOICES.sub(r"\2", text)
    return text.replace("The patient", name).replace("the patient", name) if name else text

"""The schema of each block and of a whole document. Knows pydantic and how text is cleaned.

A key that is not listed here is rejected.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, get_args, get_type_hints

from pydantic import BeforeValidator, ConfigDict, Field, with_config
from typing_extensions import NotRequired, TypedDict  # noqa: UP035  (pydantic needs it below 3.12)

from .clean import clean, safe_link
from .marks import Mark

Tone = Literal["info", "goal", "warn"]
Paper = Literal["us-letter", "a4"]
TONES: tuple[str, ...] = get_args(Tone)
PAPERS: tuple[str, ...] = get_args(Paper)


def _clean(value: object) -> object:
    return clean(value) if isinstance(value, str) else value


def _link(value: object) -> object:
    return safe_link(value) if isinstance(value, str) else value


def _day(value: object) -> str:
    return dt.date.fromisoformat(str(value)).isoformat()


Text = Annotated[str, BeforeValidator(_clean)]
Link = Annotated[str, BeforeValidator(_link)]
Day = Annotated[str, BeforeValidator(_day)]
Count = Annotated[int, Field(ge=0, le=60)]
Language = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]

_exact = with_config(ConfigDict(extra="forbid"))


@_exact
class Run(TypedDict):
    t: Text
    b: NotRequired[bool]
    i: NotRequired[bool]
    code: NotRequired[bool]
    href: NotRequired[Link]
    mark: NotRequired[Mark]
    lang: NotRequired[Language]


Runs = list[Run]


@_exact
class Heading(TypedDict):
    k: Literal["heading"]
    level: Annotated[int, Field(ge=1, le=6)]
    c: Runs


@_exact
class Para(TypedDict):
    k: Literal["para"]
    c: Runs
    lines: NotRequired[bool]
    keep: NotRequired[bool]


@_exact
class Listing(TypedDict):
    k: Literal["list"]
    ordered: bool
    items: list[list[AnyBlock]]
    contents: NotRequired[bool]


@_exact
class CheckItem(TypedDict):
    done: bool
    c: Runs
    note: Runs


@_exact
class Checks(TypedDict):
    k: Literal["checks"]
    items: list[CheckItem]


@_exact
class Detail(TypedDict):
    label: Text
    c: Runs


@_exact
class Details(TypedDict):
    k: Literal["details"]
    items: list[Detail]


@_exact
class Callout(TypedDict):
    k: Literal["callout"]
    tone: Tone
    title: Runs
    blocks: list[AnyBlock]


@_exact
class Table(TypedDict):
    k: Literal["table"]
    caption: Runs
    columns: Annotated[list[Runs], Field(min_length=1)]
    rows: list[list[Runs]]
    widths: list[Annotated[float, Field(gt=0, le=1000)]]
    row_header: bool
    tall: NotRequired[bool]


@_exact
class Lines(TypedDict):
    k: Literal["lines"]
    n: Count
    label: Text
    fill: NotRequired[bool]
    date: NotRequired[Text]


@_exact
class Answer(TypedDict):
    k: Literal["answer"]
    question: Runs
    hint: Runs
    options: list[Text]
    n: Count
    large: NotRequired[bool]


@_exact
class Image(TypedDict):
    k: Literal["image"]
    data: Annotated[str, Field(pattern=r"^[A-Za-z0-9+/\s]*={0,2}\s*$")]
    alt: Annotated[Text, Field(min_length=1)]
    mime: Literal["image/png", "image/jpeg"]


@_exact
class Quote(TypedDict):
    k: Literal["quote"]
    blocks: list[AnyBlock]


@_exact
class Pre(TypedDict):
    k: Literal["pre"]
    t: Text


@_exact
class PageBreak(TypedDict):
    k: Literal["pagebreak"]


@_exact
class Pair(TypedDict):
    k: Literal["pair"]
    left: list[AnyBlock]
    right: list[AnyBlock]
    lang: Language


@_exact
class When(TypedDict):
    on: Day
    day: Text
    words: Text
    tone: Literal["deadline", "visit", "wait", "past"]


@_exact
class Timeline(TypedDict):
    k: Literal["timeline"]
    label: Text
    today: Day
    day: Text
    items: list[When]


AnyBlock = Annotated[
    Heading
    | Para
    | Listing
    | Checks
    | Details
    | Callout
    | Table
    | Lines
    | Answer
    | Image
    | Quote
    | Pre
    | PageBreak
    | Pair
    | Timeline,
    Field(discriminator="k"),
]
KINDS: frozenset[str] = frozenset(
    value
    for kind in get_args(get_args(AnyBlock)[0])
    for value in get_args(get_type_hints(kind, include_extras=True)["k"])
)


@_exact
class Letter(TypedDict):
    sender: list[Text]
    date: Text
    to: list[Text]


@_exact
class Document(TypedDict):
    title: Annotated[Text, Field(min_length=1)]
    subject: Text
    prepared: Text
    lang: Language
    paper: Paper
    footer: Text
    watermark: Text
    size: Annotated[float, Field(ge=8, le=24)]
    words: dict[str, Text]
    blocks: list[AnyBlock]
    letter: NotRequired[Letter]

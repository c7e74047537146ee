"""The exact shape of a document tree, checked before it is drawn. Knows pydantic and how text is cleaned.

A tree may come from a notebook that somebody changed, so nothing in it is taken on trust: unknown keys are
refused, text is cleaned once more, links that may not be followed are dropped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_type_hints

from pydantic import BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError, with_config
from typing_extensions import NotRequired, TypedDict  # noqa: UP035  (pydantic asks for it below 3.12)

from ..errors import CannotExport
from .clean import clean, safe_link

Tone = Literal["info", "goal", "warn"]
Paper = Literal["us-letter", "a4"]
TONES: tuple[str, ...] = get_args(Tone)
PAPERS: tuple[str, ...] = get_args(Paper)

INCHES: dict[str, tuple[float, float]] = {"us-letter": (8.5, 11.0), "a4": (8.27, 11.69)}
MOST_LEVELS = 8  # of blocks within blocks; Typst stops a deeper call


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


@_exact
class Listing(TypedDict):
    k: Literal["list"]
    ordered: bool
    items: list[list[AnyBlock]]


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
class Fact(TypedDict):
    label: Text
    c: Runs


@_exact
class Facts(TypedDict):
    k: Literal["facts"]
    items: list[Fact]


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
    | Facts
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
    above: list[AnyBlock]


@_exact
class Document(TypedDict):
    title: Annotated[Text, Field(min_length=1)]
    subject: Text
    prepared: Text
    lang: Language
    paper: Paper
    footer: Text
    mark: Text
    size: Annotated[float, Field(ge=8, le=24)]
    words: dict[str, Text]
    blocks: list[AnyBlock]
    letter: NotRequired[Letter]


@cache
def _adapter() -> TypeAdapter[Any]:
    return TypeAdapter(Document)


def check(doc: object) -> dict[str, Any]:
    """The document, cleaned, in the shape renderers rely on; CannotExport names the place of a mistake."""
    try:
        good: dict[str, Any] = _adapter().validate_python(doc)
    except (ValidationError, RecursionError) as error:
        raise CannotExport(_sentence(error)) from None
    if "letter" in good:
        _settle(good["letter"]["above"])
    _settle(good["blocks"])
    return good


def margin(doc: Mapping[str, Any]) -> float:
    """Inches left free at either side of the paper: a letter has more."""
    return 1.0 if "letter" in doc else 0.75


def signs(block: Mapping[str, Any]) -> bool:
    """Whether the block is room for a signature: one line with its label. It stays with the words above it."""
    return block["k"] == "lines" and block["n"] == 1 and bool(block["label"])


def _sentence(error: Exception) -> str:
    # Only the place and the kind of mistake: the text itself may be a patient's.
    if isinstance(error, ValidationError):
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        # A key that does not belong there may be anything at all, so it is not repeated.
        steps = first["loc"][:-1] if first["type"] == "extra_forbidden" else first["loc"]
        place = " → ".join(str(step + 1) if isinstance(step, int) else step for step in steps[:6])
        return f"This document cannot be made: something is wrong at {place or 'its start'} ({first['type']})."
    return "This document cannot be made: its parts lie too deep within one another."


def _settle(blocks: list[dict[str, Any]], level: int = 1, depth: int = 1) -> int:
    """Headings without words become paragraphs, no level of heading is skipped, rows fit their columns."""
    if depth > MOST_LEVELS:
        raise CannotExport("This document cannot be made: its parts lie too deep within one another.")
    for block in blocks:
        kind = block["k"]
        if kind == "heading":
            if not "".join(run["t"] for run in block["c"]).strip():
                words = block["c"]
                block.clear()
                block.update(k="para", c=words)
            else:
                level = block["level"] = max(2, min(block["level"], level + 1))
        elif kind == "table":
            count = len(block["columns"])
            block["widths"] = (block["widths"] + [1.0] * count)[:count]
            block["rows"] = [(row + [[]] * count)[:count] for row in block["rows"]]
        elif kind == "list":
            for item in block["items"]:
                level = _settle(item, level, depth + 1)
        elif kind == "pair":  # the two sides say the same, so the second begins where the first did
            _settle(block["left"], level, depth + 1)
            level = _settle(block["right"], level, depth + 1)
        elif "blocks" in block:
            level = _settle(block["blocks"], level, depth + 1)
    return level

"""The base classes of the case model. Knows pydantic, field types and choices."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from .choices import Evidence, Source
from .field_types import Flag, Line, Ref, Text
from .partial_dates import Day
from .words import asked


class CaseModel(BaseModel):
    """A frozen group of fields; a change creates a new one."""

    # An alias is the name in case files of a field that has been renamed in the code.
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        validate_default=False,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )


class Own(CaseModel):
    """An answer to a user-defined question, stored with the question's and the choice's wording."""

    words: Text = ""
    value: Any = None
    said: Text = ""
    kind: Line = "text"
    private: Flag = False
    readers: tuple[Line, ...] = ()  # of the summary, by name; empty for those who get such answers by default


class Provenance(CaseModel):
    """Who stated a value, when, and how it is known; stored at `path@`."""

    source: Source | None = asked("Who said this?", short="Said by")
    who: Line = asked("Their name, if you know it", "", short="Name", tier=1)
    on: Day | None = asked("When did they say it?", short="On", tier=1)
    how: Evidence | None = asked("How do you know the date?", short="Known from")


class Item(CaseModel):
    """One entry of a list, with an id unique in the case."""

    NOUN: ClassVar[str] = "entry"  # the noun for one such entry
    TITLE: ClassVar[tuple[str, ...]] = ()  # title fields; the first filled one names the entry

    id: str = Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")
    private: Flag = asked(
        "Keep this out of everything I share",
        False,
        short="Private",
        tier=3,
        hint="It stays out of documents.",
    )
    sensitive: Flag = asked(
        "This is extra sensitive",
        False,
        short="Sensitive",
        tier=3,
        hint="Such as mental health, substance use, HIV, pregnancy or genetics. It stays out of documents.",
    )
    own: dict[str, Own] = Field(default_factory=dict)


def title_of(item: Item) -> str:
    """The display name of an entry: its first filled title field, else its noun."""
    for name in item.TITLE:
        value = getattr(item, name)
        if value:
            return str(getattr(value, "words", value))
    return item.NOUN


__all__ = ["CaseModel", "Item", "Own", "Provenance", "Ref", "title_of"]

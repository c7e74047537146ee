"""What is in the way of a second opinion besides medicine, and who works on it."""

from __future__ import annotations

from typing import ClassVar

from .choices import Choice
from .field_types import Flag, Line
from .model import Item
from .words import asked


class BarrierKind(Choice):
    """The kind of a barrier."""

    MONEY = "money", "Money"
    TRANSPORT = "transport", "Getting there"
    LANGUAGE = "language", "Language"
    WORK = "work", "Time off work"
    CARE = "care_at_home", "Someone to care for at home"
    FEAR = "fear", "Fear"
    OTHER = "other", "Something else"


class Barrier(Item):
    """One thing that is in the way."""

    NOUN: ClassVar[str] = "barrier"
    TITLE: ClassVar[tuple[str, ...]] = ("kind", "what")

    kind: BarrierKind | None = asked("What is in the way?", short="Barrier")
    what: Line = asked("What would help?", "", short="What would help", hint="Such as: a ride on the day of the visit.")
    who: Line = asked("Who works on it?", "", short="Who works on it", tier=1)
    solved: Flag = asked("Solved", False, short="Solved", tier=0)

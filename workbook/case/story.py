"""What only the person can tell: worries, how the care has been, and what the records get wrong.

These are the parts of a Patient Story that the goal and the history do not have.
"""

from __future__ import annotations

from typing import ClassVar

from .choices import Choice
from .field_types import Line, Ref
from .model import Item
from .words import asked


class Worry(Item):
    """One worry."""

    NOUN: ClassVar[str] = "worry"
    TITLE: ClassVar[tuple[str, ...]] = ("text",)

    text: Line = asked(
        "What worries {you|the patient}?", "", short="Worry", hint="Such as: not waking up after surgery, or the cost."
    )


class Experience(Choice):
    """How something in the care went."""

    WELL = "went_well", "It went well"
    BADLY = "went_badly", "It went badly"


class CareExperience(Item):
    """One thing in the care so far that went well or badly."""

    NOUN: ClassVar[str] = "experience"
    TITLE: ClassVar[tuple[str, ...]] = ("text",)

    text: Line = asked(
        "What happened?", "", short="Experience", hint="Such as: the nurse called back the same day, and that helped."
    )
    how: Experience | None = asked("Did it go well or badly?", short="How it went")


class Correction(Item):
    """One mistake in the records, in the words of the person."""

    NOUN: ClassVar[str] = "mistake in the records"
    TITLE: ClassVar[tuple[str, ...]] = ("says",)

    says: Line = asked(
        "What do the records get wrong?", "", short="The records say", hint="Such as: it says that I smoke."
    )
    right: Line = asked("What is right?", "", short="What is right", hint="Such as: I never smoked.")
    record: Ref = asked("Which record says it?", "", short="Record", kind="pick", target="records.items")

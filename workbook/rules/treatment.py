"""How a sentence speaks of a treatment with a date: booked, planned as far as is known, or not booked yet.

Knows the slot of a goal, no case. A date that somebody only named is never called booked.
"""

from __future__ import annotations

from ..case.goal import HeldSlot, SlotState
from ..locale import N_, tr
from .wording import sentences

IS, WAS, STILL, BEFORE, LISTED, LITTLE_TIME = "is", "was", "still", "before", "listed", "little time"
_PLANNED = {
    IS: N_("A treatment is planned for {day}."),
    WAS: N_("A treatment was planned for {day}."),
    STILL: N_("A treatment is still planned for {day}."),
    BEFORE: N_("The treatment is planned before that, for {day}."),
    LISTED: N_("Treatment is planned: {day}."),
    LITTLE_TIME: N_("The treatment is planned for {day}, so little time is left to change it."),
}
_BOOKED = {
    IS: N_("A treatment is booked for {day}."),
    WAS: N_("A treatment was booked for {day}."),
    STILL: N_("A treatment is still booked for {day}."),
    BEFORE: N_("The treatment is booked before that, for {day}."),
    LISTED: N_("Treatment is booked: {day}."),
    LITTLE_TIME: N_("The treatment is booked for {day}, so little time is left to change it."),
}
_UNSURE = {
    IS: N_("A treatment may be on {day}."),
    WAS: N_("A treatment may have been on {day}."),
    STILL: N_("A treatment may still be on {day}."),
    BEFORE: N_("The treatment may be before that, on {day}."),
    LISTED: N_("The treatment may be on {day}."),
    LITTLE_TIME: N_("The treatment may be on {day}, so little time is left before it."),
}


def lead(slot: HeldSlot, day: str, how: str = IS) -> str:
    """One sentence, with the person's own words for the treatment where it is named for the first time."""
    said = _BOOKED if slot.state is SlotState.BOOKED else _UNSURE if slot.is_unsure else _PLANNED
    what = slot.what.strip().rstrip(".")
    when = f"{day}: {what}" if what and how in (IS, WAS, STILL) else day
    return tr(said[how]).format(day=when)


def told(slot: HeldSlot, day: str, how: str = IS) -> str:
    """The same, and that it is not booked yet if that was said."""
    return sentences(lead(slot, day, how), not_booked(slot))


def not_booked(slot: HeldSlot) -> str:
    """That it is not booked yet, if that was said."""
    return tr("It is not booked yet.") if slot.is_unsure else ""

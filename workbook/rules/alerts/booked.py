"""Alert of step 6 on a booked treatment that the decision cancels. Knows the view."""

from __future__ import annotations

from collections.abc import Iterator

from ...case.goal import SlotState
from ...case.partial_dates import earliest
from ...locale import tr
from ..context import View
from ..results import Alert, Level
from ..wording import sentences, words_of, yes
from .register import alert


@alert("A-39", step="compare")
def _still_booked(view: View) -> Iterator[Alert]:
    slot = view.held_slot
    if not yes(view.case.decision.cancels) or not (slot.what or slot.on):
        return
    day = earliest(slot.on)
    if day and day < view.today:
        return
    lead = tr("The decision cancels the treatment.")
    if slot.what:
        lead = tr("The decision cancels this treatment: {what}.").format(what=slot.what)
    is_booked = slot.state is SlotState.BOOKED
    still = tr("It is still booked.") if is_booked else tr("It may still be planned.")
    if slot.on:
        still = tr("It is still booked for {day}.") if is_booked else tr("It may still be planned for {day}.")
    text = sentences(lead, still.format(day=words_of(slot.on)))
    ask = tr("Call and cancel the treatment. Write down who confirmed it, and the date.")
    if slot.where:
        ask = tr("Call {where} and cancel it. Write down who confirmed it, and the date.").format(where=slot.where)
    yield Alert("A-39", Level.WARNING, "decision.cancels", text, ask, "A-39", day)

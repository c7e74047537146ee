"""An offer of a case from one advocate to another, and which answers it can still get. No store, no clock."""

from __future__ import annotations

from typing import ClassVar

from .choices import Choice
from .field_types import Flag, Line, Text
from .items import Items
from .model import Item
from .partial_dates import Day
from .words import asked


class OfferState(Choice):
    """How far an offer is. Only an offer without an answer can change."""

    OFFERED = "offered", "No answer yet"
    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Not accepted"
    WITHDRAWN = "withdrawn", "Replaced by a new offer"


class HandOver(Item):
    """One offer: from whom, to whom, when, and what came of it. It is in the case of both, with the same id."""

    NOUN: ClassVar[str] = "hand-over"
    TITLE: ClassVar[tuple[str, ...]] = ("offered_to",)

    offered_by: Line = asked("Who hands this workbook over?", "", short="Handed over by", tier=1)
    offered_to: Line = asked("Who is to take it over?", "", short="Offered to", tier=1)
    offered_on: Day | None = asked("When was it offered?", short="Offered on", tier=1)
    note: Text = asked("What should they know first?", "", short="Note with the hand-over", tier=3)
    with_private: Flag = asked("With private notes and entries", False, short="With what is private", tier=0)
    state: OfferState = asked("How far is it?", OfferState.OFFERED, short="Hand-over", tier=1)
    answered_by: Line = asked("Who answered?", "", short="Answered by", tier=1)
    answered_on: Day | None = asked("When did they answer?", short="Answered on", tier=1)
    reason: Text = asked("Why did they not take it?", "", short="Reason", tier=3)


class Outcome(Choice):
    """What an answer does to the offer it is for."""

    RECORDED = "recorded", "It counts"
    KNOWN = "known", "It is known already"
    TOO_LATE = "too_late", "The offer had another answer before, or was replaced"
    NO_OFFER = "no_offer", "There is no such offer in this case"


def with_offer(offers: Items[HandOver], new: HandOver) -> Items[HandOver]:
    """The offers with a new one. It replaces any that has no answer, so that only one person can accept."""
    for one in offers.values():
        if one.state is OfferState.OFFERED:
            offers = offers.with_item(one.model_copy(update={"state": OfferState.WITHDRAWN}))
    return offers.with_item(new)


def with_answer(offers: Items[HandOver], answer: HandOver) -> tuple[Items[HandOver], Outcome]:
    """The offers after an answer, unchanged if it does not count. The first answer to an offer is the one that counts.

    >>> kept, outcome = with_answer(Items(), HandOver(id="h1", state="accepted"))
    >>> len(kept), outcome.value
    (0, 'no_offer')
    """
    held = offers.get(answer.id)
    if held is None:
        return offers, Outcome.NO_OFFER
    if held.state is OfferState.OFFERED:
        told = {name: getattr(answer, name) for name in ("state", "answered_by", "answered_on", "reason")}
        return offers.with_item(held.model_copy(update=told)), Outcome.RECORDED
    same = (held.state, held.answered_by) == (answer.state, answer.answered_by)
    return offers, Outcome.KNOWN if same else Outcome.TOO_LATE

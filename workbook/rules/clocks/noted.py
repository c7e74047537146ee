"""A deadline that the person entered as it is. Knows the dates of a case."""

from __future__ import annotations

from ...case.partial_dates import exact, latest
from ...locale import tr
from ..context import View
from ..results import Certainty, Deadline
from ..wording import sentences, told_of


def noted(rule: str, about: str, value: str | None, text: str, more: str = "", *, booked: bool = True) -> Deadline:
    """A date that the person entered; a month or an approximate date counts as its last day and says so.

    `more` is what else the text says after its first sentence; what is not booked may still move.
    """
    sure = exact(value) is not None
    source = "" if sure else tr("Not an exact day")
    certainty = Certainty.NOT_BOOKED if not booked else Certainty.KNOWN if sure else Certainty.ESTIMATED
    return Deadline(rule, about, latest(value), sentences(text, more), certainty, source, booked=booked, lead=text)


def entered(view: View, value: str | None, text: str, past: str) -> str:
    """The sentence for a date that someone entered, or the other one once all of it has passed."""
    return told_of(latest(value), view.today, text, past)

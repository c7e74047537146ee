"""A deadline that the person entered as it is. Knows the dates of a case."""

from __future__ import annotations

from ...case.partial_dates import exact, latest
from ...locale import tr
from ..results import Certainty, Deadline


def noted(rule: str, about: str, value: str | None, text: str) -> Deadline:
    """A date that the person entered; a month or an approximate date counts as its last day and says so."""
    sure = exact(value) is not None
    source = "" if sure else tr("Not an exact day")
    return Deadline(rule, about, latest(value), text, Certainty.KNOWN if sure else Certainty.ESTIMATED, source)

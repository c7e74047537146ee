"""What the law says for this plan, or for records in this state, folded. Knows the derived status; no widgets."""

from __future__ import annotations

from ...locale import tr
from ..derived import derived
from ..handle import OpenCase
from . import alerts
from .base import View, draw

TOPICS = ("plan", "records")


def viewing(topic: str) -> View:
    """A view of the facts on one of the topics; nothing if none applies."""

    def view(handle: OpenCase) -> str:
        if not handle.bound:
            return ""
        from ...rules import own_law

        known = derived(handle)
        found = own_law.for_plan(known.view) if topic == "plan" else own_law.for_records(known.view)
        if not found:
            return ""
        title = tr("What the law says for this plan") if topic == "plan" else tr("What your state's law says")
        return draw("rights", title=title, topic=topic, facts=[alerts.source(fact, known) for fact in found])

    return view

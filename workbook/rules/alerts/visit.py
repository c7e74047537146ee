"""Alerts of step 5, and on the dates and facts that everything depends on. Knows the view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...case.partial_dates import latest
from ...locale import tr
from .. import questions
from ..clocks.deadlines import deadlines
from ..context import View
from ..results import Alert, Deadline, Level
from ..wording import say, sentences
from .register import alert

FRESH = 30  # days before the visit in which the lists should be confirmed
TOP = 3


@alert("A-22", step="visit")
def _questions(view: View) -> Iterator[Alert]:
    visit = view.booked
    if visit:
        plan = questions.fit(view, visit)
        about = "visit.questions"
        if plan.is_over:
            text = tr(
                "The questions take about {minutes} minutes, and there is room for {room}. Some would not be asked."
            ).format(minutes=plan.minutes, room=plan.room)
            ask = tr("Save some questions for later. You can send them through the portal.")
            if plan.top < TOP:
                ask = tr("Choose your top three, and save some of the others for later.")
            yield Alert("A-22", Level.WARNING, about, text, ask, "A-22", visit.day)
        elif plan.top < TOP:
            text = tr(
                "The top three questions are not marked. If time runs out, the ones that matter most may be lost."
            )
            yield Alert("A-22", Level.WARNING, about, text, tr("Choose your top three."), "A-22", visit.day)


@alert("A-23", step="visit")
def _lists(view: View) -> Iterator[Alert]:
    visit, health = view.next_visit, view.case.health
    if visit is None:
        return
    medicines = latest(health.medications_confirmed_on)
    allergies = latest(health.allergies_confirmed_on) or medicines
    old = [d for d in (medicines, allergies) if d is None or (visit.day - d).days > FRESH]
    if not old:
        return
    checked = [d for d in old if d is not None]
    if None in old:
        text = tr(
            "It is not noted when the medicine and allergy lists were last checked. The clinic wants recent ones."
        )
    else:
        days = (visit.day - min(checked)).days
        text = tr(
            "At the visit, the list of medicines or allergies will be {days} days old. The clinic wants a recent one."
        ).format(days=days)
    ask = tr("Check the lists against the bottles, and note the day.")
    about = "health.medications_confirmed_on" if medicines in old else "health.allergies_confirmed_on"
    yield Alert("A-23", Level.WARNING, about, text, ask, "A-23", visit.day)


@alert("A-32", step="home")
def _facts(view: View) -> Iterator[Alert]:
    return on_facts(view, view.once(deadlines)[0])


def on_facts(view: View, deadlines: Iterable[Deadline]) -> Iterator[Alert]:
    """A-32: facts past their review date that this case relies on."""
    used = {d.fact for d in deadlines if d.fact}
    paid_on = view.next_visit.day if view.next_visit else view.today  # no visit yet: use today
    deductible = view.facts.clock("medicare.deductible", paid_on, view.family)
    if deductible and view.family == "medicare":
        used.add(deductible.id)
    for key in sorted(used):
        fact = view.facts.get(key)
        if fact and view.today > fact.review_by:
            text = sentences(
                tr("This rule was last checked on {day}, and may have changed.").format(day=say(fact.retrieved_on)),
                fact.words,
            )
            yield Alert(
                "A-32", Level.WARNING, key, text, tr("Check the source, or ask, before you rely on it."), "A-32"
            )

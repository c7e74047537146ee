"""Alerts of step 5, and on the dates and facts that everything depends on. Knows the view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...case.partial_dates import latest
from ...locale import plural, tr
from .. import questions
from ..clocks.deadlines import deadlines
from ..context import View, Visit
from ..results import Alert, Deadline, Level
from ..wording import say, sentences
from .register import alert

FRESH = 30  # days before the visit in which the lists should be confirmed
EARLY = 14  # days before the visit from which questions and lists are worth a word: before, other things matter more
NEAR = 7  # days before the visit from which they are something to do
TOP = 3


def _level(view: View, visit: Visit) -> Level:
    return Level.WARNING if (visit.day - view.today).days <= NEAR else Level.INFO


def _is_early(view: View, visit: Visit) -> bool:
    """Whether the visit is so far ahead that questions and lists can wait."""
    return (visit.day - view.today).days > EARLY


@alert("A-22", step="visit")
def _questions(view: View) -> Iterator[Alert]:
    visit = view.next_visit
    if visit and not view.is_decided and not _is_early(view, visit):
        plan = questions.fit(view, visit)
        about = "visit.questions"
        if plan.is_over:
            text = tr(
                "Your questions take about {minutes} minutes, and the visit has room for about {room}. "
                "That is common. Those at the top come first."
            ).format(minutes=plan.minutes, room=plan.room)
            ask = tr("You can keep some for later, and send them through the portal.")
            if plan.top < TOP:
                ask = tr("When you have a few minutes, choose your top three. The others can wait.")
            yield Alert("A-22", _level(view, visit), about, text, ask, "A-22", visit.day)
        elif plan.top < TOP:
            text = tr("Visits are often short. It helps to know which three questions matter most to you.")
            ask = tr("When you have a few minutes, choose your top three.")
            yield Alert("A-22", _level(view, visit), about, text, ask, "A-22", visit.day)


@alert("A-23", step="visit")
def _lists(view: View) -> Iterator[Alert]:
    visit, health = view.next_visit, view.case.health
    if visit is None or view.is_decided or _is_early(view, visit):
        return
    medicines = latest(health.medications_confirmed_on)
    allergies = latest(health.allergies_confirmed_on) or medicines
    old = [d for d in (medicines, allergies) if d is None or (visit.day - d).days > FRESH]
    if not old:
        return
    checked = [d for d in old if d is not None]
    text = tr("The clinic will ask about medicines and allergies. Lists from the last weeks make that easy.")
    if None not in old:
        text = tr(
            "The list of medicines or allergies was last checked on {day}. The clinic may ask if it is still right."
        ).format(day=say(min(checked)))
    ask = tr("Before the visit, look at the bottles and check the lists. Write down the date.")
    about = "health.medications_confirmed_on" if medicines in old else "health.allergies_confirmed_on"
    yield Alert("A-23", _level(view, visit), about, text, ask, "A-23", visit.day)


@alert("A-32", step="home")
def _facts(view: View) -> Iterator[Alert]:
    return on_facts(view, view.once(deadlines)[0])


def on_facts(view: View, deadlines: Iterable[Deadline]) -> Iterator[Alert]:
    """A-32: one line for all facts past their review date that this case relies on."""
    used = {d.fact for d in deadlines if d.fact}
    paid_on = view.next_visit.day if view.next_visit else view.today  # no visit yet: use today
    deductible = view.facts.clock("medicare.deductible", paid_on, view.family)
    if deductible and view.family == "medicare":
        used.add(deductible.id)
    old = [fact for key in sorted(used) if (fact := view.facts.get(key)) and view.today > fact.review_by]
    if not old:
        return
    checked = say(min(fact.retrieved_on for fact in old))
    text = plural(
        "1 rule behind these dates is due for a check.", "{n} rules behind these dates are due for a check.", len(old)
    )
    since = tr("The oldest check was on {day}, so a date may have changed.").format(day=checked)
    ask = tr("Before you rely on one of these dates, ask.")
    rules = f"A-32, {', '.join(f.id for f in old)}"
    yield Alert("A-32", Level.INFO, old[0].id, sentences(text, since), ask, rules)

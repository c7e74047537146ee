"""Every date of a case in one list: what is counted, what was written down, what is to do. Knows the view.

The first page, the page of all dates, the picture and the lists of a practice all read this list, so that no date is
in one of them and missing in another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..case import Item, get
from ..case.partial_dates import exact, latest
from ..locale import tr
from .clocks.deadlines import passed_unbooked
from .context import View
from .own_steps import letters_to_send
from .results import Certainty, Deadline, Status
from .wording import capital, words_of

LETTER, PUT_OFF, TASK, STEP = "letter", "put-off", "task", "tie-breaker"
ARRIVAL, FIRST_VISIT, PLANNED = "arrival", "first-visit", "planned"
TO_DO = (LETTER, PUT_OFF, TASK, STEP)


@dataclass(frozen=True, slots=True)
class Dated:
    """One date: its day, the rule or the kind of entry it comes from, the path, and what it says."""

    on: dt.date
    rule: str
    about: str
    text: str
    label: str = ""  # two or three words for the picture; "" where the rule has its own
    why: str = ""
    certainty: Certainty = Certainty.KNOWN
    private: bool = False  # the person's own entry, which the first page does not put forward
    line: Deadline | None = None  # as it was counted
    is_event: bool = False
    hard: bool = True

    @property
    def is_to_do(self) -> bool:
        """Whether the text says what to do, and no day."""
        return self.rule in TO_DO


def every_date(view: View, status: Status) -> tuple[Dated, ...]:
    """All dates in order; of one day, those that are counted come first."""
    found = [*_counted(view, status), *_to_do(view, status), *_written_down(view)]
    return tuple(sorted(found, key=lambda one: (one.on, one.line is None)))


def next_of(dates: Iterable[Dated], today: dt.date) -> Dated | None:
    """The first exact day from today on that counts; what was put off and a letter to send have no day of their own."""
    for one in dates:
        if one.on < today or one.private or one.rule in (LETTER, PUT_OFF):
            continue
        if one.line.is_shown_first if one.line else one.certainty is Certainty.KNOWN:
            return one
    return None


def _counted(view: View, status: Status) -> Iterator[Dated]:
    for line in status.deadlines:
        if line.due:
            yield Dated(
                line.due,
                line.rule,
                line.about,
                line.text,
                certainty=line.certainty,
                line=line,
                is_event=line.is_event,
                hard=line.hard,
            )
    for over in status.ended:
        if over.rule == "visit" and over.due and passed_unbooked(get(view.case, over.about), view.today):
            label = tr("Visit, not booked yet")
            sure = Certainty.NOT_BOOKED
            yield Dated(over.due, over.rule, over.about, over.why, label, certainty=sure, is_event=True)


def _to_do(view: View, status: Status) -> Iterator[Dated]:
    for step in status.put_off:
        if step.until:
            yield Dated(step.until, PUT_OFF, step.about, step.do, tr("Put off until then"), tr("This was put off."))
    for step in letters_to_send(view, status.put_off):
        yield Dated(view.today, LETTER, step.about, step.do, tr("Letter to send"), step.why)
    for task in view.case.tasks.values():
        if not task.finished:
            yield from _own(view, TASK, f"tasks.{task.id}", task, task.due, task.what)
    if not view.is_decided:
        for one in view.case.compare.tie_breaker.values():
            if not one.finished:
                yield from _own(view, STEP, f"compare.tie_breaker.{one.id}", one, one.due, one.text)


def _own(view: View, rule: str, about: str, item: Item, day: str | None, text: str) -> Iterator[Dated]:
    on, is_hidden = latest(day), item.private or item.sensitive
    if on:
        words = "" if is_hidden else text
        sure = Certainty.KNOWN if exact(day) else Certainty.ESTIMATED
        label = tr("To do")
        yield Dated(on, rule, about, words or tr("Something to do"), label, certainty=sure, private=item.private)


def _written_down(view: View) -> Iterator[Dated]:
    """Days to come that no rule counts; each is gone once what it waits for is there."""
    case = view.case
    for record in case.records.items.values():
        if not record.is_here:
            text = tr("{name} should arrive by {day}.")
            yield from _coming(view, ARRIVAL, f"records.items.{record.id}", record, record.expected_on, text)
    booked = {one.clinician for one in case.visit.appointments.values() if one.start}
    for who in case.clinicians.values():
        if who.id not in booked and who.id not in view.seen_by_two:
            text = tr("The first visit that {name} offered is on {day}.")
            yield from _coming(view, FIRST_VISIT, f"clinicians.{who.id}", who, who.first_date, text)
    for asked in case.insurance.estimates.values():
        text = tr("A visit or treatment with a cost estimate is planned for {day}.")
        yield from _coming(view, PLANNED, f"insurance.estimates.{asked.id}", asked, asked.scheduled_for, text)


def _coming(view: View, rule: str, about: str, item: Item, day: str | None, text: str) -> Iterator[Dated]:
    on = latest(day)
    if on and on >= view.today:
        labels = {ARRIVAL: tr("Record expected"), FIRST_VISIT: tr("First visit offered"), PLANNED: tr("Planned")}
        sure = Certainty.KNOWN if exact(day) else Certainty.ESTIMATED
        words = capital(text.format(name=view.name(item), day=words_of(day)))
        yield Dated(on, rule, about, words, labels[rule], certainty=sure, private=item.private)

"""The case as of one date, with values shared by several rules: the visit, the cut-off, display names.

Knows the case and the facts; no clock: the day is an argument. Names of private or sensitive entries never leave it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from ..case import Case, Choice, Item, Items, Mode, first_name
from ..case.clinicians import Clinician, ClinicianRole
from ..case.coverage import Denial, PriorAuth, Referral
from ..case.goal import HeldSlot
from ..case.log import Note
from ..case.opinions import Opinion
from ..case.partial_dates import earliest, exact
from ..case.records import Need, RecordItem, RecordState
from ..case.visit import OFF, Appointment, VisitState
from ..law import Facts
from ..locale import tr
from .as_of import Slip, read
from .cut_off_rule import day_before
from .plan_families import FAMILIES
from .record_names import ready_name

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Visit:
    """One dated appointment for the second or third opinion."""

    appointment: Appointment
    day: dt.date
    clinician: Clinician | None

    @property
    def path(self) -> str:
        """The path of the appointment."""
        return f"visit.appointments.{self.appointment.id}"

    @property
    def cut_off_rule(self) -> str:
        """The clinic's rule for records as noted with the visit, or else with the clinician."""
        return self.appointment.cut_off_rule or (self.clinician.cut_off_rule if self.clinician else "")


def _starts(visit: Visit) -> dt.datetime | dt.date:
    """When the visit starts: with its time if that is noted, for a rule in hours."""
    start = visit.appointment.start or ""
    return dt.datetime.fromisoformat(start) if "T" in start and exact(start) else visit.day


class View:
    """A case as known on one day, with the facts."""

    case: Case
    slips: tuple[Slip, ...]  # dates removed from the case because they cannot be true yet

    def __init__(self, case: Case, facts: Facts, today: dt.date) -> None:
        self.case, self.slips = read(case, today)
        self.facts = facts
        self.today = today
        self._once: dict[Callable[[View], Any], Any] = {}

    def once(self, work: Callable[[View], T]) -> T:
        """The function's result for this view, cached."""
        if work not in self._once:
            self._once[work] = work(self)
        found: T = self._once[work]
        return found

    @property
    def is_decided(self) -> bool:
        """Whether the decision of this case has been made."""
        return bool(self.case.decision.what or self.case.decision.on)

    def is_of_former_plan(self, item: PriorAuth | Referral | Denial) -> bool:
        """Whether an approval, a denial or a referral belongs to a plan that is no longer the current one."""
        now = self.case.insurance.plan.type
        return item.plan is not None and now is not None and item.plan is not now

    @property
    def is_settled(self) -> bool:
        """Whether it is decided and no visit is ahead: a visit that somebody still goes to has to be prepared."""
        return self.is_decided and self.next_visit is None

    @property
    def is_over(self) -> bool:
        """Whether no visit is ahead, and it is decided or the visits have taken place: coverage and records rest."""
        return self.is_settled or (bool(self.visits) and self.next_visit is None)

    def cite(self, alert: str, on: dt.date, *facts: str) -> str:
        """The sources of an alert: its id, and each rule in the version in force on the day of the event."""
        found = (self.facts.in_force(key, on) for key in facts)
        return ", ".join([alert, *(fact.id for fact in found if fact)])

    # people and names

    @cached_property
    def patient(self) -> str:
        """How a sentence refers to the patient; "you" if the reader is the patient."""
        return tr("you") if self.case.mode is Mode.SELF else first_name(self.case) or tr("the patient")

    def name(self, item: Item | None, fallback: str = "") -> str:
        """The entry's name for a sentence; only its noun if it is private or sensitive."""
        if item is None:
            return fallback or tr("this entry")
        if item.private or item.sensitive:
            return fallback or tr("a private {noun}").format(noun=tr(item.NOUN))
        if isinstance(item, RecordItem) and (ready := ready_name(item)):
            return ready
        title = next((value for field in item.TITLE if (value := getattr(item, field))), None)
        if title is None:
            return tr(item.NOUN)
        return tr(title.words) if isinstance(title, Choice) else str(title)

    def entry(self, path: str) -> tuple[str, bool]:
        """The name of the entry that contains the path, and whether it is private; "" outside an entry."""
        node: Any = self.case
        for step in path.split("."):
            node = node.get(step) if isinstance(node, dict | Items) else getattr(node, step, None)
            if isinstance(node, Note):  # its name repeats its contents
                return tr(node.NOUN), True
            if isinstance(node, Item):
                return self.name(node), node.private or node.sensitive
        return "", False

    def field(self, item: Item | None, field: str, fallback: str) -> str:
        """A text field of an entry, or the given fallback if it is empty or the entry is private."""
        value = "" if item is None or item.private or item.sensitive else getattr(item, field)
        return str(value) or fallback

    def clinician(self, key: str, fallback: str | None = None) -> str:
        """The clinician's name for a sentence."""
        who = self.case.clinicians.get(key)
        return self.field(who, "name", "") or self.field(
            who, "facility", tr("the clinician") if fallback is None else fallback
        )

    def who_of(self, item: Appointment | Opinion) -> str:
        """The clinician of a visit or an opinion for a sentence; not named if the entry is private or sensitive."""
        return tr("the clinician") if item.private or item.sensitive else self.clinician(item.clinician)

    @cached_property
    def first(self) -> Clinician | None:
        """The clinician of the first opinion."""
        return self._by_role(ClinicianRole.FIRST)

    @cached_property
    def second(self) -> Clinician | None:
        """The clinician of the second opinion."""
        return self._by_role(ClinicianRole.SECOND)

    def _by_role(self, role: ClinicianRole) -> Clinician | None:
        return next((c for c in self.case.clinicians.values() if c.role is role), None)

    # visits

    @cached_property
    def visits(self) -> tuple[Visit, ...]:
        """All dated visits for the second or third opinion, earliest first; without those that passed unbooked."""
        found = []
        for item in self.case.visit.appointments.values():
            day, who = earliest(item.start), self.case.clinicians.get(item.clinician)
            other = who is not None and who.role not in (None, ClinicianRole.SECOND, ClinicianRole.THIRD)
            passed = item.is_unsure and day is not None and day < self.today  # it never was a visit
            if day and not other and not passed and item.state not in OFF:
                found.append(Visit(item, day, who))
        return tuple(sorted(found, key=lambda v: v.day))

    def is_done(self, visit: Visit) -> bool:
        """Whether the visit has taken place."""
        return visit.day < self.today or (visit.appointment.state is VisitState.DONE and visit.day <= self.today)

    @cached_property
    def next_visit(self) -> Visit | None:
        """The next visit that has not taken place."""
        return next((v for v in self.visits if not self.is_done(v)), None)

    @cached_property
    def booked(self) -> Visit | None:
        """The next visit that is booked."""
        return next((v for v in self.visits if not self.is_done(v) and not v.appointment.is_unsure), None)

    def cut_offs(self, visit: Visit) -> tuple[dt.date | None, dt.date | None]:
        """The last day for records as entered, and as computed from the clinic's rule."""
        return earliest(visit.appointment.cut_off), day_before(_starts(visit), visit.cut_off_rule)

    @cached_property
    def cut_off(self) -> dt.date | None:
        """The last day for records before the next visit."""
        entered, ruled = self.cut_offs(self.next_visit) if self.next_visit else (None, None)
        return entered or ruled

    @property
    def days_to_cut_off(self) -> int | None:
        """Days until the cut-off; None if none is ahead."""
        if self.cut_off is None or self.cut_off < self.today:
            return None
        return (self.cut_off - self.today).days

    def clinic(self) -> str:
        """The clinic that needs the records, for a sentence."""
        return (
            self.clinician(self.next_visit.appointment.clinician, tr("the clinic"))
            if self.next_visit
            else tr("the clinic")
        )

    # records and plan

    @cached_property
    def open_items(self) -> tuple[RecordItem, ...]:
        """Required records not in hand, without those that do not exist or do not matter."""
        return tuple(
            r
            for r in self.case.records.items.values()
            if r.need in (None, Need.REQUIRED) and not r.is_here and r.state is not RecordState.NONE
        )

    @cached_property
    def held_slot(self) -> HeldSlot:
        """The treatment that is booked; an empty one if it was canceled."""
        slot = self.case.goal.held_slot
        return HeldSlot() if slot.canceled_on else slot

    @cached_property
    def family(self) -> str:
        """The plan family; "" if we know none."""
        kind = self.case.insurance.plan.type
        return FAMILIES.get(kind, "") if kind else ""

    @cached_property
    def seen_by_two(self) -> tuple[str, ...]:
        """The clinicians whose opinions are in, in order of their opinions."""
        known = self.case.clinicians
        return tuple(dict.fromkeys(o.clinician for o in self.case.opinions.values() if o.clinician in known))

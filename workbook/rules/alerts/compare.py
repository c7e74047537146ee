"""Alerts of step 6: gaps, pending results, spoken opinions, disagreement. Knows the view.

Nothing here judges which opinion is right; the person classifies agreement, the rules check that records match.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...case import YesNo
from ...case.clinicians import ClinicianRole
from ...case.goal import Reversible, Stakes
from ...case.health import ABSENT
from ...case.opinions import AgreementClass, Moment3, OpinionForm, Readiness, ThirdOpinion
from ...case.partial_dates import earliest
from ...case.records import Need, RecordItem, RecordState
from ...content import can_change_plan
from ...locale import N_, tr
from ..context import View
from ..results import NOT_THERE, Alert, Gap, Level
from ..same_records import gaps, matrix
from ..same_records import gaps as find_gaps
from ..wording import listed, say, sentences
from .register import alert

HEARD_DAYS = 14
_NOT_IN_HAND = (
    *(RecordState.PENDING, RecordState.NONE, RecordState.TO_REQUEST, None),
    *(RecordState.REQUESTED, RecordState.ACKNOWLEDGED, RecordState.PARTLY),
)


def _uneven(view: View) -> list[Gap]:
    """What one clinician has seen and another has not; records that do not exist yet belong to A-27."""
    return [gap for gap in view.once(gaps) if gap.how != NOT_THERE]


@alert("A-24", step="compare")
def _seen(view: View) -> Iterator[Alert]:
    yield from _gaps(view, _uneven(view))
    yield from _unnoted(view)


@alert("A-26", step="compare")
def _think_of_a_third(view: View) -> Iterator[Alert]:
    if not _uneven(view) and not any(_pending(view)) and wants_third(view) and have_seen_the_same(view):
        yield _third(view)


def _gaps(view: View, gaps: list[Gap]) -> Iterator[Alert]:
    if not gaps or view.is_decided:
        return
    lacks: dict[str, list[str]] = {}
    for gap in gaps:
        who = view.clinician((gap.clinician or "").removeprefix("clinicians."))
        lacks.setdefault(who, []).append(view.name(view.case.records.items[gap.item.removeprefix("records.items.")]))
    lines = [
        tr("Not seen by {who}, or not known: {list}.").format(who=who, list=listed(items))
        for who, items in lacks.items()
    ]
    yield Alert(
        "A-24",
        Level.BLOCKER if is_third_planned(view) else Level.WARNING,
        "viewed",
        tr("The two clinicians have not seen the same records. That alone can make opinions differ."),
        tr("Send each clinician what they have not seen. Ask each one to add a note to their opinion (an addendum)."),
        "A-24",
        more=sentences(*lines),
    )


def _unnoted(view: View) -> Iterator[Alert]:
    """A-24 where opinions differ and nobody has noted who saw what: unknown is not the same."""
    differ = AgreementClass.DIFFERENT in (view.case.compare.diagnosis_class, view.case.compare.treatment_class)
    if view.is_decided or not differ or len(view.seen_by_two) < 2 or matrix(view):
        return
    yield Alert(
        "A-24",
        Level.BLOCKER if is_third_planned(view) else Level.WARNING,
        "viewed",
        tr(
            "The two opinions differ. This workbook does not say yet which records each clinician has seen. One "
            "of them may not have had everything."
        ),
        tr("Ask each office which records and images they had. Write the answers here."),
        "A-24",
    )


def have_seen_the_same(view: View) -> bool:
    """Whether at least one record is known to be seen by each, and none by one more completely than by another."""
    rows = [row for row in matrix(view) if row.there]
    return bool(rows) and not any(gap.how != NOT_THERE for gap in find_gaps(view))


def is_third_planned(view: View) -> bool:
    """Whether a third opinion is requested or booked."""
    third = [c.id for c in view.case.clinicians.values() if c.role is ClinicianRole.THIRD]
    booked = any(a.clinician in third for a in view.case.visit.appointments.values() if a.clinician)
    return booked or view.case.compare.third_opinion is ThirdOpinion.THIRD


@alert("A-25", step="compare")
def _heard(view: View) -> Iterator[Alert]:
    for opinion in view.case.opinions.values():
        day = earliest(opinion.on)
        written = opinion.form is OpinionForm.WRITTEN or bool(opinion.written_on)
        if day and not written and (view.today - day).days >= HEARD_DAYS:
            who = view.who_of(opinion)
            yield Alert(
                "A-25",
                Level.WARNING,
                f"opinions.{opinion.id}",
                tr("What {who} said on {day} is not in writing yet. Other offices cannot use it.").format(
                    who=who, day=say(day)
                ),
                tr("Ask the office of {who} for the visit note.").format(who=who),
                "A-25",
            )


@alert("A-47", step="compare")
def _unread(view: View) -> Iterator[Alert]:
    """A-47: a written opinion is here, and nothing of what it says is noted."""
    if view.is_decided:
        return
    items = view.case.records.items
    for opinion in view.case.opinions.values():
        report = items.get(opinion.report_item)
        is_here = opinion.form is OpinionForm.WRITTEN or opinion.written_on or (report is not None and report.is_here)
        if not is_here or opinion.diagnosis or opinion.recommended:
            continue
        who = view.who_of(opinion)
        yield Alert(
            "A-47",
            Level.WARNING,
            f"opinions.{opinion.id}",
            tr(
                "You have the written opinion from {who}, but what it says is not in this "
                "workbook yet. It may say something new."
            ).format(who=who),
            tr("Read the opinion from {who} with someone you trust, and write down what it says.").format(who=who),
            "A-47",
        )


@alert("A-27", step="compare")
def _pending(view: View) -> Iterator[Alert]:
    if view.is_decided:
        return
    for item in view.case.records.items.values():
        if item.state not in _NOT_IN_HAND or item.is_here or item.need is Need.NOT_RELEVANT:
            continue
        said = item.can_change_plan.said_by or item.can_change_plan.on
        if not said and not (item.state is RecordState.PENDING and _by_table(view, item)):
            continue
        who = tr("A clinician") if hidden(item) else item.can_change_plan.said_by or tr("A clinician")
        source = (
            tr("{who} said it could change the plan.").format(who=who)
            if said
            else tr("A result like this can change the plan.")
        )
        yield Alert(
            "A-27",
            Level.BLOCKER,
            f"records.items.{item.id}",
            sentences(tr("This result is still open: {name}.").format(name=view.name(item)), source),
            tr("Ask when this result will be ready, and if the decision can wait for it: {name}.").format(
                name=view.name(item)
            ),
            "A-27",
        )


def hidden(item: RecordItem) -> bool:
    """Whether the entry's text must not be displayed."""
    return item.private or item.sensitive


def _by_table(view: View, item: RecordItem) -> bool:
    """Whether a table lists this result as one that can change the plan in this illness."""
    if can_change_plan(item.title, view.case.goal.conditions):
        return True
    words = f"{item.kind.value if item.kind else ''} {item.title}".casefold()
    problems = [p for p in view.case.health.problems.values() if p.certainty not in ABSENT]
    illness = " ".join([*(p.label for p in problems), *(c.specialty for c in view.case.clinicians.values())]).casefold()
    return any(
        any(w in words for w in fact.applies_to) and any(w in illness for w in str(fact.value).split("|"))
        for fact in view.facts.all_of("plan_changing", view.today)
    )


def wants_third(view: View) -> bool:
    """Whether nothing is decided, treatments differ and the person says that much depends on it."""
    if view.is_decided:
        return False
    goal = view.case.goal
    much = goal.stakes is Stakes.HIGH or goal.reversible is Reversible.NO
    return view.case.compare.treatment_class is AgreementClass.DIFFERENT and much and len(view.seen_by_two) > 1


def _third(view: View) -> Alert:
    medicare = ""
    if view.family == "medicare":  # M-1, M-2: surgery and other major procedures, not every difference
        medicare = tr(
            "If it is about surgery or another major procedure, Medicare helps pay when the first two differ. "
            "For other care, ask 1-800-MEDICARE first."
        )
    return Alert(
        "A-26",
        Level.WARNING,
        "compare.third_opinion",
        tr(
            "Of the records listed here, both have seen the same ones, but they advise different treatments. A "
            "lot is at stake."
        ),
        sentences(tr("Think about a third opinion."), medicare),
        "A-26" + (", M-1, M-2" if medicare else ""),
    )


_UNMET = {
    "know": N_("what each choice would mean"),
    "weighing": N_("which effects matter most"),
    "support": N_("enough help to decide"),
    "sure": N_("which choice feels right"),
}
_ORDER = (None, Moment3.BEFORE, Moment3.AFTER, Moment3.AFTER_TIE)


@alert("A-28", step="compare")
def _readiness(view: View) -> Iterator[Alert]:
    answered = [r for r in view.case.compare.readiness.values() if any(getattr(r, k) for k in _UNMET)]
    if not answered:
        return
    last: Readiness = max(answered, key=lambda r: (_ORDER.index(r.moment), earliest(r.on) or view.today))
    unmet = [tr(words) for key, words in _UNMET.items() if getattr(last, key) is not YesNo.YES]
    if unmet:
        yield Alert(
            "A-28",
            Level.INFO,
            f"compare.readiness.{last.id}",
            tr("Not clear yet: {list}. It is fine to ask more before choosing.").format(list=listed(unmet)),
            tr("Bring up these points the next time you talk with a clinician."),
            "A-28",
        )


@alert("A-31", step="compare")
def _first_shown(view: View) -> Iterator[Alert]:
    if view.case.records.show_first_conclusion is YesNo.NO:
        for sent in view.case.records.sent.values():
            if sent.showed_first_conclusion is YesNo.YES:
                text = tr("A packet showed what the first clinician concluded. The plan was to leave that out.")
                ask = tr("Write that down in the comparison. The first opinion may influence the second.")
                yield Alert(
                    "A-31", Level.INFO, f"records.sent.{sent.id}", text, ask, view.cite("A-31", view.today, "E-9")
                )


@alert("A-33", step="compare")
def _untold(view: View) -> Iterator[Alert]:
    if not view.is_decided:
        return
    told = {t.clinician for t in view.case.decision.told.values()}
    roles = (ClinicianRole.FIRST, ClinicianRole.SECOND, ClinicianRole.THIRD, ClinicianRole.PCP)
    rest = [c.id for c in view.case.clinicians.values() if c.id not in told]
    rest = [c for c in rest if view.case.clinicians[c].role in roles or c in view.seen_by_two]
    if rest:
        names = listed([view.clinician(c) for c in rest])
        text = tr(
            "The decision has been made. These people have not been told yet: {names}. They may still be planning for "
            "something else."
        ).format(names=names)
        ask = tr("Tell them what was decided: {names}. A short letter is enough.")
        yield Alert("A-33", Level.INFO, "decision.told", text, ask.format(names=names), "A-33")

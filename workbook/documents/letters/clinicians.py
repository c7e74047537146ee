"""Letters to several clinicians: why opinions differ, and what was decided. Knows the case and the rules.

The text is in `packs/letters/ask-both.toml` and `decision-note.toml`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ...case import Case, Mode
from ...case.clinicians import Clinician, ClinicianRole
from ...case.opinions import AgreementClass, FinalDecision, Opinion
from ...case.partial_dates import is_day, latest
from ...locale import tr
from ...locale.dates import show_day
from ...rules.wording import capital
from ..catalog import Wanted
from ..context import as_read, both_in, view_of, who
from ..days import CLINICIAN_DAYS, AskDay, ask_day, day_in_words
from ..letter_packs import Letter
from ..summary.sections.opinions import column, same_records
from ..tree import blocks as B  # noqa: N812
from ..wording import day, joined
from . import base
from .names import greeted
from .offices import clinician_lines
from .text import Wording

if TYPE_CHECKING:
    from ...rules import View

_REPLY_DAYS = 7  # to reply to a decision note; our choice, not a rule
_STEPS = ("tie-reasons", "tie-fears")


def ask_both(case: Case, wanted: Wanted, letter: Letter) -> dict[str, Any]:
    """One letter to all who gave an opinion: what each said and saw, four questions, and a reply date."""
    from ...rules.same_records import gaps

    seen = as_read(both_in(case), base.with_home(wanted))
    view = view_of(seen, wanted)
    known = view.case
    held = [o for o in known.opinions.values() if o.diagnosis or o.recommended]
    doctors = [known.clinicians[key] for key in view.seen_by_two]
    sender = _writer(view, doctors)
    matrix = same_records(known, wanted.today)
    reply = _reply_day(view)
    decide = latest(known.goal.decide_by)
    values: dict[str, Any] = {
        **_patient(known),
        "names": greeted([d.name for d in doctors]),
        "opinions": _said(known, held),
        "seen": matrix if matrix[0]["k"] == "heading" else None,
        "day": day_in_words(reply.day, weekday=True),
        "decide": day_in_words(decide, weekday=True) if decide and decide > wanted.today else "",
        "reach": sender.reach,
    }
    compare = known.compare
    apart = (AgreementClass.DIFFERENT, AgreementClass.REFINED)
    holds = {
        "two": len(doctors) > 1,
        "differ": compare.diagnosis_class in apart or compare.treatment_class in apart,
        "gaps": bool(gaps(view)),
    }
    words = Wording(letter.name, values, {name for name, on in holds.items() if on}, mine=sender.mine)
    to = clinician_lines(known, doctors)
    return base.letter(seen, wanted, sender, to, words, title=tr(letter.on_paper))


def decision_note(case: Case, wanted: Wanted, letter: Letter) -> dict[str, Any]:
    """Informs all who gave an opinion, and the primary doctor, of the decision and its reasons, in the same words."""
    seen = as_read(both_in(case), base.with_home(wanted))
    view = view_of(seen, wanted)
    known, decision = view.case, view.case.decision
    primary = [c for c in known.clinicians.values() if c.role is ClinicianRole.PCP]
    advised = [known.clinicians[key] for key in view.seen_by_two]
    doctors = list({c.id: c for c in (*advised, *primary)}.values())
    sender = base.patient(view.case)  # for a helper too: the decision is the patient's to communicate
    reply = _before_treatment(view)
    told = [joined([who(known, t.clinician) or t.who, day(t.on), t.how]) for t in decision.told.values()]
    is_ahead = not decision.on and is_day(seen.decision.on)
    decision = seen.decision if is_ahead else decision  # the letter states the decision, whatever its date
    values: dict[str, Any] = {
        **_patient(known),
        "names": greeted([d.name for d in doctors]),
        "decision": _decision(decision),
        "ahead": show_day(decision.on, weekday=True) if is_ahead else "",
        "on": "" if is_ahead else day(decision.on),
        "day": day_in_words(reply.day, weekday=True),
        "decide": day_in_words(reply.needed, weekday=True),
        "told": joined(told, "; ").rstrip(". "),
        "reach": sender.reach,
    }
    holds = {
        "one": len(doctors) == 1,
        "decided": bool(decision.what),
        "why": bool(decision.reason),
        "pcp": bool(primary),
    }
    words = Wording(letter.name, values, {name for name, on in holds.items() if on}, mine=sender.mine)
    to = clinician_lines(known, doctors)
    signs = tr("{patient} signs this letter. The decision is theirs.").format(patient=capital(base.spoken_of(known)))
    lacks = [] if view.case.mode is Mode.SELF else [signs]
    return base.letter(seen, wanted, sender, to, words, title=tr(letter.on_paper), lacks=lacks)


def _writer(view: View, doctors: Iterable[Clinician]) -> base.Writer:
    """A helper with a valid signed authorization for each office; else the patient signs."""
    able = [base.writer(view, d.facility or d.name) for d in doctors]
    return able[0] if able and not any(w.mine for w in able) else base.patient(view.case)


def _patient(case: Case) -> dict[str, str]:
    return {"patient": case.person.name, "born": day(case.person.birth_date)}


def _said(case: Case, held: list[Opinion]) -> list[B.Block] | None:
    """What each said about the points of difference, one column each."""
    if not held:
        return None
    topics = (
        (tr("Diagnosis"), "diagnosis"),
        (tr("Recommends"), "recommended"),
        (tr("How soon"), "urgency"),
        (tr("Top reasons"), "reasons"),
    )
    rows = [
        [name, *cells]
        for name, field in topics
        if any(cells := ["\n".join(base.address_lines(getattr(o, field))) for o in held])
    ]
    heads = [tr("Topic"), *(column(case, o.clinician) for o in held)]
    return [B.table("", heads, rows, [1.3, *[2.2] * len(held)])]


def _reply_day(view: View) -> AskDay:
    """The day to answer by: the one set for the step that asks for reasons, and before the decision."""
    steps = [view.case.compare.tie_breaker[key] for key in _STEPS if key in view.case.compare.tie_breaker]
    days = [last for step in steps if not step.finished and (last := latest(step.due))]
    decide = latest(view.case.goal.decide_by)
    needed = decide if decide and decide > view.today else None
    return ask_day(view.today, needed, *days, least=CLINICIAN_DAYS, soon=True)


def _before_treatment(view: View) -> AskDay:
    """The day to say a concern about the decision: before a treatment that is booked."""
    booked = latest(view.held_slot.on)
    needed = booked - dt.timedelta(days=1) if booked and booked - dt.timedelta(days=1) > view.today else None
    return ask_day(view.today, needed, days=_REPLY_DAYS, least=CLINICIAN_DAYS, soon=True)


def _decision(decision: FinalDecision) -> list[B.Block]:
    """The decision and its reason in the person's own words; blank space if they are missing."""
    if not decision.what:
        return [B.lines(2, tr("What was decided")), B.lines(3, tr("Reasons, in plain words"))]
    why = [B.para([B.text(tr("Why: "), b=True), decision.reason])] if decision.reason else []
    return [B.callout(tr("What was decided"), [decision.what, *why], "goal")]

"""Letters to several clinicians: why opinions differ, and what was decided. Knows the case and the rules.

The text is in `packs/letters/ask-both.toml` and `decision-note.toml`.
"""

from __future__ import annotations

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
from ..letter_packs import Letter
from ..summary.sections.opinions import column, same_records
from ..tree import blocks as B  # noqa: N812
from ..wording import day, joined, lines
from . import base
from .request import reply_day
from .text import Wording

if TYPE_CHECKING:
    from ...rules import View

_REPLY_DAYS = 5  # working days to reply to a decision note; our choice, not a rule
_LEAST_DAYS = 3  # minimum working days that a clinician gets; our choice, not a rule
_STEPS = ("tie-reasons", "tie-fears")


def ask_both(case: Case, wanted: Wanted, letter: Letter) -> dict[str, Any]:
    """One letter to all who gave an opinion: what each said and saw, four questions, and a reply date."""
    from ...rules.same_records import gaps

    seen = as_read(both_in(case), wanted)
    view = view_of(seen, wanted)
    known = view.case
    held = [o for o in known.opinions.values() if o.diagnosis or o.recommended]
    doctors = [known.clinicians[key] for key in view.seen_by_two]
    sender = _writer(view, doctors)
    matrix = same_records(known, wanted.today)
    reply = _reply_day(view)
    values: dict[str, Any] = {
        **_patient(known),
        "names": _names(doctors),
        "opinions": _said(known, held),
        "seen": matrix if matrix[0]["k"] == "heading" else None,
        "day": reply,
        "decide": show_day(known.goal.decide_by, weekday=True),
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
    to = [who(known, d.id) for d in doctors]
    return base.letter(seen, wanted, sender, to, words, title=tr(letter.on_paper))


def decision_note(case: Case, wanted: Wanted, letter: Letter) -> dict[str, Any]:
    """Informs all who gave an opinion, and the primary doctor, of the decision and its reasons, in the same words."""
    from ...rules.business_days import working_days_after

    seen = as_read(both_in(case), wanted)
    view = view_of(seen, wanted)
    known, decision = view.case, view.case.decision
    primary = [c for c in known.clinicians.values() if c.role is ClinicianRole.PCP]
    advised = [known.clinicians[key] for key in view.seen_by_two]
    doctors = list({c.id: c for c in (*advised, *primary)}.values())
    sender = base.patient(view.case)  # for a helper too: the decision is the patient's to communicate
    told = [joined([who(known, t.clinician) or t.who, day(t.on), t.how]) for t in decision.told.values()]
    is_ahead = not decision.on and is_day(seen.decision.on)
    decision = seen.decision if is_ahead else decision  # the letter states the decision, whatever its date
    values: dict[str, Any] = {
        **_patient(known),
        "names": _names(doctors),
        "decision": _decision(decision),
        "ahead": show_day(decision.on, weekday=True) if is_ahead else "",
        "on": "" if is_ahead else day(decision.on),
        "day": show_day(working_days_after(wanted.today, _REPLY_DAYS).isoformat(), weekday=True),
        "told": joined(told, "; ").rstrip(". "),
        "reach": sender.reach,
    }
    holds = {"decided": bool(decision.what), "why": bool(decision.reason), "pcp": bool(primary)}
    words = Wording(letter.name, values, {name for name, on in holds.items() if on}, mine=sender.mine)
    to = [who(known, d.id) for d in doctors]
    signs = tr("{patient} signs this letter. The decision is theirs.").format(patient=capital(base.spoken_of(known)))
    lacks = [] if view.case.mode is Mode.SELF else [signs]
    return base.letter(seen, wanted, sender, to, words, title=tr(letter.on_paper), lacks=lacks)


def _writer(view: View, doctors: Iterable[Clinician]) -> base.Writer:
    """A helper with a valid signed authorization for each office; else the patient signs."""
    able = [base.writer(view, d.facility or d.name) for d in doctors]
    return able[0] if able and not any(w.mine for w in able) else base.patient(view.case)


def _patient(case: Case) -> dict[str, str]:
    return {"patient": case.person.name, "born": day(case.person.birth_date)}


def _names(doctors: Iterable[Clinician]) -> str:
    from ...rules.wording import listed

    return listed([d.name for d in doctors if d.name])


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
    rows = [[name, *cells] for name, field in topics if any(cells := [lines(getattr(o, field)) for o in held])]
    heads = [tr("Topic"), *(column(case, o.clinician) for o in held)]
    return [B.table("", heads, rows, [1.3, *[2.2] * len(held)])]


def _reply_day(view: View) -> str:
    """The date set for the tie-breaker step that asks for reasons, if it is in the future."""
    steps = [view.case.compare.tie_breaker[key] for key in _STEPS if key in view.case.compare.tie_breaker]
    days = [last for step in steps if not step.finished and (last := latest(step.due)) and last > view.today]
    if not days:
        return ""
    reply = reply_day(view.today, *days, days=366, least=_LEAST_DAYS)
    if (decide := latest(view.case.goal.decide_by)) and decide > view.today:
        reply = min(reply, reply_day(view.today, decide, days=366))  # a reply after the decision is useless
    return show_day(reply.isoformat(), weekday=True)


def _decision(decision: FinalDecision) -> list[B.Block]:
    """The decision and its reason in the person's own words; blank space if they are missing."""
    if not decision.what:
        return [B.lines(2, tr("What was decided")), B.lines(3, tr("Reasons, in plain words"))]
    why = [B.para([B.text(tr("Why: "), b=True), decision.reason])] if decision.reason else []
    return [B.callout(tr("What was decided"), [decision.what, *why], "goal")]

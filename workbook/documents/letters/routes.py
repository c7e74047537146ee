"""The request letter by route: who signs it, and what it must say. Knows the request.

The patient signs what only the patient can request (own copy, directive); a personal representative signs with the
paper that authorizes them; a helper writes with a valid authorization for the office (H-8, H-11, H-12).
"""

from __future__ import annotations

from collections.abc import Iterable

from ...case import Case, Mode, helper_of
from ...case.people import Authority, Paper, Party, Role
from ...case.records import RecordItem, RecordKind, Route
from ...locale import tr
from ...locale.dates import show_day
from ...rules.alerts.people import STAND_IN, is_for, is_good
from ...rules.results import Certainty
from ..tree import blocks as B  # noqa: N812
from ..wording import joined, lines, words
from .base import Writer, patient, permission, stand_in, writer
from .request import (
    Asked,
    day_in_words,
    images_named,
    is_needed,
    lent,
    lines_of,
    listing,
    named,
    on_day,
    patient_facts,
    receiver_lines,
    wish_day,
)
from .text import BLANK, Value

_GROUPS = {
    None: ("access",),
    Route.ACCESS_SELF: ("access",),
    Route.ACCESS_REP: ("access", "rep"),
    Route.EHI_EXPORT: ("access", "ehi"),
    Route.DIRECTIVE: ("directive", "to_receiver"),
    Route.AUTHORIZATION: ("authorization",),
    Route.PROVIDER: ("provider", "to_receiver"),
    Route.SPECIMEN: ("loan", "to_receiver"),
    Route.MAMMOGRAM: ("mammogram",),
}
_GETS = (Role.ADVOCATE, Role.CAREGIVER, Role.PROXY, Role.FAMILY)


def signer(found: Asked) -> Writer:
    """The signer of the request."""
    case, route = found.view.case, found.request.route
    if route is Route.ACCESS_REP:
        paper, party = _stands_in(found)
        return stand_in(case, party, paper)
    if route is Route.AUTHORIZATION:
        helper = helper_of(case)
        return stand_in(case, helper, permission(found.view, helper, found.office)) if helper else patient(case)
    if route in (Route.PROVIDER, Route.SPECIMEN):
        return writer(found.view, found.office)
    return patient(case)


def _stands_in(found: Asked) -> tuple[Authority | None, Party | None]:
    """The paper valid today for the signer, and that person."""
    case = found.view.case
    party = case.parties.get(found.request.signed_by)
    papers = [a for a in case.authorities.values() if a.kind in STAND_IN and is_good(found.view, a)]
    paper = next((a for a in papers if party is None or a.party == party.id), None)
    return paper, party or (case.parties.get(paper.party) if paper else None) or helper_of(case)


def paper_words(paper: Authority | None) -> str:
    """A paper for the list of enclosures: type, date signed, expiry."""
    if paper is None:
        return ""
    kind = {Paper.HIPAA: tr("permission to release records"), Paper.POA: tr("power of attorney")}
    return joined(
        [
            kind.get(paper.kind) or words(paper.kind).lower() if paper.kind else tr("a signed document"),
            tr("signed {day}").format(day=show_day(paper.signed_on)) if paper.signed_on else "",
            tr("in force until {day}").format(day=show_day(paper.expires_on)) if paper.expires_on else "",
        ]
    )


def conditions(found: Asked, who: Writer) -> set[str]:
    """The conditions that are true for this request: its route, and what is known of it."""
    clock, route, view = found.clock, found.request.route, found.view
    held = {
        "helped": who.mine and view.case.mode is not Mode.SELF,
        "route": route is not None,
        "general": not found.request.items and route not in (Route.SPECIMEN, Route.MAMMOGRAM),
        "late": found.is_dated and bool(clock.binding and clock.binding < view.today),
        "need": is_needed(view),
        "estimated": clock.certainty is not Certainty.KNOWN,
        "unnamed": found.is_scan_unnamed and route is not Route.MAMMOGRAM,
        "no_address": who.mine
        and "access" in _GROUPS[route]
        and not (view.case.person.address.strip() or found.request.sent_on),
        "poa": bool(who.paper and who.paper.kind is Paper.POA),
    }
    return {*_GROUPS[route], *(name for name, holds in held.items() if holds)}


def values(found: Asked, who: Writer) -> dict[str, Value]:
    """The values of the letter."""
    case, request, clock, view = found.view.case, found.request, found.clock, found.view
    rule = clock.limit or view.facts.clock("records.access", clock.start or view.today)  # it would be received today
    receiver = receiver_lines(found.receiver)
    getter = _getter(case)
    helper = helper_of(case) if who.mine else None
    # a sent request is repeated only for what has not arrived
    records = found.open_records if request.sent_on and found.open_records else found.records
    loans = [m.return_by for m in found.materials if m.return_by]
    mammogram = request.route is Route.MAMMOGRAM
    own = "access" in _GROUPS[request.route]
    return {
        "patient": case.person.name or BLANK,
        "patient_own": tr("your") if case.mode is Mode.SELF else tr("the patient's"),
        "office": found.office,
        "who": patient_facts(case),
        "reach": who.reach,
        "records": _mammograms(found, records) if mammogram else listing(found, found.papers(records)),
        "images": [] if mammogram else lines_of(images_named(found, found.images(records))),
        "scans": "; ".join(found.scans),
        "tissue": lent(found),
        "where_to": _where_to(found, receiver),
        "place": found.receiver.records_to if found.receiver else "",
        "getter": getter,
        "days": rule.number if rule else None,
        "time": rule.measure if rule else "",
        # an extension has its own letter; this states only the rule's first date
        "due": day_in_words(clock.due) if found.is_dated and clock.runs and not (clock.over or clock.extended) else "",
        "sent": show_day(request.sent_on),
        "on_sent": on_day(request.sent_on),
        "by": day_in_words(wish_day(view), weekday=True),
        "return_by": show_day(min(loans, default="")),
        "paper": paper_words(who.paper),
        "ends": _ends(found),
        "form": _form(found, getter),
        "contact": joined([helper.name, helper.phone, helper.email]) if own and helper and _reachable(helper) else "",
        "hidden": found.hidden or None,
    }


def _mammograms(found: Asked, records: Iterable[RecordItem]) -> list[B.Block]:
    """The mammograms to transfer: the records about one, or the scans as the request names them."""
    return listing(found, found.mammograms(records)) or lines_of(list(found.scans))


def _where_to(found: Asked, receiver: list[str]) -> list[B.Block]:
    titles = {
        Route.DIRECTIVE: tr("Send it to"),
        Route.PROVIDER: tr("Send them to"),
        Route.SPECIMEN: tr("Lend them to"),
        # the center may send mammograms to a clinic or to the patient (H-18); to a clinic only if one is named
        Route.MAMMOGRAM: tr("Send them to"),
    }
    title = titles.get(found.request.route) if found.request.route else None
    return [B.details([(title, "\n".join(receiver))])] if title and receiver else []


def _getter(case: Case) -> str:
    """Who gets records under an authorization: the helper, with contact details."""
    party = helper_of(case) or next((p for r in _GETS for p in case.parties.values() if p.role is r), None)
    if not (party and party.name):
        return ""
    return joined([party.name, party.credential, lines(party.address), party.phone, party.email])


def _reachable(party: Party) -> bool:
    return bool(party.name and (party.phone or party.email))


def _drafted(found: Asked) -> Authority | None:
    """An unsigned authorization for this office: it may already state its expiry."""
    papers = (a for a in found.view.case.authorities.values() if a.kind is Paper.HIPAA and not a.signed_on)
    return next((a for a in papers if is_for(a.holder, found.office)), None)


def _ends(found: Asked) -> str:
    draft = _drafted(found)
    return (show_day(draft.expires_on) or draft.expires_event) if draft else ""


def _form(found: Asked, getter: str) -> list[B.Block]:
    """The elements of an authorization under 45 CFR 164.508(c), with blanks for what is unknown."""
    person = found.view.case.person
    asked = named(found, (item for item in found.records if item.kind is not RecordKind.BLOCK))
    pairs = [
        (
            tr("Patient"),
            joined([person.name or BLANK, tr("born {day}").format(day=show_day(person.birth_date) or BLANK)]),
        ),
        (tr("What may be released"), "\n".join(asked) or BLANK),
        (tr("Who releases it"), found.office or BLANK),
        (tr("Who gets it"), getter or BLANK),
        (tr("Why"), tr("At the request of the patient")),
        (tr("It ends on, or when"), _ends(found) or BLANK),
    ]
    return [B.details(pairs)]

"""The request letter by route: who signs it, and what it must say. Knows the request.

The patient signs what only the patient can request (own copy, directive); a personal representative signs with the
paper that authorizes them; a helper writes with a valid authorization for the office (H-8, H-11, H-12).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from ...case import Mode, helper_of
from ...case.people import Authority, Paper, Party, Role
from ...case.records import Delivery, PermissionEnd, RecordItem, RecordKind, Route
from ...locale import tr
from ...locale.dates import show_day
from ...rules.alerts.people import STAND_IN, is_for, is_good
from ...rules.results import Certainty
from ..days import WISH_DAYS, AskDay, ask_day, day_in_words, is_needed, needed_day
from ..tree import blocks as B  # noqa: N812
from ..wording import joined, words
from .base import Writer, address_lines, patient, permission, stand_in, writer
from .offices import place_lines, place_of, receiver_lines, ways_to
from .request import (
    Asked,
    all_images,
    chart_facts,
    images_named,
    lent,
    lines_of,
    listing,
    named,
    on_day,
    service_dates,
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
_MANNER = {
    None: "by_any",
    Delivery.PORTAL: "by_portal",
    Delivery.LINK: "by_secure_link",
    Delivery.EMAIL: "by_email",
    Delivery.DISC: "by_disc",
    Delivery.PAPER: "by_paper",
    Delivery.PICKUP: "by_pickup",
}
_GETS = (Role.ADVOCATE, Role.CAREGIVER, Role.PROXY, Role.FAMILY)


_EVENTS = (PermissionEnd.YEAR, PermissionEnd.OPINION)


def signer(found: Asked) -> Writer:
    """The signer of the request."""
    case, route = found.view.case, found.request.route
    if route is Route.ACCESS_REP:
        paper, party = _stands_in(found)
        return stand_in(case, party, paper)
    if route is Route.AUTHORIZATION:
        return patient(case) if _is_patients(found) else stand_in(case, _asker(found), _permission(found))
    if route in (Route.PROVIDER, Route.SPECIMEN):
        return writer(found.view, found.office)
    return patient(case)


def _is_patients(found: Asked) -> bool:
    """Whether the patient writes the letter of an authorization: the one who asks is the helper, if there is one."""
    return found.view.case.mode is Mode.SELF and helper_of(found.view.case) is None


def _permission(found: Asked) -> Authority | None:
    """The signed authorization of the one who asks, valid for the office today."""
    return permission(found.view, _asker(found), found.office)


def _asker(found: Asked) -> Party | None:
    """Who asks under an authorization and gets the records: whom the request names, else the helper."""
    helper, name = helper_of(found.view.case), found.request.asker.strip()
    known = [*([helper] if helper else []), *found.view.case.parties.values()]
    named = next((p for p in known if p.name.strip().casefold() == name.casefold()), None) if name else None
    if named or not name:
        return named or helper
    return helper.model_copy(update={"name": name}) if helper and not helper.name else Party(id="asker", name=name)


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
        "general": _is_general(found),
        "all_images": route is not Route.MAMMOGRAM and all_images(found, found.images(_wanted(found))),
        "late": found.is_late,
        "need": is_needed(view),
        "estimated": clock.certainty is not Certainty.KNOWN,
        "unnamed": found.is_scan_unnamed and route is not Route.MAMMOGRAM,
        "no_address": not who.address and "access" in _GROUPS[route] and not found.request.sent_on,
        "post": bool(who.address),
        _MANNER[found.request.delivery]: True,
        "poa": bool(who.paper and who.paper.kind is Paper.POA),
    }
    return {*_GROUPS[route], *(name for name, holds in held.items() if holds)}


def values(found: Asked, who: Writer) -> dict[str, Value]:
    """The values of the letter."""
    case, request, clock, view = found.view.case, found.request, found.clock, found.view
    rule = clock.limit or view.facts.clock("records.access", clock.start or view.today)  # it would be received today
    loan, mammogram = request.route is Route.SPECIMEN, request.route is Route.MAMMOGRAM
    receiver = receiver_lines(found.receiver, ship=loan, films=mammogram)
    getter = _getter(found)
    helper = helper_of(case) if who.mine else None
    records = _wanted(found)
    loans = [m.return_by for m in found.materials if m.return_by]
    when = _ask_day(found)
    transfer = view.facts.clock("records.mammogram", view.today)
    own = "access" in _GROUPS[request.route]
    return {
        "patient": case.person.name or BLANK,
        "patient_own": tr("your") if case.mode is Mode.SELF else tr("the patient's"),
        "office": found.office,
        "office_address": joined(place_lines(place_of(case, found.office))),
        "who": chart_facts(found, general=_open_dates() if _is_general(found) else ""),
        "reach": who.reach,
        "records": _mammograms(found, records) if mammogram else listing(found, found.papers(records)),
        "images": [] if mammogram else lines_of(images_named(found, found.images(records))),
        "scans": "; ".join(found.scans),
        "tissue": lent(found),
        "where_to": _where_to(found, receiver),
        "place": "; ".join(ways_to(found.receiver, ship=loan, films=mammogram)),
        "getter": getter,
        "days": rule.number if rule else None,
        "time": rule.measure if rule else "",
        # an extension has its own letter; this states only the rule's first date
        "due": day_in_words(clock.due) if found.is_dated and clock.runs and not (clock.over or clock.extended) else "",
        "sent": show_day(request.sent_on),
        "on_sent": on_day(request.sent_on),
        "when": when.words,
        "by": day_in_words(when.day or when.needed, weekday=True),
        "mammogram_time": transfer.measure if transfer else "",
        "email": case.person.email.strip() if who.mine else "",
        "revoke_to": _revoke_to(found),
        "initials": _initials(),
        "return_by": show_day(min(loans, default="")),
        "paper": paper_words(who.paper),
        "ends": _ends(found),
        "form": _form(found, getter),
        "contact": joined([helper.name, helper.phone, helper.email]) if own and helper and _reachable(helper) else "",
        "hidden": found.hidden or None,
    }


def _wanted(found: Asked) -> tuple[RecordItem, ...]:
    """The records to ask for: a sent request is repeated only for what has not arrived."""
    return found.open_records if found.request.sent_on and found.open_records else found.records


def _is_general(found: Asked) -> bool:
    """Whether the request names no record: its letter then lists the usual ones."""
    return not found.request.items and found.request.route not in (Route.SPECIMEN, Route.MAMMOGRAM, Route.EHI_EXPORT)


def _open_dates() -> str:
    return tr("{first} to {last}").format(first=BLANK, last=tr("the present"))


def _ask_day(found: Asked) -> AskDay:
    """The day to ask for: before the records are needed, and before the office's own time limit ends."""
    view, clock = found.view, found.clock
    if found.is_late:
        return ask_day(view.today, needed_day(view), soon=True)
    limit = clock.limit.number if clock.runs and clock.limit and clock.limit.unit == "days" else None
    ends = clock.binding if clock.start else None  # a letter that goes out today arrives today at the earliest
    if limit and not clock.start and needed_day(view):
        ends = view.today + dt.timedelta(days=int(limit))
    return ask_day(view.today, needed_day(view), ends, days=WISH_DAYS)


def _revoke_to(found: Asked) -> str:
    """The office to which the patient writes to revoke a permission."""
    return joined([found.office, *place_lines(place_of(found.view.case, found.office))])


def _initials() -> list[B.Block]:
    """The kinds of records that are released only with the patient's initials beside them."""
    kinds = (
        tr("Mental health treatment"),
        tr("HIV or AIDS"),
        tr("Substance use treatment (42 CFR part 2)"),
        tr("Genetic tests"),
    )
    return [
        B.table(
            "", [tr("Initials"), tr("Kind of records")], [[BLANK[:8], kind] for kind in kinds], [1, 4], row_header=False
        )
    ]


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


def _getter(found: Asked) -> str:
    """Who gets records under an authorization, with contact details."""
    case = found.view.case
    party = _asker(found) or next((p for r in _GETS for p in case.parties.values() if p.role is r), None)
    if not (party and party.name):
        return ""
    return joined([party.name, party.credential, joined(address_lines(party.address)), party.phone, party.email])


def _reachable(party: Party) -> bool:
    return bool(party.name and (party.phone or party.email))


def _drafted(found: Asked) -> Authority | None:
    """An unsigned authorization for this office: it may already state its expiry."""
    papers = (a for a in found.view.case.authorities.values() if a.kind is Paper.HIPAA and not a.signed_on)
    return next((a for a in papers if is_for(a.holder, found.office)), None)


def _ends(found: Asked) -> str:
    draft, request = _drafted(found), found.request
    if draft and (draft.expires_on or draft.expires_event):
        return show_day(draft.expires_on) or draft.expires_event
    return words(request.permission_ends) if request.permission_ends in _EVENTS else show_day(request.permission_until)


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
        (tr("Dates of service"), service_dates(found) or _open_dates()),
        (tr("Who releases it"), found.office or BLANK),
        (tr("Who gets it"), getter or BLANK),
        (tr("Why"), tr("At the request of the patient")),
        (tr("It ends on, or when"), _ends(found) or BLANK),
    ]
    return [B.details(pairs)]

"""Hand-over, holidays and teams of a practice as a panel of a page. Knows the practice's store and the handle.

Nothing is shown where the workbooks are in files on one computer.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..errors import WorkbookError
from ..locale import N_, tr
from ..locale.dates import show_day
from ..ui.handle import OpenCase
from ..ui.panels.base import Answer
from ..ui.panels.overview import list_names
from .drawing import draw

if TYPE_CHECKING:
    from ..store.postgres.team import Offer, Person, Team
    from ..ui.forms.widgets import Shown

LONGEST = 2000
STATES = {
    "offered": N_("No answer yet"),
    "accepted": N_("Accepted"),
    "refused": N_("Not accepted"),
    "withdrawn": N_("Taken back"),
}
_DONE = {
    "accept": N_("It is yours now."),
    "refuse": N_("You did not take it. It stays where it is."),
    "withdraw": N_("You took the offer back."),
    "offer": N_("It is offered. It stays yours until they accept."),
    "cover": N_("They can work in all your workbooks on these days."),
    "end_cover": N_("They no longer cover for you."),
    "share": N_("The team sees it now."),
    "unshare": N_("The team no longer sees it."),
    "invite": N_("The client can open it now."),
}


def team(case: OpenCase) -> Shown:
    """Hand-overs, holidays and teams of a practice: `wb.team(case)`. Empty unless its workbooks are in PostgreSQL.

    On a computer only.
    """
    from ..ui.api import panel

    return panel(case, view, {name: functools.partial(_press, name=name) for name in _DONE})


def view(handle: OpenCase, told: str = "", problem: str = "", where: str = "") -> str:
    """What was offered, who covers, and what can be done; "" without a practice's database."""
    try:
        here = _team(handle)
        people = here.people() if here else []
        me = next((one for one in people if one.is_me), None)
        if here is None or me is None or me.kind != "advocate":
            return ""
        offers = here.offers()
        covers, shares = here.covers(), here.shares()
        rows = handle.choices()
    except WorkbookError as error:
        return draw("team", trouble=str(error), where="")
    named = {one.role: one.name for one in people}
    names = list_names(handle, rows)
    open_to = [o for o in offers if o.state == "offered" and o.to_role == me.role]
    own = [o for o in offers if o.from_role == me.role]
    return draw(
        "team",
        trouble="",
        told=told,
        problem=problem,
        where=where,
        incoming=[_offer(o, named) for o in open_to],
        outgoing=[_offer(o, named) for o in own[::-1]],
        cases=[{"value": row.id, "name": names[row.id]} for row in rows],
        colleagues=_choices(people, lambda one: one.kind == "advocate" and not one.is_me),
        near=_choices(people, lambda one: one.kind == "advocate" and not one.is_me and _meet(one, me)),
        teams=[{"value": one, "name": one} for one in me.teams],
        covered=[
            {
                "by": named.get(one.by_role, one.by_role),
                "role": one.by_role,
                "mine": one.role == me.role,
                "for": named.get(one.role, one.role),
                "first": one.first.isoformat(),
                "last": one.last.isoformat(),
            }
            for one in covers
        ],
        shared=[{"id": key, "team": name, "name": names.get(key, key)} for key, name in shares],
        today=dt.datetime.now().astimezone().date().isoformat(),
    )


def _press(handle: OpenCase, value: Any, *, name: str) -> Answer:
    given = value if isinstance(value, dict) else {"number": value}
    try:
        here = _team(handle)
        if here is None:
            return ""
        done = _do(here, name, given)
        return view(handle, told=done or tr(_DONE[name]))
    except (WorkbookError, ValueError) as error:
        said = str(error) if isinstance(error, WorkbookError) else tr("Fill in every line, then try again.")
        return view(handle, problem=said, where=name)


def _do(here: Team, name: str, given: dict[str, Any]) -> str:
    """Does it; a sentence if there is more to say than that it was done. ValueError if something is missing."""
    match name:
        case "accept":
            here.accept(int(_text(given, "number")))
        case "refuse":
            here.refuse(int(_text(given, "number")), str(given.get("reason") or "")[:LONGEST])
        case "withdraw":
            here.withdraw(int(_text(given, "number")))
        case "offer":
            here.offer(_text(given, "case"), _text(given, "to"), str(given.get("note") or "")[:LONGEST])
        case "cover":
            first, last = (dt.date.fromisoformat(_text(given, day)) for day in ("first", "last"))
            here.cover(_text(given, "helper"), first, last)
            words = tr("They can work in all your workbooks from {first} to {last}.")
            return words.replace("{first}", show_day(first.isoformat())).replace("{last}", show_day(last.isoformat()))
        case "end_cover":
            here.end_cover(str(given["number"]))
        case "share":
            here.share(_text(given, "case"), _text(given, "team"))
        case "unshare":
            key, _, team_name = str(given["number"]).partition(" ")
            here.share(key, team_name, shared=False)
        case "invite":
            here.invite(_text(given, "case"), _text(given, "client"))
    return ""


def _text(given: dict[str, Any], name: str) -> str:
    text = str(given.get(name) or "").strip()
    if not text:
        raise ValueError(name)
    return text


def _team(handle: OpenCase) -> Team | None:
    from ..store.postgres.team import Team

    link = getattr(handle.store, "link", None)
    return None if link is None else Team(link)


def _offer(one: Offer, named: dict[str, str]) -> dict[str, Any]:
    return {
        "number": one.number,
        "name": one.nickname or tr("Workbook without a name"),
        "by": named.get(one.from_role, one.from_role),
        "to": named.get(one.to_role, one.to_role),
        "note": one.note,
        "reason": one.reason,
        "state": tr(STATES[one.state]),
        "open": one.state == "offered",
        "on": one.offered.date().isoformat(),
    }


def _meet(one: Person, other: Person) -> bool:
    return bool({*one.teams} & {*other.teams})


def _choices(people: list[Person], fits: Callable[[Person], bool]) -> list[dict[str, str]]:
    return [{"value": one.role, "name": one.name} for one in people if fits(one)]

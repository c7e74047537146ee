"""The first page: what to do next, what was put off, the next date and the steps; or which workbook to open.

Knows the derived status and the pages; no widgets.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING, Any

from ...errors import StoreTrouble
from ...locale import N_, plural, tr
from ...locale.dates import show_day
from .. import links, prepared
from ..asking.fields import asks
from ..asking.page_index import Location, PageIndex
from ..asking.pages import HOME, Page, count, labels, pages
from ..derived import derived
from ..handle import OpenCase, demo_only, is_in_practice, is_own_computer
from . import alerts, left_open, progress, timeline
from .base import Answer, draw
from .overview import board_page, chosen, files_page, row

if TYPE_CHECKING:
    from ...rules import NextStep, Status

_THINGS = {
    "1-goal": N_("the goal"),
    "2-clinician": N_("the clinician"),
    "3-insurance": N_("insurance"),
    "4-records": N_("the records"),
    "4-requests": N_("the requests"),
    "5-visit": N_("the visit"),
    "6-compare": N_("the opinions"),
    "6-decide": N_("the decision"),
}
"""What each step is about, for a link beside a task: its title is a task itself, and could contradict that one."""


def view(handle: OpenCase) -> str:
    """What to do today; without an open case, the workbooks to choose from and the start of a new one."""
    return _today(handle) if handle.bound else _begin(handle)


def _begin(handle: OpenCase) -> str:
    try:
        rows, trouble = chosen(handle, HOME), ""
    except StoreTrouble as error:
        rows, trouble = [], str(error)
    if handle.trouble and not trouble:
        trouble = str(handle.trouble)
    return draw(
        "begin",
        rows=rows,
        trouble=trouble,
        demo=demo_only(),
        practice=is_in_practice(),
        files=_files(),
        board=board_page(handle) if rows else None,
        prepared=prepared.locked() is not None,
        received=_received(handle),
    )


def _received(handle: OpenCase) -> int:
    """How many files of clients wait in the drop box of an advocate; on a computer only, and not as a client."""
    if not is_own_computer() or handle.is_client_view:
        return 0
    from . import received

    return received.waiting()


def _today(handle: OpenCase) -> str:
    from ...rules import milestones_of

    book = pages()
    places = PageIndex(book)
    told = alerts.counts(handle, book)
    found = [progress.status(handle, p, places, told.get(p.name, 0)) for p in book if p.step]
    known, first, label = derived(handle), progress.first_open(found), labels(book)
    steps = _steps(handle, places, label)
    return draw(
        "home",
        rows=[row(handle, s, "", label) for s in found],
        now=steps[0] if steps else None,
        then=sorted(steps[1:], key=lambda step: not step["late"]),
        where=_where(steps, first, label),
        put_off=[_put_off(step) for step in known.status.put_off],
        back=_back(known.status),
        first=row(handle, first, "", label) if first else None,
        all=count(book),
        next=_next_date(handle),
        picture=timeline.picture(milestones_of(known.dates, known.status.today), known.status.today),
        cards=alerts.cards(handle, alerts.on_page(handle, None), None),
        most=alerts.MOST,
        state=handle.case.status.value if handle.case.status else "",
        links=[*filter(None, (left_open.link(handle), _sending(handle), _files(handle.case.id), board_page(handle)))],
        dates=_dates(handle, book),
    )


def _steps(handle: OpenCase, places: PageIndex, label: dict[str, str]) -> list[dict[str, Any]]:
    """What to do next, at most three: the first with its reason."""
    found = []
    for step in derived(handle).status.next:
        place = places.of(step.about)
        href = _way(handle, step, place, places) if place else ""
        found.append(
            {
                "do": tr(step.do),
                "why": tr(step.why),
                "minutes": plural("About 1 minute.", "About {n} minutes.", step.minutes) if step.minutes else "",
                "takes": tr("Have ready: {things}.").replace("{things}", tr(step.at_hand)) if step.at_hand else "",
                "also": [tr(one) for one in step.also],
                "href": href,
                "open": _open(place.page, label.get(place.page.name, ""), step.about) if place else "",
                "key": step.keys[0],
                "later": _later(step, handle.today()),
                "late": step.late,
                "page": place.page if place else None,
            }
        )
    return found


def _where(steps: list[dict[str, Any]], first: progress.Status | None, label: dict[str, str]) -> dict[str, str] | None:
    """The step that the reader is asked to do, never another one; None if what is next belongs to no step."""
    page = steps[0]["page"] if steps else first.page if first else None
    number = label.get(page.name, "") if page else ""
    return {"n": number, "title": tr(page.title)} if page and number else None


def _way(handle: OpenCase, step: NextStep, place: Location, places: PageIndex) -> str:
    """The address of what a step is about: the box on its page that explains it, else the question."""
    known = derived(handle).status.alerts
    alert = next((one for one in known if (one.id, one.about) == (step.rule, step.about)), None)
    if alert is not None and not alert.invites and places.shows(alert) == place.page.name and links.served():
        return links.page(place.page.name, handle.case.id, check=f"{alert.id} {alert.about}")
    return links.page(place.page.name, handle.case.id, place.anchor)


def _open(page: Page, label: str, about: str) -> str:
    """What a link to a page does, in words that name no other task: for one question, that its answer goes there."""
    if label and any(f"{one.path}.".startswith(f"{about}.") for one in asks(page.marks)):
        return tr("Write the answer in step {n}").replace("{n}", label)
    thing = tr(_THINGS[page.key]) if page.key in _THINGS else f"“{tr(page.title)}”"
    if not label:
        return tr("Open {thing}").replace("{thing}", thing)
    return tr("Open step {n}: {thing}").replace("{n}", label).replace("{thing}", thing)


def _later(step: NextStep, today: dt.date) -> str:
    """The words that put a step off; "" if it should not wait."""
    if step.until is None:
        return ""
    if (step.until - today).days == 1:
        return tr("I will do it tomorrow")
    return tr("I will do it on {weekday}").replace("{weekday}", tr(calendar.day_name[step.until.weekday()]))


def _put_off(step: NextStep) -> dict[str, str]:
    return {"key": step.keys[0], "do": tr(step.do), "day": step.until.isoformat() if step.until else ""}


def _back(status: Status) -> str:
    """What is left to do, and when, once all of it was put off: never that nothing is to be done."""
    days = [step.until for step in status.put_off if step.until]
    if not days:
        return ""
    first = min(days)
    if (first - status.today).days == 1:
        told = plural(
            "You put this off. It comes back tomorrow.", "You put these off. They come back tomorrow.", len(days)
        )
    else:
        told = plural(
            "You put this off. It comes back on {day}.", "You put these off. They come back on {day}.", len(days)
        )
        told = told.replace("{day}", show_day(first.isoformat(), weekday=True))
    if max(days) != first:
        told = tr("You put these off. The first comes back on {day}.").replace(
            "{day}", show_day(first.isoformat(), weekday=True)
        )
    return told


def put_off(handle: OpenCase, key: Any) -> Answer:
    """Puts off a next step until the business day that its button named."""
    step = next((one for one in derived(handle).status.next if one.until and key in one.keys), None)
    if step is None or step.until is None:
        return view(handle)  # it changed meanwhile: the page shows what is next now
    day = step.until.isoformat()
    told = tr("Put off until {day}. It is listed below, where you can take it back.")
    return _postpone(handle, step, day, told.replace("{day}", show_day(day, weekday=True)))


def take_back(handle: OpenCase, key: Any) -> Answer:
    """Brings back a step that was put off."""
    step = next((one for one in derived(handle).status.put_off if key in one.keys), None)
    return _postpone(handle, step, None, tr("It is back on the list for today.")) if step else view(handle)


def reopen(handle: OpenCase, _value: Any) -> Answer:
    """Goes on with a workbook that was paused or closed."""
    from ...session import Change

    handle.session.apply([Change("put", "status", None)])
    handle.changed(None, ["status"], handle.voice)
    return {"do": "html", "html": view(handle), "text": tr("It is open again.")}


def _postpone(handle: OpenCase, step: NextStep, day: str | None, told: str) -> Answer:
    """Saves the day for all that the step joins; days that have passed are forgotten."""
    from ...session import Change

    today, voice = handle.today().isoformat(), handle.voice
    past = [key for key, until in handle.case.postponed.items() if until <= today and key not in step.keys]
    changes = [Change("put", f"postponed.{key}", day) for key in step.keys]
    changes += [Change("put", f"postponed.{key}", None) for key in past]
    handle.session.apply(changes)
    handle.changed(None, [change.path for change in changes], voice)
    return {"do": "html", "html": view(handle), "text": told}


def _next_date(handle: OpenCase) -> dict[str, Any] | None:
    """The nearest day that counts, in one sentence: as the rules count it, or as it was written down."""
    from ...rules import next_of

    known = derived(handle)
    one, today = next_of(known.dates, known.status.today), known.status.today
    if one is None:
        return None
    return {
        "left": progress.days_left((one.on - today).days),
        "day": one.on.isoformat() if one.is_to_do else "",
        "words": _sentence(tr(one.line.brief if one.line else one.text)),
        "rest": tr(one.line.rest) if one.line else "",
        "steps": alerts.steps(one.line) if one.line else [],
    }


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _dates(handle: OpenCase, book: tuple[Page, ...]) -> dict[str, str] | None:
    """A link to the page of all dates; None if there is no such page."""
    found = next((p for p in book if "dates" in p.verbs), None)
    return {"title": tr(found.title), "href": links.page(found.name, handle.case.id)} if found else None


def _sending(handle: OpenCase) -> dict[str, str] | None:
    """A link to where the workbook is sent to the advocate, on a site that can do so."""
    found = _files(handle.case.id) if prepared.drop_box() else None
    return {**found, "title": tr("Send to your advocate")} if found else None


def _files(case_id: str = "") -> dict[str, str] | None:
    found = files_page()
    return {**found, "href": links.page(found["name"], case_id)} if found else None

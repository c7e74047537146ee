"""The first page: what to do next, the next date and the steps; or which workbook to open. No widgets."""

from __future__ import annotations

from typing import Any

from ...errors import StoreTrouble
from ...locale import plural, tr
from .. import links
from ..asking.page_index import PageIndex
from ..asking.pages import HOME, Page, count, labels, pages
from ..derived import derived
from ..handle import OpenCase, demo_only
from . import alerts, left_open, progress, timeline
from .base import draw
from .overview import chosen, files_page, row


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
    return draw("begin", rows=rows, trouble=trouble, demo=demo_only(), files=_files())


def _today(handle: OpenCase) -> str:
    from ...rules import milestones

    book = pages()
    places = PageIndex(book)
    found = [progress.status(handle, p, places) for p in book if p.step]
    known, first, label = derived(handle), progress.first_open(found), labels(book)
    told = alerts.counts(handle, book)
    steps = _steps(handle, places)
    return draw(
        "home",
        rows=[row(handle, s, "", label) | {"alerts": told.get(s.page.name, 0)} for s in found],
        now=steps[0] if steps else None,
        then=steps[1:],
        first=row(handle, first, "", label) if first else None,
        all=count(book),
        next=_next_date(handle),
        picture=timeline.picture(milestones(known.status), known.status.today),
        cards=alerts.cards(handle, alerts.on_page(handle, None), None),
        most=alerts.MOST,
        links=[one for one in (left_open.link(handle), _files(handle.case.id)) if one],
        dates=_dates(handle, book),
    )


def _steps(handle: OpenCase, places: PageIndex) -> list[dict[str, Any]]:
    """What to do next, at most three: the first with its reason."""
    found = []
    for step in derived(handle).status.next:
        place = places.of(step.about)
        href = links.page(place.page.name, handle.case.id, place.anchor) if place else ""
        title = tr(place.page.title) if place else ""
        found.append(
            {
                "do": tr(step.do),
                "why": tr(step.why),
                "minutes": plural("About 1 minute.", "About {n} minutes.", step.minutes) if step.minutes else "",
                "takes": tr("Have ready: {things}.").replace("{things}", tr(step.at_hand)) if step.at_hand else "",
                "also": [tr(one) for one in step.also],
                "href": href,
                "title": title,
            }
        )
    return found


def _next_date(handle: OpenCase) -> dict[str, str] | None:
    """The nearest day that counts: a deadline as the rules count it, or a day of a list."""
    status, listed = derived(handle).status, progress.next_date(handle)
    hard = status.next_hard_date()
    if hard and hard.due and (listed is None or listed.day >= hard.due.isoformat()):
        return {"left": progress.days_left((hard.due - status.today).days), "day": "", "words": tr(hard.text)}
    return {"left": listed.left, "day": listed.day, "words": f"{listed.words}."} if listed else None


def _dates(handle: OpenCase, book: tuple[Page, ...]) -> dict[str, str] | None:
    """A link to the page of all dates; None if there is no such page."""
    found = next((p for p in book if "dates" in p.verbs), None)
    return {"title": tr(found.title), "href": links.page(found.name, handle.case.id)} if found else None


def _files(case_id: str = "") -> dict[str, str] | None:
    found = files_page()
    return {**found, "href": links.page(found["name"], case_id)} if found else None

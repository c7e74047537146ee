"""The panels that stand on every page: whose workbook it is, the map, the first page, what is missing. No widgets."""

from __future__ import annotations

from typing import Any

from ..case import first_name
from ..locale import tr
from . import links, progress, unopened
from .handle import OpenCase, demo_only
from .pages import HOME, Page, pages
from .panels import draw


def steps_view(handle: OpenCase) -> str:
    """Whose workbook this is, and the map of its steps."""
    if not handle.bound:
        return choose(handle)
    case, here = handle.case, links.here()
    book = pages()
    found = [progress.status(handle, p) for p in book if p.step]
    rows = [_row(handle, s, here) for s in found]
    at = next((i for i, s in enumerate(found, 1) if s.page.name == here), 0)
    return draw(
        "steps",
        name=workbook_name(handle),
        mode=mode_words(handle),
        synthetic=case.synthetic,
        today=handle.today().isoformat(),
        demo=demo_only() and not links.in_voila(),
        rows=rows,
        at=at,
        current=rows[at - 1] if at else None,
        home=links.page(HOME, case.id) if here != HOME else "",
        more=[
            {"title": tr(p.title), "href": links.page(p.name, case.id)} for p in book if not p.step and p.name != HOME
        ],
        here=here,
    )


def home_view(handle: OpenCase) -> str:
    """The first page as a list of things to do."""
    if not handle.bound:
        return ""
    case = handle.case
    found = [progress.status(handle, p) for p in pages() if p.step]
    first = progress.first_open(found)
    return draw(
        "home",
        rows=[_row(handle, s, "") for s in found],
        first=_row(handle, first, "") if first else None,
        next=progress.next_date(handle),
        done=sum(s.done for s in found),
        name=workbook_name(handle),
        case=case,
    )


def missing_view(page: Page | None) -> Any:
    """A view of what a page still lacks."""

    def view(handle: OpenCase) -> str:
        if page is None or not handle.bound:
            return ""
        rows = [{"words": words, "href": f"#{path}"} for words, path in progress.missing(handle, page)]
        return draw("missing", rows=rows)

    return view


def choose(handle: OpenCase) -> str:
    """The workbooks that can be opened here; a sentence where the one asked for is not here."""
    found = handle.choices()
    trouble = str(handle.trouble) if handle.trouble else unopened.nothing_open(bool(found))
    here = links.here() or HOME
    rows = [
        {
            "id": row.id,
            "name": row.nickname or tr("Workbook without a name"),
            "synthetic": row.synthetic,
            "updated": row.updated[:10],
            "href": links.page(here, row.id) if links.in_voila() else "",
        }
        for row in (found if links.here() != HOME else [])  # the first page lists them itself
    ]
    return draw("choose", rows=rows, trouble=trouble, home=links.page(HOME) if here != HOME else "")


def open_press(handle: OpenCase, value: Any) -> str:
    """Opens the workbook that was chosen."""
    handle.bind(str(value))
    return steps_view(handle)


def workbook_name(handle: OpenCase) -> str:
    """What this workbook is called: its nickname, else the patient's first name."""
    case = handle.case
    return case.nickname or first_name(case) or tr("Workbook without a name")


def mode_words(handle: OpenCase) -> str:
    """Who fills it in, as a sentence."""
    name = first_name(handle.case) or tr("the patient")
    told = {
        "self": tr("Filled in by the patient."),
        "caregiver": tr("Filled in by someone who helps {name}."),
        "advocate": tr("Filled in by the advocate of {name}."),
    }
    return told[handle.case.mode.value].replace("{name}", name)


def _row(handle: OpenCase, status: progress.Status, here: str) -> dict[str, Any]:
    page = status.page
    return {
        "title": tr(page.title),
        "href": links.page(page.name, handle.case.id),
        "status": status.words,
        "done": status.done,
        "started": status.started,
        "here": page.name == here,
        "intro": tr(page.intro),
    }

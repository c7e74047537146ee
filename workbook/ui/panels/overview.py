"""The panels of every page: whose workbook it is, the map, what is missing. No widgets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...case import Mode, case_name, first_name, told_apart
from ...case.case import CaseState
from ...errors import StoreTrouble
from ...locale import tr
from ...session.names import first_names
from .. import empty_states, links
from ..asking.page_index import PageIndex
from ..asking.pages import HOME, SEVERAL, Page, count, labels, pages
from ..handle import OpenCase, demo_only
from . import alerts, dates, progress
from .base import draw

if TYPE_CHECKING:
    from ...store import Summary

STATES: dict[str, str] = {one.value: one.words for one in CaseState}
"""What a list says of a workbook that is paused or closed."""


def steps_view(handle: OpenCase, *, again: bool = False) -> str:
    """Whose workbook this is, and the map of its steps; with `again`, how to open another one in JupyterLab."""
    if not handle.bound:
        return choose(handle)
    case, here = handle.case, links.here()
    book = pages()
    places = PageIndex(book)
    told = alerts.counts(handle, book)
    found = [progress.status(handle, p, places, told.get(p.name, 0)) for p in book if p.step]
    label = labels(book)
    rows = [row(handle, s, here, label) for s in found]
    return draw(
        "steps",
        name=workbook_name(handle),
        mode=mode_words(handle),
        synthetic=case.synthetic,
        deidentified=case.deidentified,
        today=handle.today().isoformat(),
        demo=demo_only() and not links.served(),
        rows=rows,
        all=count(book),
        current=next((row for row in rows if row["here"]), None),
        home=links.page(HOME, case.id) if here != HOME else "",
        board=_board(handle, book),
        turn=_turn(handle, here),
        another=not links.served() and len(handle.choices()) > 1,
        again=again,
        more=[
            {"title": tr(p.title), "href": links.page(p.name, case.id), "here": p.name == here}
            for p in book
            if not p.step and p.name != HOME and SEVERAL not in p.verbs
        ],
        here=here,
    )


def _board(handle: OpenCase, book: Sequence[Page]) -> str:
    """The way to the page of all workbooks, for an advocate. How many there are is not counted for each page."""
    found = next((p for p in book if SEVERAL in p.verbs), None)
    is_helper = handle.case.mode is Mode.ADVOCATE and not demo_only()
    return links.page(found.name) if found and is_helper and links.served() else ""


def missing_view(page: Page | None) -> Any:
    """A view of the problems on a page and of what it still lacks; it never blocks a question."""

    def view(handle: OpenCase) -> str:
        if page is None or not handle.bound:
            return ""
        rows = [{"words": words, "href": f"#{path}"} for words, path in progress.missing(handle, page)]
        makes = bool({"download", "packet"} & set(page.verbs))  # what it makes depends on other pages
        rest = "" if rows or makes else _rest(handle, page)
        found = alerts.on_page(handle, page)
        cards, most = alerts.cards(handle, found, page), alerts.in_view(found)
        unfit = _unfit(handle, page) if makes else None
        moves = dates.moves(handle)
        return draw("missing", rows=rows, rest=rest, cards=cards, most=most, unfit=unfit, moves=moves)

    return view


def _unfit(handle: OpenCase, page: Page) -> dict[str, Any]:
    """The warning about invalid answers where a document is made, with one link for each page."""
    drafts, places = handle.case.drafts, PageIndex(pages())
    ways = [way for path in drafts if (way := alerts.way_to(handle, path, page, places))]
    return {"words": progress.unfit(drafts), "ways": list({way["words"]: way for way in reversed(ways)}.values())}


def _rest(handle: OpenCase, page: Page) -> str:
    """The message if no list is empty, and every main question outside the lists has an answer."""
    if progress.has_begun_entry(handle, page):
        return tr("You can add more here at any time.")
    if progress.has_open(handle, page):
        return tr("You answered the main questions.")
    return tr("Every question on this page has an answer.")


def choose(handle: OpenCase) -> str:
    """Without a case: one line that says what to do, or the workbooks to choose from; "" on pages that list them."""
    here = links.here()
    if here == HOME or any({"workbooks", SEVERAL} & set(p.verbs) for p in pages() if p.name == here):
        return ""
    try:
        rows = chosen(handle, here or HOME)
    except StoreTrouble as error:
        files = files_page()
        way = {**files, "href": links.page(files["name"])} if files and handle.is_damage(error) else None
        return draw("choose", rows=[], trouble=str(error), files=way, nothing="", home="")
    trouble = str(handle.trouble) if handle.trouble else ""
    nothing = empty_states.nothing_open(bool(rows))
    return draw("choose", rows=rows, trouble=trouble, files=None, nothing=nothing, home=links.page(HOME))


def files_page() -> dict[str, str] | None:
    """A link to the page where workbooks are listed, loaded and erased; None if it is the first page or missing."""
    found = next((p for p in pages() if "workbooks" in p.verbs and p.name != HOME), None)
    return {"title": tr(found.title), "name": found.name} if found else None


def board_page(handle: OpenCase) -> dict[str, str] | None:
    """A link to the page of all workbooks; None if there are not several, or no such page."""
    found = next((p for p in pages() if SEVERAL in p.verbs), None)
    if found is None or len(handle.choices()) < 2:
        return None
    return {"title": tr(found.title), "href": links.page(found.name)}


def chosen(handle: OpenCase, page: str) -> list[dict[str, Any]]:
    """The workbooks that can be opened on this page, as template values."""
    rows = handle.choices()
    names = list_names(handle, rows)
    return [
        {
            "id": row.id,
            "name": names[row.id],
            "synthetic": row.synthetic,
            "state": tr(STATES[row.state]) if row.state in STATES else "",
            "updated": row.updated[:10],
            "href": links.page(page, row.id) if links.served() else "",
        }
        for row in rows
    ]


def list_names(handle: OpenCase, rows: Sequence[Summary]) -> dict[str, str]:
    """What to call each workbook in a list: those of a helper with the patient's first name, as far as it is known.

    Of two that would look alike, the patient or the id tells.
    """
    alike = Counter(row.nickname for row in rows)
    helped = {row.id for row in rows if row.mode != Mode.SELF and not row.synthetic}
    wanted = [r.id for r in rows if not r.nickname or alike[r.nickname] > 1 or r.id in helped]
    firsts = first_names(handle.store, wanted)
    nobody = tr("Workbook without a name")
    rest = ((r.id, r.nickname or ("" if firsts.get(r.id) else nobody), firsts.get(r.id, "")) for r in rows)
    return told_apart(rest, patients=True)


def _turn(handle: OpenCase, here: str) -> dict[str, str] | None:
    """The way to see this page as the client does, or back; None if there is no client, or nothing else to see."""
    looks = handle.is_client_view
    if not (looks or handle.case.mode is Mode.ADVOCATE) or not links.served() or links.without_jupyter() or not here:
        return None
    return {
        "href": links.page(here, handle.case.id, client=not looks),
        "words": tr("Back to your own view") if looks else tr("See as client"),
        "told": tr("You see the pages as the client does. Nothing is saved here.") if looks else "",
    }


def open_press(handle: OpenCase, value: Any) -> str:
    """Opens the selected workbook."""
    handle.bind(str(value))
    return steps_view(handle)


def another_press(handle: OpenCase, _value: Any) -> str:
    """Lets somebody in JupyterLab choose another workbook; this notebook stays as it is until it runs again."""
    handle.forget_choice()
    return steps_view(handle, again=True)


def workbook_name(handle: OpenCase) -> str:
    """The name of this workbook: its nickname, else the patient's first name."""
    return case_name(handle.case) or tr("Workbook without a name")


def mode_words(handle: OpenCase) -> str:
    """Who fills it in, as a sentence."""
    name = first_name(handle.case) or tr("the patient")
    told = {
        "self": tr("You fill this in for yourself."),
        "caregiver": tr("Filled in by someone who helps {name}."),
        "advocate": tr("Filled in by an advocate for {name}."),
    }
    return told[handle.case.mode.value].replace("{name}", name)


def row(handle: OpenCase, status: progress.Status, here: str, label: dict[str, str]) -> dict[str, Any]:
    """A step as template values; `here` is the name of the page that shows it."""
    page = status.page
    return {
        "label": label.get(page.name, ""),
        "title": tr(page.title),
        "href": links.page(page.name, handle.case.id),
        "status": status.words,
        "done": status.done,
        "started": status.started,
        "here": page.name == here,
        "intro": tr(page.intro),
    }

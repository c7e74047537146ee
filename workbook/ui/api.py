"""The verbs of notebooks. Each validates its arguments and returns a widget; the only module that makes widgets.

Typical page: `case = wb.open_case()`, `wb.steps(case)`, then forms. A cell that ends with a verb shows its widget. A
verb raises NotebookMistake for what it does not know, with the line of the cell and what comes near.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ..case import phones
from ..locale import tr
from ..rules.conditions import hold
from . import links
from .asking import catalog, conditions, own_questions, relabeled, unshown
from .asking.cells import mistake
from .asking.fields import Done, Grid, Mark, Together, checked, paced
from .asking.pages import Page, pages
from .forms.backend import FormBackend
from .forms.strings import EARLY
from .handle import OpenCase, demo_only, latest
from .panels import overview
from .panels.base import PanelBackend, Press, View, Works, draw

if TYPE_CHECKING:
    import datetime as dt

    from ..case import Case
    from ..documents.notebook.part import Part
    from .forms.widgets import Shown, Widget

LARGEST_UPLOAD = 10_000_000  # maximum size of one message of a page
PARTS = ("goal", "visit", "insurance", "records", "decision")  # of a case, with dates of their own


def open_case(id: str | None = None) -> OpenCase:  # noqa: A002  (what people call it)
    """The workbook this page is about: `wb.open_case("knee")` opens the one with this id or name.

    Without an id it is the one that the page's address names, or that was chosen in this notebook before, or the only
    one there is; otherwise `wb.steps(case)` lets people choose. The values are read by path, such as
    `case.goal.decide_by`. NoSuchCase if there is no workbook with this id or name.
    """
    unshown.watch()
    relabeled.register()
    if not links.served():
        from .asking import completion

        completion.offer()
    return OpenCase(wanted=id or "")


def form(case: OpenCase, *fields: str | Mark | Together, pace: str | None = None) -> Shown:
    """A form that asks these questions and saves as people type: `wb.form(case, "goal.kinds", "goal.decide_by")`.

    Each is a path (`wb.fields()` lists them), `wb.ask`, `wb.each`, `wb.group`, `wb.say` or `wb.when`. `pace="one"` asks
    one question at a time, `pace="all"` shows them together. NotebookMistake for a path that does not exist, a name of
    an own question that is used for two kinds of answers, and a form without questions.
    """
    _is_case(case, "form")
    if not fields:
        raise mistake("wb.form needs at least one question, such as wb.form(case, 'goal.kinds').")
    asked, chosen = checked(fields), paced(pace)
    told = own_questions.warnings(case, asked, [(page.name, page.own) for page in pages()])
    made = _form(FormBackend(case, asked, chosen))
    if not told:
        return made
    return _stack(panel(case, lambda _handle: draw("told", sentences=told)), made)


def grid(case: OpenCase, *, rows: str, columns: str, value: str = "viewed") -> Shown:
    """A choice for each pair: `wb.grid(case, rows="records.items", columns="opinions")` asks who saw which record.

    `columns` is "opinions" or "clinicians". NotebookMistake for other lists.
    """
    _is_case(case, "grid")
    for path in (rows, columns):
        if path not in catalog.lists():
            near = catalog.nearest(path)
            raise mistake(f"There is no list called {path}." + (f" Did you mean {near}?" if near else ""), path)
    if (rows, value) != ("records.items", "viewed") or columns not in ("clinicians", "opinions"):
        raise mistake(
            "A grid shows who saw which record. Write rows='records.items', columns='clinicians', value='viewed'.", rows
        )
    return _form(FormBackend(case, (Grid(rows, columns, value),)))


def steps(case: OpenCase) -> Shown:
    """Whose workbook this is, and the map of its steps; in JupyterLab also the choice: `wb.steps(case)`."""
    _is_case(case, "steps")
    return panel(case, overview.steps_view, {"open": overview.open_press, "another": overview.another_press}, live=True)


def home(case: OpenCase) -> Shown:
    """What to do next, the next date and the steps; before that, the workbooks to open and a first start.

    `wb.home(case)` is the first page.
    """
    _is_case(case, "home")
    from .panels.start import Start, StartForm

    start = Start(case)
    first = panel(case, start.view, start.presses(), live=True)
    if links.served() and not start.screen:
        return first
    return _stack(first, _form(StartForm(start)), panel(case, start.foot, start.foot_presses()))


def still_open(case: OpenCase, page: str | None = None) -> Shown:
    """What a page still has open, its problems and its questions without an answer: `wb.still_open(case)`.

    `page` is the name of another notebook, such as "1-goal"; NotebookMistake if there is none.
    """
    _is_case(case, "still_open")
    return panel(case, overview.missing_view(_page(page)), live=True)


def done(case: OpenCase, page: str | None = None) -> Shown:
    """The checkbox that marks this step as done: `wb.done(case)`. `page` is the name of another notebook."""
    _is_case(case, "done")
    found = _page(page)
    return _form(FormBackend(case, (Done(found.key if found else page or "page", found.marks if found else ()),)))


def workbooks(case: OpenCase | None = None) -> Shown:
    """Starts, names, opens, downloads, loads and erases workbooks: `wb.workbooks(case)`."""
    from .panels.loading import receive
    from .panels.workbooks import presses, view

    handle = case or latest() or OpenCase()
    backend = PanelBackend(handle, view, presses())
    listing = _shown_panel(backend)
    if demo_only():
        return listing
    from .forms.widgets import Upload

    def taken(_name: str, data: bytes) -> str | tuple[str, str]:
        try:
            return receive(handle, data)
        finally:
            backend.redraw()  # asks for the passphrase of an encrypted file, or no longer does

    load = Upload(
        tr("Load a case file"),
        taken,
        limit=LARGEST_UPLOAD,
        accept=".json,.age,.pdf,application/json,application/pdf",
        hint=tr("A file that was downloaded from a workbook, or a PDF with the workbook inside."),
    )
    return _stack(listing, _shown(load))


def review(case: OpenCase) -> Shown:
    """All answers for review, with a link to change each one: `wb.review(case)`."""
    _is_case(case, "review")
    from .panels.review import view

    return panel(case, view)


def find(case: OpenCase) -> Shown:
    """A box to find a question or an answer by its words, on any page: `wb.find(case)`."""
    _is_case(case, "find")
    from .panels.find import Find

    made = Find()
    return panel(case, made.view, {"find": made.press})


def left_open(case: OpenCase) -> Shown:
    """What was skipped, is not known yet or has no answer, on all pages, with the way to it: `wb.left_open(case)`."""
    _is_case(case, "left_open")
    from .panels.left_open import view

    return panel(case, view)


def heading(case: OpenCase, title: str, text: str = "", *, when: str) -> Shown:
    """A heading with a paragraph, shown only with these answers: `wb.heading(case, "Who saw what", when="opinions")`.

    A phone number in the text, such as 1-800-633-4227, can be pressed. A heading that everyone sees is plain Markdown.
    """
    _is_case(case, "heading")
    asked = conditions.parsed(when)

    def view(handle: OpenCase) -> str:
        if not (handle.bound and hold(asked, handle.case)):
            return ""
        return draw("heading", title=handle.voice.say(title), text=phones.in_prose(handle.voice.say(text)))

    return panel(case, view, live=True)


def compare(case: OpenCase) -> Shown:
    """The opinions side by side, with who saw which records: `wb.compare(case)`."""
    _is_case(case, "compare")
    from .panels.compare import view

    return panel(case, view, live=True)


def request_clocks(case: OpenCase, *letters: str) -> Shown:
    """The clock of each record request: its start, its end, or why it ended.

    With names of letters, such as `wb.request_clocks(case, "records-request", "follow-up")`, each request also offers
    the one that fits how far it is. NotebookMistake for a letter that does not exist.
    """
    _is_case(case, "request_clocks")
    from .panels import downloads
    from .panels.clocks import viewing

    wanted = downloads.checked(letters)
    return panel(case, viewing(wanted), downloads.presses(wanted), live=True)


def tracks(case: OpenCase, *, folded: bool = False) -> Shown:
    """Where each record is: asked for, here, with the next clinician; a small track for each office.

    `wb.tracks(case, folded=True)` shows one line, which opens.
    """
    _is_case(case, "tracks")
    from .panels.tracks import view

    return panel(case, partial(view, folded=folded), live=True)


def dates(case: OpenCase, about: str = "", *, without: str = "") -> Shown:
    """Every date that counts, in order; each opens to the sum and the rule behind it: `wb.dates(case)`.

    With the name of a part of the case, such as `wb.dates(case, "goal")`, only the dates to come of that part, in a
    line each; `without` is what it says if there is none. NotebookMistake for a part that does not exist.
    """
    _is_case(case, "dates")
    from .panels.dates import brief, view

    if about and about not in PARTS:
        raise mistake(f"wb.dates knows the parts {', '.join(PARTS)}, such as wb.dates(case, 'goal').", about)
    return panel(case, brief(about, without), live=True) if about else panel(case, view)


def rights(case: OpenCase, topic: str = "plan") -> Shown:
    """What the law says for this kind of plan, or for copies of records in this state: `wb.rights(case, "records")`.

    `topic` is "plan" or "records"; NotebookMistake for another.
    """
    _is_case(case, "rights")
    from .panels.rights import TOPICS, viewing

    if topic not in TOPICS:
        raise mistake(f"wb.rights knows the topics {' and '.join(TOPICS)}, such as wb.rights(case, 'plan').", topic)
    return panel(case, viewing(topic), live=True)


def condition(case: OpenCase, *, only_ask: bool = False) -> Shown:
    """What the chosen kinds of illness add: choices to ask about, results that count, sources: `wb.condition(case)`.

    If the answers name a kind that is not chosen, it asks whether to add it. `only_ask=True` shows nothing else. It is
    empty while no kind is named or chosen in `goal.conditions`.
    """
    _is_case(case, "condition")
    from .panels.condition import asking, presses, view

    shown = asking if only_ask else view
    return panel(case, shown, presses(shown), live=True)


def check_disc(case: OpenCase) -> Shown:
    """Scans a disc, a folder or a small file: whose it is, what is on it, what the checklist still lacks.

    `wb.check_disc(case)` only reads, and keeps what the person picks.
    """
    _is_case(case, "check_disc")
    from .forms.widgets import Upload
    from .panels.scan import Disc

    disc = Disc()
    shown = panel(case, disc.view, disc.presses(), live=True, works=disc)
    if demo_only():
        return shown
    load = Upload(
        tr("Or look at one small file"),
        lambda name, data: disc.receive(case, name, data),
        limit=LARGEST_UPLOAD,
        hint=tr("Such as a PDF, or the zip file from a portal. It is read but not saved."),
    )
    return _stack(shown, _shown(load))


def downloads(case: OpenCase, *names: str, fold: str = "", when: str = "") -> Shown:
    """Documents to download, such as `wb.downloads(case, "summary", "records-request", "follow-up")`.

    With `fold`, such as `fold="After the call"`, they are behind one line with these words. With `when`, such as
    `when="opinions"`, they are offered only with these answers. NotebookMistake for a document that does not exist; it
    names those that do.
    """
    _is_case(case, "downloads")
    from .panels import downloads

    if not names:
        raise mistake("wb.downloads needs a document, such as wb.downloads(case, 'visit-sheet').")
    wanted = downloads.checked(names)
    view = downloads.offering(wanted, fold, conditions.parsed(when))
    return panel(case, view, downloads.presses(wanted), live=True)


def packet(case: OpenCase) -> Shown:
    """The summary for a selected reader, its contents, optional extras and the file: `wb.packet(case)`."""
    _is_case(case, "packet")
    from .panels.packet import Packet

    made = Packet()
    return panel(case, made.view, made.presses(), live=True)


def download(case: OpenCase, document: str = "summary", *, as_: str = "pdf", label: str | None = None) -> Shown:
    """One button for the summary or the blank workbook: `wb.download(case, "summary", as_="pdf")`.

    `as_` is "pdf" or "html". `wb.downloads` offers these and every other document.
    """
    _is_case(case, "download")
    if as_ not in ("pdf", "html") or document not in ("summary", "blank"):
        raise mistake('wb.download makes "summary" or "blank", as_="pdf" or as_="html".', document)
    from .forms.widgets import Download

    def make(case_id: str | None) -> tuple[str, str, bytes, str]:
        from ..documents import export
        from ..documents.file_formats import FORMATS
        from .panels.downloads import ready

        case.visited(case_id)
        data, said = export.made(case.case, document, as_, case.today())
        return (
            export.file_name(case.case, document, as_, case.today()),
            FORMATS[as_].mime,
            data,
            ready(said).get("text", ""),
        )

    words = {"summary": tr("Download the summary"), "blank": tr("Download a blank workbook to print")}
    return _shown(Download(tr(label) if label else f"{words[document]} ({as_.upper()})", make))


def part(case: OpenCase | Case, name: str, today: dt.date | None = None, *, reader: str = "clinician") -> Shown | Part:
    """One part of a document, redacted for its reader, such as `wb.part(case, "opinions", reader="family")`.

    `case` is an open workbook or a case, `today` the day to count from. `reader` is clinician, insurer, family, full
    or binder. While no workbook is open in the notebook, it waits for one. NotebookMistake for an unknown name or
    reader; it lists those that exist.
    """
    from ..documents.summary import parts

    if not isinstance(case, OpenCase) or case.bound or links.served() or links.exporting():
        return parts.part(case, name, today, reader=reader)
    from .panels.parts import viewing

    parts.check(name, reader)
    return panel(case, viewing(name, today, reader), live=True)


def early() -> dict[str, str]:
    """The texts a widget shows before its first message."""
    return {key: tr(words) for key, words in EARLY.items()}


def _form(backend: FormBackend) -> Shown:
    from .forms.widgets import Form

    made = Form(backend)
    backend.send = lambda message: made.send(message, None)
    return _shown(made)


def panel(
    case: OpenCase,
    view: View,
    presses: dict[str, Press] | None = None,
    *,
    live: bool = False,
    works: Works | None = None,
) -> Shown:
    """A panel as a cell's value, for verbs that are not in this module; `works` is what goes on behind it."""
    backend = PanelBackend(case, view, presses, live=live)
    if works:
        works.redraw, backend.close = backend.redraw, works.close
    return _shown_panel(backend)


def _shown_panel(backend: PanelBackend) -> Shown:
    from .forms.widgets import Panel

    made = Panel(backend)
    backend.show = made.show
    return _shown(made)


def _shown(widget: Widget) -> Shown:
    """The widget as a cell's value: connected to Jupyter, or as it is where there is none."""
    widget.early = early()
    if links.without_jupyter():
        from .browser import keep

        keep(widget)
        return widget
    from .forms.jupyter import JupyterWidget

    return JupyterWidget(widget)


def _stack(*shown: Shown) -> Shown:
    """Several widgets as one cell's value."""
    if links.without_jupyter():
        from .forms.widgets import Stack

        return Stack(shown)
    from .forms.jupyter import JupyterStack

    return JupyterStack(shown)


def _page(name: str | None) -> Page | None:
    wanted = name or links.here()
    found = next((p for p in pages() if p.name == wanted), None)
    if name and not found:
        raise mistake(f"There is no page called {name}.", name)
    return found


def _is_case(case: Any, verb: str) -> None:
    if not isinstance(case, OpenCase):
        raise mistake(f"Write wb.{verb}(case, …). The cell above needs case = wb.open_case().")

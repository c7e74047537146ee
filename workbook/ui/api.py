"""The verbs of notebooks. Each validates its arguments and returns a widget; the only module that makes widgets.

Typical page: `case = wb.open_case()`, `wb.steps(case)`, then forms.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ..locale import tr
from ..rules.conditions import hold
from . import links
from .asking import catalog, conditions, own_questions
from .asking.cells import mistake
from .asking.fields import Done, Grid, Mark, Together, checked, paced
from .asking.pages import Page, pages
from .forms.backend import FormBackend
from .forms.strings import EARLY
from .handle import OpenCase, demo_only, latest
from .panels import overview
from .panels.base import PanelBackend, Press, View, draw

if TYPE_CHECKING:
    from .forms.widgets import Widget

LARGEST_UPLOAD = 10_000_000  # maximum size of one message of a page


def open_case() -> OpenCase:
    """The case this page is about."""
    return OpenCase()


def form(case: OpenCase, *fields: str | Mark | Together, pace: str | None = None) -> Any:
    """A form that asks these questions and saves as people type.

    `pace="one"` asks one question at a time, `pace="all"` shows them together.
    """
    _is_case(case, "form")
    if not fields:
        raise mistake("wb.form needs at least one question, such as wb.form(case, 'goal.kinds').")
    asked, chosen = checked(fields), paced(pace)
    told = own_questions.warnings(case, asked, [(page.name, page.own) for page in pages()])
    made = _form(FormBackend(case, asked, chosen))
    if not told:
        return made
    return _stack(_panel(case, lambda _handle: draw("told", sentences=told)), made)


def grid(case: OpenCase, *, rows: str, columns: str, value: str = "viewed") -> Any:
    """A choice for each pair of entries: who saw which record, and how."""
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


def steps(case: OpenCase) -> Any:
    """Whose workbook this is, and the map of its steps."""
    _is_case(case, "steps")
    return _panel(case, overview.steps_view, {"open": overview.open_press}, live=True)


def home(case: OpenCase) -> Any:
    """What to do next, the next date and the steps; before that, the workbooks to open and a first start."""
    _is_case(case, "home")
    from .panels.start import Start, StartForm

    start = Start(case)
    first = _panel(case, start.view, start.presses(), live=True)
    if links.served() and not start.screen:
        return first
    return _stack(first, _form(StartForm(start)), _panel(case, start.foot, start.foot_presses()))


def missing(case: OpenCase, page: str | None = None) -> Any:
    """Problems on this page, and its open questions."""
    _is_case(case, "missing")
    return _panel(case, overview.missing_view(_page(page)), live=True)


def done(case: OpenCase, page: str | None = None) -> Any:
    """The checkbox that marks this step as done."""
    _is_case(case, "done")
    found = _page(page)
    return _form(FormBackend(case, (Done(found.key if found else page or "page", found.marks if found else ()),)))


def workbooks(case: OpenCase | None = None) -> Any:
    """Starts, names, opens, downloads, loads and erases workbooks."""
    from .panels.workbooks import presses, receive, view

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
        accept=".json,.age,application/json",
        hint=tr("A file that was downloaded from a workbook."),
    )
    return _stack(listing, _shown(load))


def review(case: OpenCase) -> Any:
    """All answers for review, with a link to change each one."""
    _is_case(case, "review")
    from .panels.review import view

    return _panel(case, view)


def find(case: OpenCase) -> Any:
    """A box to find a question or an answer by its words, on any page."""
    _is_case(case, "find")
    from .panels.find import Find

    made = Find()
    return _panel(case, made.view, {"find": made.press})


def left_open(case: OpenCase) -> Any:
    """What was skipped, what is not known yet, and what has no answer, each with the way to it."""
    _is_case(case, "left_open")
    from .panels.left_open import view

    return _panel(case, view)


def heading(case: OpenCase, title: str, text: str = "", *, when: str) -> Any:
    """A heading with a paragraph, shown only with these answers: `wb.heading(case, "Who saw what", when="opinions")`.

    A heading that everyone sees is plain Markdown.
    """
    _is_case(case, "heading")
    asked = conditions.parsed(when)

    def view(handle: OpenCase) -> str:
        if not (handle.bound and hold(asked, handle.case)):
            return ""
        return draw("heading", title=handle.voice.say(title), text=handle.voice.say(text))

    return _panel(case, view, live=True)


def compare(case: OpenCase) -> Any:
    """The opinions side by side, with who saw which records."""
    _is_case(case, "compare")
    from .panels.compare import view

    return _panel(case, view, live=True)


def clocks(case: OpenCase, *letters: str) -> Any:
    """The clock of each record request: its start, its end, or why it ended.

    With names of letters, such as `wb.clocks(case, "records-request", "follow-up")`, each request also offers the one
    that fits how far it is.
    """
    _is_case(case, "clocks")
    from .panels import downloads
    from .panels.clocks import viewing

    wanted = downloads.checked(letters)
    return _panel(case, viewing(wanted), downloads.presses(wanted), live=True)


def tracks(case: OpenCase, *, folded: bool = False) -> Any:
    """Where each record is: asked for, here, with the next clinician; a small track for each office.

    `folded=True` shows one line, which opens.
    """
    _is_case(case, "tracks")
    from .panels.tracks import view

    return _panel(case, partial(view, folded=folded), live=True)


def dates(case: OpenCase) -> Any:
    """Every date that counts, in order; each can be opened to the sum and the rule behind it."""
    _is_case(case, "dates")
    from .panels.dates import view

    return _panel(case, view)


def rights(case: OpenCase, topic: str = "plan") -> Any:
    """What the law says for this kind of plan (`"plan"`), or for copies of records in this state (`"records"`)."""
    _is_case(case, "rights")
    from .panels.rights import TOPICS, viewing

    if topic not in TOPICS:
        raise mistake(f"wb.rights knows the topics {' and '.join(TOPICS)}, such as wb.rights(case, 'plan').", topic)
    return _panel(case, viewing(topic), live=True)


def check_disc(case: OpenCase) -> Any:
    """Scans a disc, a folder or a small file: the patient, the contents, and what the checklist still lacks."""
    _is_case(case, "check_disc")
    from .forms.widgets import Upload
    from .panels.scan import Disc

    disc = Disc()
    backend = PanelBackend(case, disc.view, disc.presses(), live=True)
    disc.redraw, backend.close = backend.redraw, disc.close
    panel = _shown_panel(backend)
    if demo_only():
        return panel
    load = Upload(
        tr("Or look at one small file"),
        lambda name, data: disc.receive(case, name, data),
        limit=LARGEST_UPLOAD,
        hint=tr("Such as a PDF, or the zip file from a portal. It is read but not saved."),
    )
    return _stack(panel, _shown(load))


def downloads(case: OpenCase, *names: str, fold: str = "", when: str = "") -> Any:
    """Documents to download, such as `wb.downloads(case, "records-request", "follow-up")`.

    With `fold`, such as `fold="After the call"`, they are behind one line with these words. With `when`, such as
    `when="opinions"`, they are offered only with these answers.
    """
    _is_case(case, "downloads")
    from .panels import downloads

    if not names:
        raise mistake("wb.downloads needs a document, such as wb.downloads(case, 'visit-sheet').")
    wanted = downloads.checked(names)
    view = downloads.offering(wanted, fold, conditions.parsed(when))
    return _panel(case, view, downloads.presses(wanted), live=True)


def packet(case: OpenCase) -> Any:
    """The summary for a selected reader: its contents, optional extras, and the file."""
    _is_case(case, "packet")
    from .panels.packet import Packet

    made = Packet()
    return _panel(case, made.view, made.presses(), live=True)


def download(case: OpenCase, document: str = "summary", *, as_: str = "pdf", label: str | None = None) -> Any:
    """A button that makes a document and downloads it."""
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


def early() -> dict[str, str]:
    """The texts a widget shows before its first message."""
    return {key: tr(words) for key, words in EARLY.items()}


def _form(backend: FormBackend) -> Any:
    from .forms.widgets import Form

    made = Form(backend)
    backend.send = lambda message: made.send(message, None)
    return _shown(made)


def _panel(case: OpenCase, view: View, presses: dict[str, Press] | None = None, *, live: bool = False) -> Any:
    return _shown_panel(PanelBackend(case, view, presses, live=live))


def _shown_panel(backend: PanelBackend) -> Any:
    from .forms.widgets import Panel

    made = Panel(backend)
    backend.show = made.show
    return _shown(made)


def _shown(widget: Widget) -> Any:
    """The widget as a cell's value: connected to Jupyter, or as it is where there is none."""
    widget.early = early()
    if links.without_jupyter():
        from .browser import keep

        keep(widget)
        return widget
    from .forms.jupyter import JupyterWidget

    return JupyterWidget(widget)


def _stack(*shown: Any) -> Any:
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

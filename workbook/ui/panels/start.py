"""The first start: for whom, what it is about, and one date; each a short screen. Knows the handle; no widgets.

The first screen creates the case, so that nothing typed on the others is lost. Each screen has an address; JupyterLab
has none, so there the screen is kept here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...case import Case, Mode
from ...case.skips import SIGN
from ...errors import StoreTrouble
from ...locale import N_, tr
from .. import links
from ..asking.fields import Ask, Mark
from ..asking.page_index import PageIndex
from ..asking.pages import HOME, labels, pages
from ..forms.backend import FormBackend
from ..handle import OpenCase, demo_only
from . import home
from .base import Answer, Press, View, draw

VISIT = "v-first"  # the visit that this start asks about; it exists once something about it is known
_VISIT_DAY = f"visit.appointments.{VISIT}.start"
_MONTH = N_(
    "The month is enough if you do not know the day. If you leave out the year, we take the next one that fits."
)
_BOOKED = (("booked", N_("Yes")), ("tentative", N_("Not yet")))
ASKED: dict[str, tuple[Mark, ...]] = {
    "name": (
        Ask(
            "person.preferred_name",
            N_("What is their first name?"),
            hint=N_('Or what they like to be called. The questions then say this name, not "the patient".'),
        ),
    ),
    "about": (
        Ask(
            "goal.about",
            hint=N_('A word or two, such as "Knee". Your workbook gets this name. The new doctor sees it, too.'),
        ),
    ),
    "date": (),
    "treatment": (Ask("goal.held_slot.on", N_("What is the date of the surgery or treatment?"), hint=_MONTH),),
    "visit": (
        Ask(
            _VISIT_DAY,
            N_("What is the date of the visit?"),
            kind="date",
            hint=N_("You can add the time later. If you leave out the year, we take the next one that fits."),
        ),
        Ask(f"visit.appointments.{VISIT}.state", choices=_BOOKED),
    ),
    "decide": (Ask("goal.decide_by", hint=_MONTH),),
}
_AFTER = {"name": "about", "about": "date"}  # all others end the start
_BEFORE = {"treatment": "date", "visit": "date", "decide": "date", "date": "about"}
_DATES = (
    ("treatment", N_("There is a date for surgery or treatment")),
    ("visit", N_("There is a date for a visit")),
    ("decide", N_("I have to decide by a date")),
)
_STRAIGHT_TO = ("insurance.plan.type", "records.requests")  # the words for a call, and the letter to an office


def begin(handle: OpenCase, mode: Any) -> Case:
    """Creates a case for this kind of person; unknown means that the patient fills it in."""
    if demo_only():
        raise StoreTrouble(
            tr("This is a public demo. It saves nothing, so workbooks cannot be started or loaded here.")
        )
    case = Case(mode=Mode(mode) if mode in list(Mode) else Mode.SELF)
    handle.store.create(case)
    return case


def opening(case: Case) -> list[str]:
    """The screens between the first one and the date: what to call the patient, if someone else fills it in."""
    return ["about"] if case.mode is Mode.SELF else ["name", "about"]


class Start:
    """The first page, with the screens of a first start."""

    def __init__(self, handle: OpenCase) -> None:
        """The address may ask for a screen."""
        self.screen = ""
        if links.start_at() in ASKED and not demo_only():
            self.screen = links.start_at()
        self.handle = handle

    @property
    def asks(self) -> bool:
        """Whether a screen with a question is shown."""
        return bool(self.screen and self.handle.bound)

    def view(self, handle: OpenCase) -> str:
        """The first page, or the head of a screen."""
        if not self.asks:
            return home.view(handle)
        ways = [{"screen": s, "words": tr(words), "href": self._href(s)} for s, words in _DATES]
        screens = ["whom", *opening(handle.case), "date"]
        number = screens.index(self.screen if self.screen in screens else "date") + 1
        return draw("start_head", screen=self.screen, dates=ways, end=self._href(""), number=number, count=len(screens))

    def foot(self, handle: OpenCase) -> str:
        """The way on, back, and straight to what is useful at once; "" for the first page."""
        if not self.asks:
            return ""
        places, label = PageIndex(pages()), labels(pages())
        straight = [
            {"title": tr(place.page.title), "href": links.page(place.page.name, handle.case.id)}
            for path in _STRAIGHT_TO
            if (place := places.of(path)) and place.page.name in label
        ]
        after, before = _AFTER.get(self.screen, ""), _BEFORE.get(self.screen, "")
        if self.screen == "about":
            before = "".join(opening(handle.case)[:-1])
        return draw(
            "start_foot",
            screen=self.screen,
            after=after,
            on=self._href(after),
            before=before,
            back=self._href(before),
            straight=straight,
        )

    def presses(self) -> dict[str, Press]:
        """The actions of the buttons."""
        own = {"put-off": home.put_off, "take-back": home.take_back, "reopen": home.reopen}
        return {"start": self._start, "open": self._open, "screen": self._to(self.view), **own}

    def foot_presses(self) -> dict[str, Press]:
        """The same below the question."""
        return {"screen": self._to(self.foot), "skip": self._skip}

    def _href(self, screen: str) -> str:
        """The address of a screen; "" where there is none, and a button is pressed."""
        return links.page(HOME, self.handle.case.id, start=screen) if links.served() else ""

    def _start(self, handle: OpenCase, value: Any) -> Answer:
        case = begin(handle, value)
        if links.served():
            return {"do": "go", "href": links.page(HOME, case.id, start=opening(case)[0])}
        self.screen = opening(case)[0]
        handle.bind(case.id)
        return self.view(handle)

    def _open(self, handle: OpenCase, value: Any) -> Answer:
        if links.served():
            return {"do": "go", "href": links.page(HOME, str(value))}
        handle.bind(str(value))
        return self.view(handle)

    def _skip(self, handle: OpenCase, value: Any) -> Answer:
        """The screen that follows; the question is noted, so that the page of what was skipped lists it."""
        from ...session import Change

        asked = [mark.path for mark in ASKED.get(str(value), ()) if isinstance(mark, Ask) and not mark.when]
        paths = [path for path in asked[:1] if not path.startswith("visit.")]  # the visit does not exist yet
        handle.session.apply([Change("put", f"{path}{SIGN}", True) for path in paths])
        after = _AFTER.get(str(value), "")
        if links.served():
            return {"do": "go", "href": self._href(after)}
        return self._to(self.foot)(handle, after)

    def _to(self, view: View) -> Press:
        """Another screen, in JupyterLab; the pressed panel shows `view`."""

        def press(handle: OpenCase, value: Any) -> Answer:
            self.screen = str(value) if value in ASKED else ""
            handle.tell(None, [])
            return view(handle)

        return press


class StartForm(FormBackend):
    """The one question of the screen on view; none on the first page itself."""

    def __init__(self, start: Start) -> None:
        """The screen may change while the form is shown, in JupyterLab."""
        self._start = start
        super().__init__(start.handle, ())

    def open(self, case_id: str | None) -> dict[str, Any]:
        self.marks = ASKED.get(self._start.screen, ())
        found = super().open(case_id)
        return found if self.marks else {}

    def state(self) -> dict[str, Any]:
        self.marks = ASKED.get(self._start.screen, ())
        return super().state()

    def _heard(self, handle: OpenCase, origin: object, paths: list[str]) -> None:
        if self.send is not None and self._opened and not ASKED.get(self._start.screen):
            return self.send({"do": "empty"})
        return super()._heard(handle, origin, paths)

    def save(self, rev: int, changes: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """Saves; a day for the visit makes the visit, and what it is about names a workbook without its own name."""
        from ...session import Change

        session = self.handle.session
        for about in (c.get("value") for c in changes if c["path"] == "goal.about"):
            if isinstance(about, str) and session.case.nickname in ("", session.case.goal.about):
                session.apply([Change("put", "nickname", about)])
        is_asked = any(c["path"].startswith(f"visit.appointments.{VISIT}.") for c in changes)
        if is_asked and VISIT not in session.case.visit.appointments:
            session.apply([Change("add", "visit.appointments", {"id": VISIT})])
        return super().save(rev, changes)

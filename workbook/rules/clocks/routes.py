"""The time limit and fee rule of each route of a record request. Knows the case's routes and the law."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ...case.records import Route
from ...law import Facts
from ...locale import N_, tr


@dataclass(frozen=True, slots=True)
class RouteRule:
    """The rules of one route: its clock, and a sentence on the time limit and fees."""

    clock: str  # the clock's name in the facts; "" if none applies
    text: str
    state_clock: str = ""  # the clock of state laws for this route; "" if none applies
    extension: str = "records.extension"  # the clock of an extension; "" if the rule allows none
    must: str = N_("{office} must hand over the copy or refuse in writing by {day}.")
    had_to: str = N_("{office} had to hand over the copy or refuse in writing by {day}.")  # once that day has passed
    is_own_copy: bool = True  # the access right itself, with a refusal in writing and a complaint (H-9, H-10)

    def words(self, facts: Facts, on: dt.date) -> str:
        """The sentence in the current language, with the time limit in force on the day of receipt."""
        rule = facts.clock(self.clock, on) if self.clock else None
        return tr(self.text).format(time=(rule.measure if rule else "") or tr("a time limit"))


ROUTES: dict[Route, RouteRule] = {
    Route.ACCESS_SELF: RouteRule(
        "records.access",
        N_("The office has {time} after it gets the request. It may charge only for the copy."),
        "records.access_state",
    ),
    Route.ACCESS_REP: RouteRule(
        "records.access",
        N_(
            "A legal representative has the patient's own right. The office has {time}. "
            "It may charge only for the copy."
        ),
        "records.access_state",
    ),
    # An electronic copy of an electronic record sent to someone else is a request for access (164.524(c)(3)(ii)).
    Route.DIRECTIVE: RouteRule(
        "records.access",
        N_(
            "For an electronic copy of an electronic record, the office has {time}. For paper, films and discs there "
            "is no time limit. The limit on fees does not apply."
        ),
        must=N_("If the record is electronic, {office} must send an electronic copy by {day}."),
        had_to=N_("If the record is electronic, {office} had to send an electronic copy by {day}."),
        is_own_copy=False,
    ),
    Route.AUTHORIZATION: RouteRule(
        "",
        N_(
            "The office may answer, but it does not have to. Federal law sets no time limit, and no limit on fees. "
            "A state may."
        ),
        "records.consent_state",
    ),
    Route.PROVIDER: RouteRule(
        "",
        N_("Federal law sets no time limit. It is usually free and often the fastest way. Ask."),
        "records.transfer_state",
    ),
    # An export that the patient asks for is a copy of their own records: the access right, in another form (H-6).
    Route.EHI_EXPORT: RouteRule(
        "records.access",
        N_("The patient asks for their own copy, so the office has {time}. Images are rarely in it."),
        "records.access_state",
    ),
    Route.SPECIMEN: RouteRule(
        "", N_("Slides and tissue usually go from lab to lab on loan. There is no time limit. Ask.")
    ),
    Route.MAMMOGRAM: RouteRule(
        "records.mammogram",
        N_("The center usually has {time} after it gets the request to hand over the originals. Ask."),
        extension="",
        must=N_("{office} usually has until {day} to hand over the mammograms. Ask."),
        had_to=N_("{office} usually had until {day} to hand over the mammograms. Ask."),
        is_own_copy=False,
    ),
}

NO_CLOCK_THOUGH_EXPECTED = (Route.AUTHORIZATION, Route.DIRECTIVE)

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

    def words(self, facts: Facts, on: dt.date) -> str:
        """The sentence in the current language, with the time limit in force on the day of receipt."""
        rule = facts.clock(self.clock, on) if self.clock else None
        return tr(self.text).format(time=(rule.measure if rule else "") or tr("a time limit"))


ROUTES: dict[Route, RouteRule] = {
    Route.ACCESS_SELF: RouteRule(
        "records.access",
        N_("The office has {time} after it gets the request. It may charge only for the copy."),
    ),
    Route.ACCESS_REP: RouteRule(
        "records.access",
        N_(
            "A legal representative has the patient's own right. The office has {time}. "
            "It may charge only for the copy."
        ),
    ),
    Route.DIRECTIVE: RouteRule(
        "",
        N_(
            "There is no time limit that you can count on. The limit on fees does not apply. It covers electronic "
            "records."
        ),
    ),
    Route.AUTHORIZATION: RouteRule(
        "", N_("The office may answer, but it does not have to. There is no time limit, and no limit on fees.")
    ),
    Route.PROVIDER: RouteRule("", N_("There is no time limit. It is usually free and often the fastest way. Ask.")),
    # An export that the patient asks for is a copy of their own records: the access right, in another form (H-6).
    Route.EHI_EXPORT: RouteRule(
        "records.access",
        N_("The patient asks for their own copy, so the office has {time}. Images are rarely in it."),
    ),
    Route.SPECIMEN: RouteRule(
        "", N_("Slides and tissue usually go from lab to lab on loan. There is no time limit. Ask.")
    ),
    Route.MAMMOGRAM: RouteRule(
        "", N_("The center must release the originals when asked. We do not know of a fixed number of days.")
    ),
}

NO_CLOCK_THOUGH_EXPECTED = (Route.AUTHORIZATION, Route.DIRECTIVE)

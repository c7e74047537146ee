"""Which time limit and which fee rule run on each way of asking for records. Data; knows the case's routes."""

from __future__ import annotations

from dataclasses import dataclass

from ...case.records import Route
from ...locale import N_, tr


@dataclass(frozen=True, slots=True)
class RouteRule:
    """What holds on one route: the fact its clock runs on, the fact on fees, and both in a sentence."""

    clock: str  # name of a clock in the facts; empty where none runs
    fee: str  # id of a fact; empty where no rule is known
    text: str

    @property
    def words(self) -> str:
        """The sentence in the language in use."""
        return tr(self.text)


ROUTES: dict[Route, RouteRule] = {
    Route.ACCESS_SELF: RouteRule(
        "records.access",
        "H-7",
        N_("The office has 30 days after it gets the request. It may charge only for the copy."),
    ),
    Route.ACCESS_REP: RouteRule(
        "records.access",
        "H-7",
        N_(
            "A legal representative has the patient's own right. The office has 30 days. "
            "It may charge only for the copy."
        ),
    ),
    Route.DIRECTIVE: RouteRule(
        "",
        "H-8",
        N_("No time limit that you can count on. The limit on fees does not hold. It covers electronic records."),
    ),
    Route.AUTHORIZATION: RouteRule(
        "", "", N_("The office may answer, but it need not. No time limit runs, and no limit on fees.")
    ),
    Route.PROVIDER: RouteRule("", "", N_("No time limit runs. It is usually free and often the fastest way. Ask.")),
    # An export that the patient asks for is a copy of their own records: the access right, in another form (H-6).
    Route.EHI_EXPORT: RouteRule(
        "records.access",
        "H-7",
        N_("The patient asks for their own copy, so the office has 30 days. Images are rarely in it."),
    ),
    Route.SPECIMEN: RouteRule(
        "", "", N_("Slides and tissue usually go from lab to lab on loan. No time limit runs. Ask.")
    ),
    Route.MAMMOGRAM: RouteRule(
        "", "H-18", N_("The center must hand over the originals when asked. We know of no fixed number of days.")
    ),
}

NO_CLOCK_THOUGH_EXPECTED = (Route.AUTHORIZATION, Route.DIRECTIVE)

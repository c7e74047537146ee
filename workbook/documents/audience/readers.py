"""The readers of a summary: the parts each gets, in order, and the paths each may see. Data only.

A reader with paths in `sees` gets nothing from any other path. Private and sensitive entries and the extras are
left out for everyone unless their own path was selected.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from ...case.log import Visibility
from ...locale import N_

EXTRAS = ("person.address", "person.aliases", "time")
"""Paths that nobody gets by default, though they are not marked as private."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader: name, parts, and print layout.

    `sections` are (title, parts in order); the parts of a section without a title have no common heading. `sees` are
    paths of the case, empty for all. `extras` can be selected for this reader, `notes` are the ones they get,
    `own` says whether answers to user-defined questions are included if those name no readers; `all_own` that they
    are included whatever readers they name.
    """

    name: str
    words: str
    use: str
    title: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    sees: tuple[str, ...] = ()
    extras: tuple[str, ...] = ("person.address", "person.aliases")
    notes: frozenset[Visibility] = frozenset()
    own: bool = True
    all_own: bool = False
    capped: bool = False  # at most two pages, four in large print: lists are cut
    tabs: bool = False  # a contents page, and a new page for each section
    size: float = 10.5

    def sees_place(self, path: str) -> bool:
        """Whether the path, or something below it, is for this reader."""
        return _sees(self.sees, self.extras, path)

    def takes(self, path: str) -> bool:
        """Whether a selected entry or answer at this path would reach this reader."""
        if not self.own and "own" in path.split("."):
            return False
        return any(_within(path, extra) for extra in self.extras) or self.sees_place(path)

    @property
    def parts(self) -> tuple[str, ...]:
        """All its parts in order."""
        return tuple(part for _, parts in self.sections for part in parts)


@functools.lru_cache(maxsize=1 << 14)  # cached: a summary checks the same paths again and again
def _sees(places: tuple[str, ...], extras: tuple[str, ...], path: str) -> bool:
    if any(_within(path, extra) for extra in EXTRAS) and not any(_within(path, extra) for extra in extras):
        return False
    return not places or any(_within(path, place) or _within(place, path) for place in places)


def _within(path: str, place: str) -> bool:
    return path == place or path.startswith(place + ".")


_STEPS = (
    ("", ("head", "sources", "goal", "troubles", "safety", "facts", "ahead")),
    (
        N_("The goal"),
        (
            *("goal_more", "worries", "experiences", "corrections", "diagnoses", "history", "timeline"),
            *("medicines_all", "results_all", "people", "papers"),
        ),
    ),
    (N_("The clinicians"), ("clinicians", "places")),
    (N_("Insurance"), ("plan", "calls", "networks", "referrals", "prior_auths", "denials", "costs")),
    (N_("The records"), ("records", "records_all", "requests", "scans", "discs", "materials", "sent")),
    (N_("The visit"), ("visits", "answers", "after_visit")),
    (
        N_("Opinions and decision"),
        ("opinions", "same_records", "opinions_all", "readiness", "decided", "told", "who_does"),
    ),
    (N_("Notes and documents"), ("given", "time")),
)

READERS: Mapping[str, Reader] = {
    reader.name: reader
    for reader in (
        Reader(
            "clinician",
            N_("The clinician"),
            N_("About two pages: what {you want|the patient wants}, the facts, the opinions and the questions."),
            N_("Second opinion: case summary"),
            (
                (
                    "",
                    (
                        "head",
                        "question",
                        "safety",
                        "condition",
                        "results",
                        "opinions",
                        "same_records",
                        "imaging",
                        "records",
                        "questions",
                        "timeline",
                        "contacts",
                    ),
                ),
            ),
            notes=frozenset({Visibility.CLINICIAN}),
            capped=True,
            size=9.4,
        ),
        Reader(
            "insurer",
            N_("The insurance plan"),
            N_("What the plan is asked and by when, why, open denials, and what it has said so far."),
            N_("Second opinion: for the insurance plan"),
            (("", ("head", "request", "member", "reasons", "open_denials", "plan_said", "more_answers")),),
            sees=(
                *("person.name", "person.birth_date", "person.phone", "person.state"),
                *("parties", "authorities", "goal.held_slot", "goal.decision", "health.problems", "clinicians"),
                *("insurance", "visit.appointments"),
            ),
            own=False,
        ),
        Reader(
            "family",
            N_("Family and friends"),
            N_("In plain words: what the doctors said, what happens next, who does what, and whom to call."),
            N_("Second opinion: where things stand"),
            (
                (
                    "",
                    (
                        "head",
                        "stand",
                        "doctors_said",
                        "ahead",
                        "visits_plain",
                        "who_does_next",
                        "more_answers",
                        "reach",
                        "notes",
                    ),
                ),
            ),
            sees=(
                *("person.name", "person.preferred_name", "person.phone", "parties", "clinicians"),
                *("goal.about", "goal.decision", "goal.decide_by", "goal.held_slot", "goal.safe_wait"),
                *("visit.appointments", "visit.note_taker", "compare.tie_breaker", "tasks", "decision", "notes"),
                *("opinions",),
            ),
            extras=("person.address",),
            notes=frozenset({Visibility.PATIENT}),
            own=False,
            size=11.5,
        ),
        Reader(
            "full",
            N_("Everything"),
            N_(
                "Everything written down so far, such as for another advocate. Private "
                "entries stay out unless you choose "
                "them."
            ),
            N_("Second opinion: the whole case"),
            _STEPS,
            extras=EXTRAS,
            notes=frozenset({Visibility.CLINICIAN, Visibility.PATIENT}),
            all_own=True,
        ),
        Reader(
            "binder",
            N_("A paper binder"),
            N_("Everything, with a contents page and a new page for each step."),
            N_("Second opinion: binder"),
            _STEPS,
            extras=EXTRAS,
            notes=frozenset({Visibility.CLINICIAN, Visibility.PATIENT}),
            all_own=True,
            tabs=True,
        ),
    )
}
"""Every reader by name."""

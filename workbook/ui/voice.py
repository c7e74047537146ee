"""Addresses the reader: in their language, speaking to or about the patient. Knows the case's wording."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ..case import Case, Mode, caller, first_name, spoken
from ..case.partial_dates import exact
from ..locale import tr
from ..locale.dates import show_day
from ..rules.care_year import care_year, clinician_ahead, filled, visit_ahead
from ..rules.plan_calls import questions


@dataclass(frozen=True)
class Voice:
    """How to speak: to the patient, or to someone who helps a patient with this name."""

    mode: str = "self"
    name: str = ""
    caller: str = ""
    year: str = ""
    clinician: str = ""
    visit: str = ""
    patient: str = ""  # the full name, for a helper to say
    asks: tuple[tuple[str, str], ...] = ()  # the questions to this plan as they are read aloud, by the answer they fill

    @classmethod
    def of(cls, case: Case, today: dt.date) -> Voice:
        """The voice for the person who fills in this case, on this day."""
        who, visit = clinician_ahead(case, today), visit_ahead(case, today)
        name = who.name or who.facility if who else ""
        sure = exact(visit.start) if visit and not visit.is_unsure else None
        on = show_day(sure.isoformat(), weekday=True) if sure else ""
        full = "" if case.mode is Mode.SELF else case.person.name
        year, asks = care_year(case, today), _asks(case)
        return cls(str(case.mode.value), first_name(case), caller(case), year, name, on, full, asks)

    def say(self, text: str) -> str:
        """The text for this reader; translators translate the text with both voices in it.

        >>> Voice("caregiver", "Ana").say("When {do you|does the patient} need to decide?")
        'When does Ana need to decide?'
        """
        return filled(spoken(tr(text), self.mode, self.name), self.year, self.clinician) if text else ""

    def asked_aloud(self, path: str) -> str:
        """The words of a question on the card of a call, if the script for this plan has it; else ""."""
        found = dict(self.asks).get(path.removeprefix("answers."), "") if path.startswith("answers.") else ""
        return self.say(found)


def _asks(case: Case) -> tuple[tuple[str, str], ...]:
    return tuple((one.answer, one.say) for one in questions(case) if one.say)

"""Addresses the reader: in their language, speaking to or about the patient. Knows the case's wording."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ..case import Case, caller, first_name, spoken
from ..locale import tr
from ..rules.care_year import care_year, filled


@dataclass(frozen=True)
class Voice:
    """How to speak: to the patient, or to someone who helps a patient with this name."""

    mode: str = "self"
    name: str = ""
    caller: str = ""
    year: int = 0

    @classmethod
    def of(cls, case: Case, today: dt.date) -> Voice:
        """The voice for the person who fills in this case, on this day."""
        return cls(str(case.mode.value), first_name(case), caller(case), care_year(case, today))

    def say(self, text: str) -> str:
        """The text for this reader; translators translate the text with both voices in it.

        >>> Voice("caregiver", "Ana").say("When {do you|does the patient} need to decide?")
        'When does Ana need to decide?'
        """
        return filled(spoken(tr(text), self.mode, self.name), self.year) if text else ""

"""Says the workbook's words to this reader: in their language, to them or about the patient. Knows the case's words."""

from __future__ import annotations

from dataclasses import dataclass

from ..case import Case, first_name, spoken
from ..locale import tr


@dataclass(frozen=True)
class Voice:
    """How to speak: to the patient, or to someone who helps a patient of this name."""

    mode: str = "self"
    name: str = ""

    @classmethod
    def of(cls, case: Case) -> Voice:
        """The voice for the one who fills in this case."""
        return cls(str(case.mode.value), first_name(case))

    def say(self, text: str) -> str:
        """The words as this reader sees them; translators work on the words with both voices in them.

        >>> Voice("caregiver", "Ana").say("When {do you|does the patient} need to decide?")
        'When does Ana need to decide?'
        """
        return spoken(tr(text), self.mode, self.name) if text else ""

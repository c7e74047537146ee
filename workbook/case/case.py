"""The whole case: one person, one decision. Knows the models of its parts; no disk, no widgets, no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import Field, field_validator

from .barriers import Barrier
from .choices import Choice, Mode
from .clinicians import Clinician, Facility
from .coverage import Insurance
from .field_types import Flag, Line, Text
from .goal import Goal
from .hand_over import HandOver
from .health import Health
from .items import Items, new_id
from .log import ExportRecord, Note, Task, TimeEntry
from .model import CaseModel, Own, Provenance
from .opinions import Comparison, FinalDecision, Opinion, Seen
from .other_answers import OtherAnswer
from .partial_dates import Day
from .people import Authority, Party, Person, Role
from .records import Records
from .visit import Visit
from .words import asked

SCHEMA_VERSION = 2
_SHORT_ID = 6  # letters that tell two workbooks apart
MEMBER_NUMBER = "insurance.plan.member_id_last4"


class CaseState(Choice):
    """A state that the person sets. Every other status of a case is derived from the answers."""

    PAUSED = "paused", "Paused"
    CLOSED = "closed", "Closed"


class Case(CaseModel):
    """The root model of a case. Fields contain bare values; where a value comes from is at `provenance[path]`."""

    schema_version: int = SCHEMA_VERSION
    fact_pack_version: Line = ""
    id: str = Field(default_factory=new_id, pattern=r"^[a-z][a-z0-9-]{0,39}$")
    nickname: Line = asked(
        "Name for this workbook",
        "",
        short="Workbook",
        tier=1,
        hint='Something only you understand, such as "Knee". It does not need to be a name.',
    )
    created: str = ""
    updated: str = ""
    mode: Mode = asked("Who is filling this in?", Mode.SELF, short="Filled in by", tier=0)
    language: Line = "en"
    bilingual_export: Flag = False
    synthetic: Flag = False
    deidentified: Flag = False  # a copy for supervision, without names and with moved dates
    demo_today: Day | None = None
    status: CaseState | None = asked("Is this case paused or closed?", short="Case", tier=0)
    steps: dict[str, Flag] = Field(default_factory=dict)
    person: Person = Person()
    parties: Items[Party] = Items()
    authorities: Items[Authority] = Items()
    goal: Goal = Goal()
    health: Health = Health()
    clinicians: Items[Clinician] = Items()
    facilities: Items[Facility] = Items()
    insurance: Insurance = Insurance()
    records: Records = Records()
    visit: Visit = Visit()
    opinions: Items[Opinion] = Items()
    viewed: dict[str, dict[str, Seen]] = Field(default_factory=dict)
    compare: Comparison = Comparison()
    decision: FinalDecision = FinalDecision()
    barriers: Items[Barrier] = Items()
    tasks: Items[Task] = Items()
    notes: Items[Note] = Items()
    time: Items[TimeEntry] = Items()
    exports: Items[ExportRecord] = Items()
    hand_overs: Items[HandOver] = Items()
    other_answers: Items[OtherAnswer] = Items()
    own: dict[str, Own] = Field(default_factory=dict)
    provenance: dict[str, Provenance] = Field(default_factory=dict, alias="facts")  # its name in case files
    drafts: dict[str, Text] = Field(default_factory=dict)
    skipped: dict[str, Flag] = Field(default_factory=dict)  # by the path of the question; see `skips`
    postponed: dict[str, Day] = Field(default_factory=dict)  # by the key of a next step: the day it comes back
    left_out: tuple[str, ...] = ()

    @field_validator("drafts")
    @classmethod
    def _without_numbers(cls, drafts: dict[str, str]) -> dict[str, str]:
        """Drops the draft of the member number: older files may contain the whole number there."""
        return {path: text for path, text in drafts.items() if path != MEMBER_NUMBER}


_ROLES = {Mode.CAREGIVER: (Role.CAREGIVER, Role.PROXY, Role.FAMILY), Mode.ADVOCATE: (Role.ADVOCATE,)}


def helper_of(case: Case) -> Party | None:
    """The helper who fills in the workbook; None if the patient does or no helper is named.

    Somebody without a role counts if there is nobody else it could be.
    """
    roles = _ROLES.get(case.mode, ())
    found = next((p for role in roles for p in case.parties.values() if p.role is role), None)
    unclear = [p for p in case.parties.values() if p.role is None and p.name]
    return found or (unclear[0] if roles and len(unclear) == 1 else None)


def full_name(case: Case) -> str:
    """The patient's name as an office may know it: a helper's "Mom" is none, what patients call themselves is."""
    own = case.person.preferred_name if case.mode is Mode.SELF else ""
    return case.person.name.strip() or own


def caller(case: Case) -> str:
    """The name of the person who fills this in and makes the calls, as far as known."""
    if case.mode is Mode.SELF:
        return case.person.name or case.person.preferred_name
    helper = helper_of(case)
    return helper.name if helper else ""


def case_name(case: Case) -> str:
    """What its owner calls this workbook: its nickname, else the patient's first name, else ""."""
    return case.nickname or first_name(case)


def told_apart(named: Iterable[tuple[str, str, str]], *, patients: bool = False) -> dict[str, str]:
    """Names for several workbooks, by id, of which no two are alike; each comes with its nickname and first name.

    With `patients` the first name is beside every nickname that does not have it, for lists of those who help many.

    >>> told_apart([("a1b2c3d4", "Knee", "Ana"), ("e5f6a7b8", "Knee", ""), ("c9d0", "", "Bo")])
    {'a1b2c3d4': 'Knee, Ana', 'e5f6a7b8': 'Knee', 'c9d0': 'Bo'}
    >>> told_apart([("a1b2", "Kidney", "Omar"), ("c3d4", "Bo's back", "Bo")], patients=True)
    {'a1b2': 'Kidney, Omar', 'c3d4': "Bo's back"}
    """
    rows = list(named)
    alike = Counter(nickname or first for _, nickname, first in rows)
    longer = [
        f"{nickname}{',' if nickname[-1].isalnum() else ''} {first}"
        if nickname and first and (alike[nickname] > 1 or (patients and first.casefold() not in nickname.casefold()))
        else nickname or first
        for _, nickname, first in rows
    ]
    still = Counter(longer)
    return {
        key: f"{name} ({key[:_SHORT_ID]})".strip() if still[name] > 1 else name
        for (key, _, _), name in zip(rows, longer, strict=True)
    }


def first_name_in(body: Any) -> str:
    """The first name in a case as it is stored, without reading all of it; "" if none is found."""
    person = body.get("person") if isinstance(body, Mapping) else None
    given = [person.get(field) for field in ("preferred_name", "name")] if isinstance(person, Mapping) else []
    own, full = (text.strip() if isinstance(text, str) else "" for text in given or ("", ""))
    return own or (full.split() or [""])[0]


def first_name(case: Case) -> str:
    """How to address the patient: preferred name, else first name, else ""."""
    return case.person.preferred_name or (case.person.name.split() or [""])[0]

"""The patient, the people who help, and the papers that authorize them."""

from __future__ import annotations

from typing import ClassVar

from .choices import Choice, YesNo
from .field_types import Flag, Line, Phone, Ref, Text
from .items import Items
from .model import CaseModel, Item
from .partial_dates import Day
from .words import asked


class Alias(Item):
    """A former name; labs and discs may still show it."""

    NOUN: ClassVar[str] = "other name"
    TITLE: ClassVar[tuple[str, ...]] = ("name",)

    name: Line = asked("Other name on records", "", short="Other name", tier=1, hint="Such as a maiden name.")
    until: Day | None = asked("Used until", short="Until", tier=1)


class Person(CaseModel):
    """The patient's details for the clinic."""

    name: Line = asked(
        "{Your|The patient's} full name",
        "",
        short="Name",
        tier=1,
        hint="As shown on the insurance card.",
        why="Records offices match requests by name and birth date.",
    )
    preferred_name: Line = asked(
        "What name {do you|does the patient} like to go by?", "", short="Likes to be called", tier=1
    )
    aliases: Items[Alias] = Items()
    birth_date: Day | None = asked("{Your|The patient's} date of birth", short="Born", tier=1)
    phone: Phone = asked("{Your|The patient's} phone number", "", short="Phone", tier=1, kind="phone")
    email: Line = asked(
        "{Your|The patient's} email address",
        "",
        short="Email",
        tier=1,
        hint="Only if records may come by email or as a link.",
    )
    address: Text = asked(
        "Mailing address",
        "",
        short="Address",
        tier=1,
        why="A records office may mail a disc or a letter here.",
    )
    state: Line = asked(
        "Which state {do you|does the patient} live in?",
        "",
        short="State",
        tier=1,
        hint="Such as OH.",
        why="For a video visit, the clinician needs a license where {you are|the patient is}.",
    )
    language: Line = asked(
        "Which language {do you|does the patient} want to speak at the visit?", "", short="Language", tier=1
    )
    interpreter: YesNo | None = asked(
        "Is an interpreter needed?",
        short="Interpreter",
        tier=1,
        why="Tell the person who books the visit. Most clinics must provide one for free. Ask them.",
    )
    access_needs: Text = asked(
        "What would make the visit easier?",
        "",
        short="Access needs",
        tier=2,
        hint="Such as hearing, sight, a wheelchair, or more time.",
    )


class Role(Choice):
    """A helper's role."""

    PATIENT = "patient", "Patient"
    CAREGIVER = "caregiver", "Caregiver"
    ADVOCATE = "advocate", "Patient advocate"
    PROXY = "proxy", "Health care proxy"
    FAMILY = "family", "Family or friend"
    INTERPRETER = "interpreter", "Interpreter"


class Party(Item):
    """Someone who helps."""

    NOUN: ClassVar[str] = "person who helps"
    TITLE: ClassVar[tuple[str, ...]] = ("name", "role")

    name: Line = asked("Their name", "", short="Name", tier=1)
    role: Role | None = asked("What is their role?", short="Role", tier=1)
    relationship: Line = asked(
        "How are they related to {you|the patient}?", "", short="Relation", tier=1, hint="Such as daughter."
    )
    credential: Line = asked("Their credentials, if any", "", short="Credential", tier=1)
    phone: Phone = asked("Their phone number", "", short="Phone", tier=1, kind="phone")
    email: Line = asked("Their email", "", short="Email", tier=1)
    address: Text = asked(
        "Their mailing address",
        "",
        short="Address",
        tier=1,
        why="It goes at the top of a letter they write for {you|the patient}, so that the answer reaches them.",
    )
    languages: Line = asked("Languages they speak", "", short="Languages", tier=1)
    lives_in: Line = asked("Where do they live?", "", short="Lives in", tier=1)


class Paper(Choice):
    """Types of papers that let someone else ask, speak or sign."""

    HIPAA = "hipaa_authorization", "Permission to release records (HIPAA authorization)"
    REPRESENTATIVE = "personal_representative", "Personal representative"
    PROXY = "health_care_proxy", "Health care proxy"
    POA = "poa", "Power of attorney"
    CMS_10106 = "cms_10106", "Medicare form CMS-10106 (talk to 1-800-MEDICARE)"
    CMS_1696 = "cms_1696", "Medicare form CMS-1696 (represent in appeals)"
    PLAN = "plan_designated_rep", "The plan's own form"
    VERBAL = "verbal_permission", "Spoken permission"


class PaperState(Choice):
    """The status of a paper."""

    NONE = "none", "Not started"
    DRAFTED = "drafted", "Filled in"
    SIGNED = "signed", "Signed"
    SENT = "sent", "Sent"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"
    EXPIRED = "expired", "Expired"
    REVOKED = "revoked", "Revoked"


class Authority(Item):
    """A paper that authorizes one party to act for the patient with one office."""

    NOUN: ClassVar[str] = "permission form"
    TITLE: ClassVar[tuple[str, ...]] = ("kind", "holder")

    party: Ref = asked("Who does it name?", "", short="For", tier=1, kind="pick", target="parties")
    kind: Paper | None = asked("Which form is it?", short="Form", tier=1)
    holder: Line = asked("Which office is it for?", "", short="Office", tier=1, hint="A hospital, clinic or plan.")
    scope: Text = asked("What does it allow?", "", short="Allows", tier=1)
    state: PaperState | None = asked("How far along is it?", short="Status", tier=1)
    signed_on: Day | None = asked("Signed on", short="Signed", tier=1)
    expires_on: Day | None = asked("Ends on", short="Ends", tier=1, why="A form can end before the visit.")
    expires_event: Line = asked("Or it ends when this happens", "", short="Ends when", tier=1)
    copy_on_file: Flag = asked("I have a copy", False, short="Copy on file", tier=1)
    revoked_on: Day | None = asked("Revoked on", short="Revoked", tier=1)

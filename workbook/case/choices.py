"""Enumerations: each code with its label. Knows nothing of ours."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Choice(StrEnum):
    """An enum of codes with labels; the code is stored, the label is displayed.

    >>> YesNo("yes").words
    'Yes'
    """

    words: str

    def __new__(cls, code: str, words: str = "") -> Self:
        """One member: `YES = "yes", "Yes"`."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.words = words
        return member


class YesNo(Choice):
    """Yes, no, or not known yet."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "I do not know yet"


class Source(Choice):
    """Who or what a value comes from."""

    PATIENT = "patient_said", "The patient said so"
    CAREGIVER = "caregiver_said", "A caregiver said so"
    CLINICIAN = "clinician_said", "A clinician said so"
    DOCUMENT = "document", "It is on paper or in the portal"
    INSURER = "insurer_said", "The insurance plan said so"
    ADVOCATE = "advocate_note", "The advocate wrote it down"
    COMPUTED = "computed", "The workbook worked it out"


class Evidence(Choice):
    """How a date is known; a date from memory or a guess is shown as such."""

    LETTER = "letter", "A letter"
    PORTAL = "portal", "The portal"
    EMAIL = "email", "An email"
    FAX = "fax_confirmation", "A fax confirmation"
    PHONE = "phone", "A phone call"
    MEMORY = "memory", "From memory"
    ESTIMATED = "estimated", "A best guess"


class Mode(Choice):
    """Who is filling in the workbook."""

    SELF = "self", "I am the patient"
    CAREGIVER = "caregiver", "I am helping someone I care for"
    ADVOCATE = "advocate", "I am a patient advocate"

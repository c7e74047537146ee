"""Which field of a case is a name, an identifier, or neither. Knows the paths of the model; a test holds it complete.

`*` stands for an entry. What is not listed here is a choice, a number, a date or free text, and is treated as such.
"""

from __future__ import annotations

PATIENT = "the patient"
HELPER, CLINICIAN, PERSON, PLACE, PLAN = "Helper", "Clinician", "Person", "Place", "Plan"

NAMES = {
    "person.name": PATIENT,
    "person.preferred_name": PATIENT,
    "person.aliases.*.name": PATIENT,
    "records.items.*.name_on_record": PATIENT,
    "clinicians.*.name": CLINICIAN,
    "parties.*.name": HELPER,
    "facilities.*.name": PLACE,
    "clinicians.*.facility": PLACE,
    "authorities.*.holder": PLACE,
    "records.items.*.facility": PLACE,
    "records.studies.*.facility": PLACE,
    "records.requests.*.to": PLACE,
    "insurance.estimates.*.to": PLACE,
    "insurance.costs.*.entity": PLACE,
    "insurance.networks.*.name": PLACE,
    "insurance.plan.name": PLAN,
    "records.media.*.sender": PLACE,
    "goal.held_slot.where": PLACE,
    "health.results.*.where": PLACE,
    "health.timeline.*.where": PLACE,
    "facilities.*.network_group": PLACE,
    "clinicians.*.owns_share_of": PLACE,
    "goal.safe_wait.said_by": PERSON,
    "health.problems.*.given_by": PERSON,
    "health.medications.*.prescriber": PERSON,
    "insurance.calls.*.rep": PERSON,
    "insurance.calls.*.with_whom": PERSON,
    "insurance.referrals.*.sender": PERSON,
    "insurance.referrals.*.to": PERSON,
    "records.items.*.can_change_plan.said_by": PERSON,
    "records.requests.*.asker": PERSON,
    "records.sent.*.to_name": PERSON,
    "visit.appointments.*.who_comes": PERSON,
    "visit.note_taker": PERSON,
    "compare.confirmed_by": PERSON,
    "compare.tie_breaker.*.owner": PERSON,
    "decision.told.*.who": PERSON,
    "tasks.*.who": PERSON,
    "barriers.*.who": PERSON,
}
"""Names, in the order in which they are collected: a later one that has an earlier one in it uses its stand-in."""

ADDRESSES = (
    *("person.address", "parties.*.address", "parties.*.lives_in", "facilities.*.address"),
    "visit.appointments.*.address",
)
"""Left out; the names in them are taken out of texts, too."""

NUMBERS = (
    *("person.phone", "parties.*.phone", "clinicians.*.phone", "clinicians.*.fax", "facilities.*.phone"),
    *("facilities.*.fax", "insurance.plan.phone", "insurance.calls.*.number"),
    *("insurance.calls.*.reference", "insurance.plan.member_id_last4", "insurance.referrals.*.number"),
    *("insurance.prior_auths.*.number", "insurance.denials.*.number", "clinicians.*.npi", "clinicians.*.mrn"),
    *("records.requests.*.mrn", "records.items.*.accession", "records.studies.*.accession"),
    *("records.studies.*.study_uid", "records.materials.*.accession", "records.materials.*.tracking"),
)
"""Left out, and taken out of texts."""

OUT = (
    *("person.email", "parties.*.email", "facilities.*.portal", "records.media.*.shown", "records.folder"),
    *("exports.*.profile", "exports.*.on", "exports.*.to", "exports.*.digest"),
    *("hand_overs.*.offered_by", "hand_overs.*.offered_to", "hand_overs.*.answered_by", "hand_overs.*.note"),
    *("hand_overs.*.offered_on", "hand_overs.*.answered_on", "hand_overs.*.reason", "hand_overs.*.state"),
)
"""Left out: addresses on a network, labels of discs, names of folders, who got what, and who handed over to whom."""

AS_TEXT = (
    *("parties.*.relationship", "parties.*.credential", "parties.*.languages", "authorities.*.scope"),
    *(
        "authorities.*.expires_event",
        "clinicians.*.license_states",
        "clinicians.*.records_to",
        "clinicians.*.slides_to",
    ),
    *(
        "facilities.*.department",
        "insurance.denials.*.send_to",
        "insurance.plan.state",
        "person.state",
        "person.language",
    ),
    *("records.items.*.version", "records.materials.*.report_to", "visit.report_to", "nickname"),
    *("visit.appointments.*.patient_location_state", "visit.appointments.*.time_zone"),
)
"""What names a person (tier 1) only by chance: a state, a role, an instruction. Treated as free text."""

"""A made-up case with as much in it as a long illness brings: for the caps on pages and for what must not break.

40 records, 12 calls, 6 clinicians, 4 opinions, 24 questions, long answers, and names in six scripts. All people are
invented.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from workbook.case import Case, add, put

DAY = dt.date(2026, 11, 28)

NAMES = (
    "Dr. Ingrid Solberg-Invented",
    "Dr. Σοφία Παραδείγματος",
    "Др. Аркадий Вымышленный",
    "د. ليلى المثال",
    "Dr. Nguyễn Thị Ví Dụ",
    "डॉ. अनिता उदाहरण",
)
ROLES = ("first", "second", "third", "pcp", "radiologist", "pathologist")
KINDS = (
    *("visit_note", "imaging_report", "imaging_study", "pathology_report", "slides", "lab", "operative_note"),
    *("discharge", "genetics", "procedure_report"),
)
STATES = ("received", "checked", "requested", "problem", "pending_result", "partly_received", "to_request", "refused")
LONG = (
    "The scan of October shows an area of about four centimeters that was not there in spring, and the report asks for "
    "a comparison with the earlier images, which nobody has made so far. "
)


def full_case(case_id: str = "full", *, text: str = LONG, records: int = 40, questions: int = 24) -> Case:
    """The case; `text` is in its long answers."""
    case = Case(id=case_id, synthetic=True)
    for path, value in _plain(text).items():
        case = put(case, path, value)
    for path, items in _lists(text, records, questions):
        for item in items:
            case = add(case, path, item)
    for number in range(0, records, 3):
        case = put(case, f"viewed.r{number}.c0.how", "images")
        case = put(case, f"viewed.r{number}.c1.how", "not_seen" if number % 2 else "images")
    return case


def _plain(text: str) -> dict[str, Any]:
    return {
        "nickname": "Full",
        "mode": "advocate",
        "person.name": "Maria-Theodora Anastasia Example-Papadopoulou",
        "person.birth_date": "1979-04-02",
        "person.phone": "(410) 555-0112",
        "person.address": "12 Invented Lane\nBaltimore, MD 21201",
        "person.language": "Greek",
        "person.interpreter": "yes",
        "person.access_needs": "Wears hearing aids. Uses a wheelchair for longer ways.",
        "goal.about": "A new mass in the liver",
        "goal.kinds": ["confirm_diagnosis", "understand_options", "is_surgery_needed"],
        "goal.own_words": text * 2,
        "goal.decision": "Surgery first, or treatment before surgery?",
        "goal.decide_by": "2026-12-14",
        "goal.reversible": "no",
        "goal.held_slot.what": "Right hemihepatectomy",
        "goal.held_slot.on": "2026-12-18",
        "goal.held_slot.state": "booked",
        "goal.held_slot.where": "Invented General Hospital",
        "goal.safe_wait.until": "2026-12-31",
        "goal.safe_wait.said_by_clinician": "c0",
        "goal.safe_wait.said_on": "2026-11-20",
        "health.troubles": text,
        "health.tried": text * 2,
        "health.history": "Gallbladder taken out, 2011\nHigh blood pressure since 2015\n" + text,
        "health.blood_thinner": "yes",
        "health.blood_thinner_name": "Apixaban 5 mg twice a day, last dose this morning",
        "health.implants": "yes",
        "health.implants_what": "Pacemaker, 2019, MR conditional\nLeft hip joint, 2021",
        "health.kidney": "yes",
        "health.kidney_note": "eGFR 48, November 2026",
        "health.pregnancy": "no",
        "health.medications_confirmed_on": "2026-11-25",
        "insurance.plan.name": "Invented Health Plan",
        "insurance.plan.type": "employer_self_funded",
        "insurance.plan.member_id_last4": "7741",
        "insurance.plan.phone": "(800) 555-0100",
        "visit.note_taker": "Her sister",
        "visit.report_to": "Dr. Nguyễn Thị Ví Dụ, fax (410) 555-0144, and the patient",
        "compare.diagnosis_class": "refined",
        "compare.treatment_class": "different",
        "compare.urgency_class": "same",
        "compare.causes": ["different_data"],
    }


def _lists(text: str, records: int, questions: int) -> list[tuple[str, list[dict[str, Any]]]]:
    month = [f"2026-{1 + n % 10:02}-{1 + n % 28:02}" for n in range(60)]
    return [
        (
            "parties",
            [
                {"id": "p0", "name": "Eleni Papadopoulou-Example", "role": "caregiver", "relationship": "sister"},
                {
                    "id": "p1",
                    "name": "Perpetua Invented-Lindgren",
                    "role": "advocate",
                    "credential": "BCPA",
                    "phone": "(410) 555-0199",
                },
            ],
        ),
        (
            "clinicians",
            [
                {
                    "id": f"c{n}",
                    "name": name,
                    "role": role,
                    "phone": f"(410) 555-01{20 + n}",
                    "fax": f"(410) 555-01{40 + n}",
                    "facility": f"Invented General Hospital, building {n + 1}",
                    "specialty": "Hepatobiliary surgery",
                    "npi": f"12345678{n:02}",
                }
                for n, (name, role) in enumerate(zip(NAMES, ROLES, strict=True))
            ],
        ),
        ("goal.values", [{"id": f"v{n}", "text": f"Thing that matters {n + 1}"} for n in range(3)]),
        ("goal.worries", [{"id": "w0", "text": text}, {"id": "w1", "text": "A worry kept private", "private": True}]),
        (
            "goal.experiences",
            [
                {"id": "x0", "text": "The nurse called back the same day", "how": "went_well"},
                {"id": "x1", "text": text, "how": "went_badly"},
                {"id": "x2", "text": "Somebody else read the scan"},
            ],
        ),
        (
            "goal.corrections",
            [{"id": "y0", "says": "Smokes a pack a day", "right": "Never smoked", "record": "r0"}],
        ),
        (
            "health.problems",
            [
                {
                    "id": f"d{n}",
                    "label": f"Diagnosis number {n + 1}, in the words of the report",
                    "on": month[n],
                    "given_by": NAMES[n % 3],
                    "certainty": certainty,
                    "certainty_note": "Biopsy and MRI",
                }
                for n, certainty in enumerate(
                    ["confirmed", "working", "suspected", "ruled_out", "confirmed", "unclear", "confirmed", "ruled_out"]
                )
            ],
        ),
        (
            "health.medications",
            [
                {"id": f"m{n}", "name": f"Invented medicine {n + 1}", "dose": "5 mg twice a day", "state": "taking"}
                for n in range(18)
            ],
        ),
        (
            "health.allergies",
            [
                {"id": "a0", "to": "Gadolinium contrast", "reaction": "Anaphylaxis, 2022"},
                {"id": "a1", "to": "Penicillin", "reaction": "Hives, 1998"},
                {"id": "a2", "to": "Latex", "reaction": "Rash"},
            ],
        ),
        (
            "health.results",
            [
                {
                    "id": f"t{n}",
                    "name": f"Alpha-fetoprotein, test {n + 1}",
                    "value": f"{12 + n * 3}.5",
                    "unit": "ng/mL",
                    "range": "0-8.3",
                    "on": month[n],
                    "where": "Invented laboratory",
                }
                for n in range(12)
            ],
        ),
        (
            "health.timeline",
            [{"id": f"e{n}", "on": month[n], "what": f"Event {n + 1}. {text}"} for n in range(16)],
        ),
        (
            "records.items",
            [
                {
                    "id": f"r{n}",
                    "kind": KINDS[n % len(KINDS)],
                    "state": STATES[n % len(STATES)],
                    "title": f"Record {n + 1}: {KINDS[n % len(KINDS)].replace('_', ' ')} of the upper abdomen",
                    "service_date": month[n],
                    "facility": "Invented General Hospital",
                    "accession": f"ACC-{n:05}",
                    "modality": "MR" if "imaging" in KINDS[n % len(KINDS)] else "",
                    "need": "required",
                }
                for n in range(records)
            ],
        ),
        (
            "records.sent",
            [
                {"id": "s0", "items": ["r0", "r1", "r2"], "to": "c1", "on": "2026-11-17", "state": "sent"},
                {"id": "s1", "items": ["r3", "r4"], "to": "c2", "on": "2026-11-18", "state": "sent"},
            ],
        ),
        (
            "records.requests",
            [
                {
                    "id": f"q{n}",
                    "to": f"Invented records office {n + 1}",
                    "route": "access_self",
                    "items": [f"r{2 + n}"],
                    "state": "sent",
                    "sent_on": f"2026-10-{20 + n}",
                    "received_by_holder_on": f"2026-10-{22 + n}",
                }
                for n in range(6)
            ],
        ),
        (
            "insurance.calls",
            [
                {
                    "id": f"k{n}",
                    "when": f"2026-11-{n + 1:02}T14:10",
                    "rep": f"Representative {n + 1}",
                    "reference": f"SYN-A-{88213 + n}",
                    "minutes": 20,
                    "notes": text,
                    "answers": {"referral": {"answer": "no"}, "prior_auth": {"answer": "depends", "detail": text}},
                }
                for n in range(12)
            ],
        ),
        (
            "insurance.denials",
            [
                {
                    "id": "n0",
                    "what": "MRI of the liver with contrast",
                    "state": "open",
                    "notice_date": "2026-10-20",
                    "received_on": "2026-10-24",
                }
            ],
        ),
        (
            "visit.appointments",
            [
                {
                    "id": "v0",
                    "clinician": "c1",
                    "start": "2026-12-08T09:30",
                    "state": "booked",
                    "mode": "in_person",
                    "address": "Invented General Hospital, building 2, floor 3",
                }
            ],
        ),
        (
            "visit.questions",
            [{"id": f"u{n}", "text": f"Question {n + 1}: {text}", "top": n in (3, 7, 11)} for n in range(questions)],
        ),
        (
            "opinions",
            [
                {
                    "id": f"o{n}",
                    "clinician": f"c{n}",
                    "on": f"2026-11-{10 + n}",
                    "diagnosis": text,
                    "recommended": text,
                    "alternatives": text,
                    "urgency": "Within six weeks",
                    "reasons": text,
                    "feared_risks": text,
                    "would_change_mind": text,
                    "tests_wanted": text,
                    "certainty": "Fairly",
                    "form": "written",
                }
                for n in range(4)
            ],
        ),
        (
            "tasks",
            [{"id": f"w{n}", "what": f"Task {n + 1}", "who": "Eleni", "due": "2026-12-04"} for n in range(8)],
        ),
    ]

"""Contents of C-CDA documents: the samples' facts as found by xmllint, and small documents of our own."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests import samples
from tests.scan import papers
from workbook.scan.formats import dispatch
from workbook.scan.phrases.no_data import counted
from workbook.scan.values import File, HealthRecord, Named

HEAD = '<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
BODY = "<component><structuredBody><component>{}</component></structuredBody></component>"
SECTION = BODY.format('<section><code code="{}"/>{}</section>')

_STATES = {"Active", "Resolved", "Symptom Free"}  # xmllint took these from the status entries of the problems


def read(body: str, head: str = HEAD) -> File:
    data = f"{head}{body}</ClinicalDocument>".encode()
    return dispatch.read(papers.source(data), "ccda", data[:8192])


def held(body: str) -> HealthRecord:
    found = read(body).document
    assert found is not None
    return found


def medicine(inside: str, name: str = '<code displayName="Metoprolol"/>', attributes: str = "") -> str:
    drug = f"<manufacturedProduct><manufacturedMaterial>{name}</manufacturedMaterial></manufacturedProduct>"
    given = f"{inside}<consumable>{drug}</consumable>"
    entry = f"<entry><substanceAdministration{attributes}>{given}</substanceAdministration></entry>"
    text = '<text><list><item ID="m1">Metoprolol</item></list></text>'
    return '<effectiveTime value="20261001"/>' + SECTION.format("10160-0", text + entry)


# xmllint counts entries; the one of this file reads "No problem data is applicable".
SAYS_NOTHING = {"partners_lmr1.xml": {"problem_entries": 0}}


@pytest.mark.parametrize(("path", "facts"), samples.facts("ccda"))
def test_a_sample_agrees_with_xmllint(path: str, facts: dict[str, Any]) -> None:
    file = dispatch.read(papers.sample(path), "ccda", b"<")
    found = file.document
    assert found is not None
    assert (file.status, file.why) == ("ok", "")
    if facts["root"] == "section":
        return
    assert found.patient.name == facts["patient"]
    assert found.patient.birth.replace("-", "") == facts["birth"][:8]
    assert found.date.replace("-", "") == facts["doc_date"][:8]
    assert found.code == facts["doc_code"]
    assert found.title == (facts["title"] or "Health summary")
    counts = (len(found.medications), len(found.allergies), found.problems, found.labs, found.encounters)
    names = ("medication_entries", "allergy_entries", "problem_entries", "lab_observations", "encounter_entries")
    told = {**facts, **SAYS_NOTHING.get(path.rpartition("/")[2], {})}
    assert counts == tuple(told[name] for name in names)
    shown = {m.name for m in found.medications}
    # xmllint read display names only; one vendor writes `????` in place of a name.
    assert {name for name in facts["medication_names"] if name != "????"} <= shown
    assert not any("????" in name or "no name" in name for name in shown)
    assert {*facts["allergy_names"]} <= {a.name for a in found.allergies}
    assert len(counted(found.diagnoses)) == found.problems
    assert {*facts["problem_names"]} - _STATES <= {d.name for d in found.diagnoses}
    assert (file.pages is not None) == bool(facts["nonXMLBody"])


@pytest.mark.parametrize(
    "name",
    [
        '<code displayName="Metoprolol"/>',
        "<code><originalText>Metoprolol</originalText></code>",
        '<code><originalText><reference value="#m1"/></originalText></code>',
        '<code displayName="????"><translation displayName="Metoprolol"/></code>',
        "<code nullFlavor='UNK'/><name>Metoprolol</name>",
    ],
)
def test_a_medicines_name_is_found_in_every_place(name: str) -> None:
    assert [m.name for m in held(medicine("", name)).medications] == ["Metoprolol"]


@pytest.mark.parametrize(
    ("inside", "status", "date"),
    [
        ('<statusCode code="completed"/><effectiveTime><low value="2024"/></effectiveTime>', "listed", "2024"),
        ('<effectiveTime><low value="20250101"/><high value="20260930"/></effectiveTime>', "ended", "2026-09-30"),
        ('<effectiveTime><low value="20250101"/><high value="20261001"/></effectiveTime>', "listed", "2025-01-01"),
        ('<effectiveTime><high nullFlavor="UNK"/></effectiveTime>', "listed", ""),
        ('<statusCode code="aborted"/>', "aborted", ""),
    ],
)
def test_a_medicine_is_listed_unless_its_own_dates_end_it(inside: str, status: str, date: str) -> None:
    assert [(m.status, m.date) for m in held(medicine(inside)).medications] == [(status, date)]


def test_negated_entries_are_reported() -> None:
    assert held(medicine("", attributes=' negationInd="true"')).medications[0].status == "negated"
    observation = '<observation negationInd="true"><value displayName="Allergy to substance"/></observation>'
    entry = f'<entry><act><entryRelationship typeCode="SUBJ">{observation}</entryRelationship></act></entry>'
    found = held(SECTION.format("48765-2", entry))
    assert [(a.name, a.status) for a in found.allergies] == [("Allergy to substance", "negated")]
    assert any("says that none is known" in note for note in found.notes)


def test_a_document_containing_a_pdf_reports_its_pages() -> None:
    pdf = papers.pdf("ULTRASOUND LEFT BREAST 10/14/2026 at Harrow Ridge Imaging Center")
    coded = base64.b64encode(pdf).decode()
    file = read(f'<component><nonXMLBody><text representation="B64">{coded}</text></nonXMLBody></component>')
    assert (file.pages, file.is_scan, file.status) == (1, False, "ok")
    assert file.document is not None
    assert file.document.studies == [Named("US", "BREAST", "2026-10-14")]


def test_two_patients_in_one_document_are_both_reported() -> None:
    person = "<recordTarget><patientRole><patient><name><given>{}</given></name></patient></patientRole></recordTarget>"
    found = held(person.format("Ana") + person.format("Bea") + person.format("Ana"))
    assert [p.name for p in found.patients] == ["Ana", "Bea"]


def test_an_imaging_report_names_its_study_with_the_day_it_was_done() -> None:
    event = '<documentationOf><serviceEvent><effectiveTime value="20261014"/></serviceEvent></documentationOf>'
    found = held(f'<code code="18748-4"/><title>Ultrasound, left breast</title>{event}')
    assert found.studies == [Named("US", "BREAST", "2026-10-14")]


def test_a_birth_name_is_not_displayed_next_to_the_current_one() -> None:
    name = "<name><given>Ana</given><family>Lopez</family><family>Rey</family>{}</name>"
    person = f"<recordTarget><patientRole><patient>{name}</patient></patientRole></recordTarget>"
    for more in ("", '<family qualifier="BR">Ruiz</family>'):
        assert held(person.format(more)).patient.name == "Ana Lopez Rey"

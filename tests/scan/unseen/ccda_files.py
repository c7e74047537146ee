"""Unseen C-CDA: built with lxml in the shapes of R1.1 and R2.1, with sections that are missing, empty or nested."""

from __future__ import annotations

import base64
import random
from typing import Any

from lxml import etree

from tests.scan.unseen.fhir_files import CAUSES, DRUGS, PROBLEMS, TESTS
from tests.scan.unseen.people import Made, Who, day

HL7 = "urn:hl7-org:v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SNOMED, RXNORM, LOINC = "2.16.840.1.113883.6.96", "2.16.840.1.113883.6.88", "2.16.840.1.113883.6.1"
TITLES = ("Summary of Care", "Continuity of Care Document", "Visit Summary", "Consultation Note")


class _Maker:
    """Makes elements with or without a prefix."""

    def __init__(self, chance: random.Random, release: str) -> None:
        self.chance, self.release = chance, release
        self.texts = 0

    def add(self, place: Any, name: str, text: str = "", **given: str) -> Any:
        made = etree.SubElement(place, f"{{{HL7}}}{name}")
        for key, value in given.items():
            made.set(f"{{{XSI}}}type" if key == "xsi_type" else key, value)
        made.text = text or None
        return made

    def coded(self, place: Any, name: str, said: str, table: Any, system: str, **given: str) -> Any:
        """A code whose name is in it, or only in the printed text, or in a translation."""
        way = self.chance.choice(("display", "display", "text", "translation"))
        code = {"code": str(self.chance.randint(10**5, 10**8)), "codeSystem": system, **given}
        if way == "display":
            return self.add(place, name, displayName=said, **code)
        if way == "translation":
            made = self.add(place, name, nullFlavor="OTH", **given)
            self.add(made, "translation", code="1", codeSystem=system, displayName=said)
            return made
        made = self.add(place, name, **code)
        self.texts += 1
        row = self.add(self.add(table, "tr"), "td")
        self.add(row, "content", said, ID=f"t{self.texts}")
        original = self.add(made, "originalText")
        self.add(original, "reference", value=f"#t{self.texts}")
        return made

    def section(self, body: Any, code: str, title: str) -> tuple[Any, Any]:
        holder = self.add(self.add(body, "component"), "section")
        self.add(holder, "templateId", root="2.16.840.1.113883.10.20.22.2.1")
        self.add(holder, "code", code=code, codeSystem=LOINC)
        self.add(holder, "title", title)
        table = self.add(self.add(self.add(holder, "text"), "table"), "tbody")
        return holder, table


def document(chance: random.Random, who: Who) -> Made:
    """One document, with facts for the sections that it has."""
    release, when = chance.choice(("R1.1", "R2.1")), day(chance)
    make = _Maker(chance, release)
    prefix = chance.choice((None, None, "n1"))
    root = etree.Element(f"{{{HL7}}}ClinicalDocument", nsmap={prefix: HL7, "xsi": XSI, "sdtc": "urn:hl7-org:sdtc"})
    make.add(root, "realmCode", code="US")
    make.add(root, "typeId", root="2.16.840.1.113883.1.3", extension="POCD_HD000040")
    make.add(root, "templateId", root="2.16.840.1.113883.10.20.22.1.2",
             **({"extension": "2015-08-01"} if release == "R2.1" else {}))  # fmt: skip
    make.add(root, "id", root="1.2.3")
    make.add(root, "code", code="34133-9", codeSystem=LOINC)
    title = chance.choice(TITLES)
    make.add(root, "title", title)
    stamp = when.replace("-", "") + chance.choice(("", "0930", "093000-0500", "093000.123+0000"))
    make.add(root, "effectiveTime", value=stamp)
    _who(make, root, who)
    _others(make, root)
    facts: dict[str, Any] = {"kind": "ccda", "title": title, "day": when}
    body = make.add(make.add(root, "component"), "structuredBody")
    for part in chance.sample((_medicines, _allergies, _problems, _results, _empty), chance.randint(1, 5)):
        part(make, body, when, facts)
    coding = chance.choice(("UTF-8", "UTF-8", "ISO-8859-1", "UTF-16"))
    text = etree.tostring(root, encoding=coding, xml_declaration=True)
    if chance.random() < 0.3 and coding == "UTF-8":
        text = text.replace(b"?>", b'?>\n<?xml-stylesheet type="text/xsl" href="CDA.xsl"?>', 1)
    return Made("DOC0001.XML", bytes(text), f"{release} {coding} prefix {prefix}", who, facts)


def _who(make: _Maker, root: Any, who: Who) -> None:
    role = make.add(make.add(root, "recordTarget"), "patientRole")
    if make.chance.random() < 0.5:
        make.add(role, "id", root="2.16.840.1.113883.4.1", extension="999-12-3456")
    make.add(role, "id", root="1.2.840.1", extension="MRN-7")
    person = make.add(role, "patient")
    if make.chance.random() < 0.3:
        old = make.add(person, "name", use="P")
        make.add(old, "given", "Kiddo")
    name = make.add(person, "name", use="L")
    if make.chance.random() < 0.3:
        make.add(name, "prefix", "Ms.")
    for given in who.given.split() if make.chance.random() < 0.5 else [who.given]:
        make.add(name, "given", given)
    make.add(name, "family", who.family)
    make.add(person, "administrativeGenderCode", code="F")
    make.add(
        person, "birthTime", value=who.birth.replace("-", "") + make.chance.choice(("", "", "0000", "000000+0000"))
    )
    if make.chance.random() < 0.3:
        guardian = make.add(make.add(person, "guardian"), "guardianPerson")
        make.add(make.add(guardian, "name"), "family", "Guardian")


def _others(make: _Maker, root: Any) -> None:
    author = make.add(make.add(make.add(root, "author"), "assignedAuthor"), "assignedPerson")
    name = make.add(author, "name")
    make.add(name, "given", "Some")
    make.add(name, "family", "Doctor")


def _medicines(make: _Maker, body: Any, when: str, facts: dict[str, Any]) -> None:
    holder, table = make.section(body, "10160-0", "Medications")
    facts["medicines"] = make.chance.sample(DRUGS, make.chance.randint(1, 4))
    for name in facts["medicines"]:
        act = make.add(make.add(holder, "entry"), "substanceAdministration", classCode="SBADM", moodCode="EVN")
        make.add(act, "statusCode", code=make.chance.choice(("active", "completed")))
        time = make.add(act, "effectiveTime", xsi_type="IVL_TS")
        make.add(time, "low", value="20050101")
        product = make.add(make.add(act, "consumable"), "manufacturedProduct")
        make.coded(make.add(product, "manufacturedMaterial"), "code", name, table, RXNORM)


def _allergies(make: _Maker, body: Any, when: str, facts: dict[str, Any]) -> None:
    holder, table = make.section(body, "48765-2", "Allergies")
    facts["allergies"] = make.chance.sample(CAUSES, make.chance.randint(1, 3))
    for name in facts["allergies"]:
        act = make.add(make.add(holder, "entry"), "act", classCode="ACT", moodCode="EVN")
        make.add(act, "statusCode", code="active")
        one = make.add(
            make.add(act, "entryRelationship", typeCode="SUBJ"), "observation", classCode="OBS", moodCode="EVN"
        )
        make.add(one, "statusCode", code="completed")
        make.add(one, "value", xsi_type="CD", code="416098002", codeSystem=SNOMED, displayName="Drug allergy")
        role = make.add(make.add(one, "participant", typeCode="CSM"), "participantRole", classCode="MANU")
        make.coded(make.add(role, "playingEntity", classCode="MMAT"), "code", name, table, RXNORM)


def _problems(make: _Maker, body: Any, when: str, facts: dict[str, Any]) -> None:
    holder, table = make.section(body, "11450-4", "Problems")
    facts["diagnoses"] = make.chance.sample(PROBLEMS, make.chance.randint(1, 4))
    for name in facts["diagnoses"]:
        act = make.add(make.add(holder, "entry"), "act", classCode="ACT", moodCode="EVN")
        make.add(act, "statusCode", code=make.chance.choice(("active", "completed")))
        one = make.add(
            make.add(act, "entryRelationship", typeCode="SUBJ"), "observation", classCode="OBS", moodCode="EVN"
        )
        make.add(one, "statusCode", code="completed")
        make.coded(one, "value", name, table, SNOMED, xsi_type="CD")


def _results(make: _Maker, body: Any, when: str, facts: dict[str, Any]) -> None:
    holder, _table = make.section(body, "30954-2", "Results")
    facts["results"] = []
    panel = make.add(make.add(holder, "entry"), "organizer", classCode="BATTERY", moodCode="EVN")
    make.add(panel, "statusCode", code="completed")
    inside = make.chance.random() < 0.5
    if not inside:
        make.add(panel, "effectiveTime", value=when.replace("-", ""))
    for name, code, unit in make.chance.sample(TESTS, make.chance.randint(1, 4)):
        one = make.add(make.add(panel, "component"), "observation", classCode="OBS", moodCode="EVN")
        make.add(one, "code", code=code, codeSystem=LOINC, displayName=name)
        make.add(one, "statusCode", code="completed")
        if inside:
            make.add(one, "effectiveTime", value=when.replace("-", "") + "0815-0500")
        value = str(round(make.chance.uniform(0.1, 200), 1))
        way = make.chance.choice(("PQ", "PQ", "ST", "CD", "less"))
        if way == "PQ":
            make.add(one, "value", xsi_type="PQ", value=value, **({"unit": unit} if unit else {}))
            facts["results"].append((name, value, unit, when))
        elif way == "less":
            made = make.add(one, "value", xsi_type="IVL_PQ")
            make.add(made, "high", value=value, unit=unit or "1")
            facts["results"].append((name, f"≤ {value}", unit, when))
        elif way == "ST":
            make.add(one, "value", "Not detected", xsi_type="ST")
            facts["results"].append((name, "Not detected", "", when))
        else:
            make.add(one, "value", xsi_type="CD", code="1", codeSystem=SNOMED, displayName="Positive")
            facts["results"].append((name, "Positive", "", when))


def _empty(make: _Maker, body: Any, when: str, facts: dict[str, Any]) -> None:
    """A section without entries: it says nothing about what the patient has."""
    holder = make.add(make.add(body, "component"), "section", nullFlavor="NI")
    make.add(holder, "code", code="46240-8", codeSystem=LOINC)
    make.add(holder, "text", "No information")


def changed(chance: random.Random, made: Made) -> Made:
    """The document with another body, or with its sections inside a section."""
    root = etree.fromstring(made.data)
    body = root.find(f"{{{HL7}}}component/{{{HL7}}}structuredBody")
    holder = body.getparent()
    make = _Maker(chance, "")
    way = chance.choice(("nested", "text body", "file body", "no body", "no title"))
    lists = ("medicines", "allergies", "diagnoses", "results")
    if way == "nested":
        outer = etree.Element(f"{{{HL7}}}section")
        make.add(outer, "title", "All")
        outer.extend(list(body))
        make.add(body, "component").append(outer)
    elif way in ("text body", "file body", "no body"):
        holder.remove(body)
        made.facts = {name: fact for name, fact in made.facts.items() if name not in lists}
        if way == "no body":
            root.remove(holder)
        else:
            on = made.facts["day"]
            words = f"EXAM: MRI BRAIN\nExam date: {on}\nNormal."
            text = make.add(make.add(holder, "nonXMLBody"), "text", mediaType="text/plain")
            text.text = words if way == "text body" else base64.b64encode(words.encode()).decode()
            if way == "file body":
                text.set("representation", "B64")
            made.facts["named"] = [("MR", "HEAD", on)]
    elif way == "no title":
        root.remove(root.find(f"{{{HL7}}}title"))
        made.facts["title"] = "Health summary"
    made.data = bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))
    made.odd = f"{way}, {made.odd}"
    return made

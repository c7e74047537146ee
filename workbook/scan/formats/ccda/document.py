"""Health summaries and notes in C-CDA and its predecessors (CCD, C32): patient and lists. Knows XML.

Follows the standard: a section is identified by its LOINC code, its entries are what counts, and a name may be in the
code, in the narrative text that the code references, or in a translation. An entry's `completed` does not mean that a
medicine was stopped: most vendors write it on every entry. So a medicine is `listed`, or `ended` if its own dates
say so. Anything more is for the clinic to say.
"""

from __future__ import annotations

from itertools import chain

from ....locale import N_, tr
from ... import limits
from ...errors import too_many
from ...phrases import dates, reports
from ...phrases.no_data import NONE, counts, is_none_code, is_withdrawn, says_none
from ...values import File, HealthRecord, Listed, Named, Patient, Source
from ..bounded_xml import Element, every, words
from ..fhir import resources
from . import results
from .parts import Names, body, day, ended, line, number, status_of

MEDICATIONS, ALLERGIES, PROBLEMS, RESULTS, ENCOUNTERS = "10160-0", "48765-2", "11450-4", "30954-2", "46240-8"
_COUNTED = {"11369-6": "Immunization", "47519-4": "Procedure", "46264-8": "Device"}
_OTHER_LISTS = ("10183-2", "75311-1", "42346-7")  # discharge medicines (two codes), admission medicines
_OF_A_PHONE = "export_cda.xml"  # the one name that Apple Health gives it
_STOPPED = {"aborted", "cancelled", "nullified", "held", "suspended"}
_CELLS = ("td", "paragraph", "item", "text", "content")
_NAMES = 20  # parts of one name
_BLOCKS = ("tr", "paragraph", "item")

# Document types by the code of the root (LOINC).
TYPES = {
    "34133-9": N_("Health summary"),
    "60591-5": N_("Patient summary"),
    "11488-4": N_("Consult note"),
    "34117-2": N_("History and physical"),
    "11506-3": N_("Progress note"),
    "18842-5": N_("Discharge summary"),
    "18748-4": N_("Imaging report"),
    "11504-8": N_("Operative note"),
    "28570-0": N_("Procedure note"),
    "11526-1": N_("Pathology report"),
    "11502-2": N_("Lab report"),
    "57133-1": N_("Referral note"),
    "18761-7": N_("Transfer summary"),
    "52521-2": N_("Care plan"),
}


def read(source: Source, root: Element) -> File:
    """The contents of a document, or of a single section. Raises BadRecord if it lists too much."""
    document = HealthRecord(source.path, "ccda")
    if sum(1 for _ in every(root, "entry", "entryRelationship")) > limits.LISTED:
        raise too_many()
    people = list(dict.fromkeys(_patient(role) for role in root.iterfind("{*}recordTarget/{*}patientRole")))
    document.patient = people[0] if people else Patient()
    document.patients = people if len(people) > 1 else []
    document.date = day(root.find("{*}effectiveTime"))
    code = root.find("{*}code")
    document.code = "" if code is None else code.get("code", "")
    document.title = line(root.find("{*}title")) or tr(TYPES.get(document.code, ""))
    names = Names(root)
    others: list[Listed] = []
    for section in every(root, "section"):
        kind = section.find("{*}code")
        _add(document, "" if kind is None else kind.get("code", ""), section, names, others)
    if others and not document.medications:
        document.medications = others
    elif others:
        listed = ", ".join(dict.fromkeys(entry.name for entry in others))
        document.notes.append(tr("A second list is for a hospital stay: {names}.").format(names=listed))
    document.studies = _studies(root, document)
    if source.path.casefold().endswith(_OF_A_PHONE):
        document.notes.append(tr("Measurements of a phone or watch (Apple Health). Clinics seldom need them."))
    file = File(source.path, "ccda", patient=document.patient, document=document)
    body(root, file, document)
    return file


def _add(document: HealthRecord, code: str, section: Element, names: Names, others: list[Listed]) -> None:
    """Adds the entries of one section."""
    if code == MEDICATIONS:
        given = section.iterfind("{*}entry/{*}substanceAdministration")
        document.medications += [_medicine(entry, names, document.date) for entry in given]
    elif code in _OTHER_LISTS:
        given = section.iterfind("{*}entry//{*}substanceAdministration")
        others += [_medicine(entry, names, document.date) for entry in given]
    elif code == ALLERGIES:
        printed = next((t for cell in every(section, *_CELLS) if not len(cell) and says_none(t := words(cell))), "")
        found = [found for entry in section.iterfind("{*}entry") for found in _allergies(entry, names, printed[:100])]
        document.allergies += [listed for listed, _ in found]
        if printed or any(is_none for _, is_none in found):
            document.notes.append(resources.none_known())
    elif code == PROBLEMS:
        for entry in section.iterfind("{*}entry"):
            found_here = _problems(entry, names)
            document.diagnoses += found_here
            document.problems += any(map(counts, found_here)) if found_here else not _is_absent(entry)
    elif code == RESULTS:
        for panel in section.iterfind("{*}entry/{*}organizer"):
            on = results.day_of_panel(panel)
            for one in panel.iterfind("{*}component/{*}observation"):
                if not _taken_back(one):
                    document.labs += 1
                    document.results += filter(None, [results.result(one, names, on)])
    elif code in _COUNTED:
        n = sum(not any(map(_taken_back, entry)) and not _is_absent(entry) for entry in section.iterfind("{*}entry"))
        document.notes += [resources.count_words(_COUNTED[code], n)] if n else []
    elif code == ENCOUNTERS:
        entries = section.iterfind("{*}entry")
        document.encounters += sum(not any(map(_taken_back, entry)) and not _is_absent(entry) for entry in entries)


def _medicine(entry: Element, names: Names, written: str) -> Listed:
    product = entry.find("{*}consumable/{*}manufacturedProduct")
    material = None if product is None else product.find("{*}manufacturedMaterial")
    if material is None and product is not None:
        material = product.find("{*}manufacturedLabeledDrug")
    called = ""
    if material is not None:
        called = names.of(material.find("{*}code")) or line(material.find("{*}name"))
    called = called or names.printed(entry.find("{*}text")) or resources.unnamed()
    begun, end = "", ""
    for time in entry.iterfind("{*}effectiveTime"):
        begun, end = begun or day(time.find("{*}low")) or day(time), end or day(time.find("{*}high"))
    said = status_of(entry)
    dose = _dose(entry, names)
    if taken_back := _taken_back(entry):
        return Listed(called, taken_back, begun)
    coded = None if material is None else material.find("{*}code")
    if _is_none(entry, coded, called):
        return Listed(called, NONE, begun)
    if said in _STOPPED:
        return Listed(called, said, end or begun, dose)
    return Listed(called, "ended", end, dose) if ended(end, written) else Listed(called, "listed", begun, dose)


def _dose(entry: Element, names: Names) -> str:
    """How a medicine is taken: its printed instruction, else the dose with its unit."""
    for inner in entry.iterfind("{*}entryRelationship/{*}substanceAdministration"):
        if said := names.printed(inner.find("{*}text")):
            return said
    dose = entry.find("{*}doseQuantity")
    unit = "" if dose is None else dose.get("unit", "")
    return "" if dose is None or unit in ("", "1") else f"{dose.get('value', '')} {unit}".strip()


def _allergies(entry: Element, names: Names, printed: str) -> list[tuple[Listed, bool]]:
    """The allergies of an entry, each with whether it means "none known"; `printed` is the fallback for the name."""
    found = _observations(entry)
    with_cause = [(one, act) for one, act in found if one.find("{*}participant") is not None]
    nameless = printed or resources.unnamed()
    return [_allergy(one, act, names, nameless) for one, act in with_cause or found[:1]] or [
        (Listed(nameless, NONE if _is_absent(entry) else "listed"), False)
    ]


def _observations(entry: Element) -> list[tuple[Element, Element | None]]:
    """The observations of an entry, each with the act around it, if there is one."""
    inside: list[tuple[Element, Element | None]] = [
        (one, act) for act in entry.iterfind("{*}act") for one in act.iterfind("{*}entryRelationship/{*}observation")
    ]
    return inside or [(one, None) for one in entry.iterfind("{*}observation")]


def _allergy(observation: Element, act: Element | None, names: Names, nameless: str) -> tuple[Listed, bool]:
    cause = observation.find("{*}participant/{*}participantRole/{*}playingEntity")
    value = observation.find("{*}value")
    called = "" if cause is None else names.of(cause.find("{*}code")) or line(cause.find("{*}name"))
    called = called or names.printed(observation.find("{*}text")) or names.of(value) or nameless
    time = observation.find("{*}effectiveTime")
    begun = "" if time is None else day(time.find("{*}low")) or day(time)
    cause_code = None if cause is None else cause.find("{*}code")
    status = _taken_back(observation) or _outer(act) or _stated(observation) or "listed"
    none = [one for one in (value, cause_code) if one is not None and is_none_code(one.get("code"))]
    is_none = status == "negated" or says_none(called) or bool(none)
    if not is_withdrawn(status) and (none or _is_none(observation, value, called)):
        status = NONE
    return Listed(called, status, begun), is_none


def _taken_back(entry: Element) -> str:
    """How an entry is negated or retracted; "" if it is valid."""
    if str(entry.get("negationInd")).strip().lower() in ("true", "1"):
        return "negated"
    said = status_of(entry)
    return said if is_withdrawn(said) else ""


def _outer(act: Element | None) -> str:
    """The same for the act around an observation."""
    return "" if act is None else _taken_back(act)


def _is_none(entry: Element, code: Element | None, called: str) -> bool:
    """Whether the code of an entry, or its null flavor, means "none"; a name in words takes precedence."""
    if code is not None and is_none_code(code.get("code"), code.get("codeSystemName")):
        return True
    return called == resources.unnamed() and (_is_absent(entry) or (code is not None and bool(code.get("nullFlavor"))))


def _is_absent(entry: Element) -> bool:
    """Whether an entry or its first child is missing (nullFlavor) or retracted."""
    inner = list(entry.iterfind("{*}act")) + list(entry.iterfind(".//{*}observation"))
    return any(one.get("nullFlavor") or _taken_back(one) for one in (entry, *inner))


def _problems(entry: Element, names: Names) -> list[Listed]:
    """The diagnoses of an entry: usually one, but its act may contain several."""
    found = []
    for one, act in _observations(entry):
        value, time = one.find("{*}value"), one.find("{*}effectiveTime")
        if called := names.of(value) or names.printed(one.find("{*}text")):
            begun = "" if time is None else day(time.find("{*}low")) or day(time)
            status = _taken_back(one) or _outer(act) or _stated(one) or "listed"
            if not is_withdrawn(status) and _is_none(one, value, called):
                status = NONE
            found.append(Listed(called, status, begun))
    return found


def _stated(observation: Element) -> str:
    """The status from the status entry of an allergy or a diagnosis: active, inactive, resolved."""
    for inner in observation.iterfind("{*}entryRelationship/{*}observation"):
        code, value = inner.find("{*}code"), inner.find("{*}value")
        if code is not None and code.get("code") == "33999-4" and value is not None:
            return str(value.get("displayName") or "").lower()
    return ""


def _patient(role: Element) -> Patient:
    person = role.find("{*}patient")
    if person is None:
        return Patient(id=number(role)[0], issuer=number(role)[1])
    written = person.findall("{*}name")
    name = next((one for one in written if one.get("use") == "L"), written[0] if written else None)
    given = [] if name is None else [t for one in name.findall("{*}given")[:_NAMES] if (t := line(one)) and t != "null"]
    families = [] if name is None else name.findall("{*}family")
    families = [one for one in families if "BR" not in one.get("qualifier", "").split()] or families  # name at birth
    family = " ".join(filter(None, map(line, families[:_NAMES])))
    # Later given names may be nicknames ("call me"): stored, but not displayed.
    shown = " ".join([*given[:1], family]).strip() or line(name)
    identity, issuer = number(role)
    time = person.find("{*}birthTime")
    born = dates.birth("" if time is None else time.get("value", ""))
    return Patient(shown, born.day, identity, family, " ".join(given), issuer, born.wrong)


def _studies(root: Element, document: HealthRecord) -> list[Named]:
    """The imaging studies that the document is about or names in its narrative text."""
    event = root.find("{*}documentationOf/{*}serviceEvent/{*}effectiveTime")
    done = "" if event is None else day(event.find("{*}low")) or day(event)
    own = reports.study(document.title, done or document.date) if document.code == "18748-4" else None
    named = [own] if own and own.date else []
    lines: list[str] = []
    left = reports.LONGEST  # blocks are nested, and each repeats its text
    for text in root.iterfind(".//{*}section/{*}text"):
        for block in chain(every(text, *_BLOCKS), () if text.find(".//{*}paragraph") is not None else (text,)):
            if left > 0:
                lines.append(words(block)[:left])
                left -= len(lines[-1])
    return list(dict.fromkeys(named + reports.studies_named("\n".join(lines))))

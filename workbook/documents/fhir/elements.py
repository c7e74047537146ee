"""The small parts of FHIR resources: ids, references, dates, text. Knows FHIR R4 and no case.

Nothing is coded that nobody coded: a diagnosis, medicine or allergy is `text`, as it was typed.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import uuid
from collections.abc import Iterable
from typing import Any

from ..tree.clean import clean

Resource = dict[str, Any]

LOINC = "http://loinc.org"
_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:second-opinion-workbook")
_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_TERMS = "http://terminology.hl7.org/CodeSystem"


def urn(case_id: str, path: str) -> str:
    """The address of an entry in a bundle: the same for the same entry of the same case, every time."""
    return f"urn:uuid:{uuid.uuid5(_OURS, f'{case_id}/{path}')}"


def entry(address: str, resource: Resource) -> Resource:
    """A resource as an entry of a bundle, with the id of its address."""
    return {"fullUrl": address, "resource": {**resource, "id": address.removeprefix("urn:uuid:")}}


def concept(text: str, *codings: tuple[str, str, str]) -> Resource:
    """A CodeableConcept with these words; each coding is (system, code, display)."""
    coded = [{"system": system, "code": code, "display": display} for system, code, display in codings]
    return {"coding": coded, "text": text}


def term(system: str, code: str) -> Resource:
    """A CodeableConcept of one of FHIR's own code systems, by its short name."""
    return {"coding": [{"system": f"{_TERMS}/{system}", "code": code}]}


def absent(reason: str = "unknown") -> Resource:
    """An element without a value, and why: FHIR's data-absent-reason."""
    return {"extension": [{"url": _ABSENT, "valueCode": reason}]}


def date(day: str | None) -> str:
    """A date of a case as FHIR has it; "" for one that is not known or only about right, which FHIR cannot say."""
    return day if day and day[:1].isdigit() and not day.endswith("~") else ""


def instant(day: dt.date) -> str:
    """The start of a day: a bundle has a time, and nobody's clock is in a document."""
    return f"{day.isoformat()}T00:00:00Z"


def note(*texts: str) -> list[Resource]:
    """The texts that are there, as annotations."""
    return [{"text": text} for text in texts if text]


def narrative(rows: Iterable[str]) -> Resource:
    """Lines of text as the part that a person reads."""
    body = "".join(f"<p>{html.escape(clean(row).strip(), quote=False)}</p>" for row in rows if row.strip())
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{body or "<p>–</p>"}</div>'}


def number(text: str) -> int | float | None:
    """The number, if it would be written exactly as it was typed; None for any other text.

    >>> number("13.5"), number("42"), number("13.50"), number("<5")
    (13.5, 42, None, None)
    """
    try:
        found = int(text) if text.lstrip("-").isdecimal() else float(text)
    except ValueError:
        return None
    return found if json.dumps(found) == text and abs(found) < 10**12 else None


def written(bundle: Resource) -> bytes:
    """The bundle as JSON in UTF-8, with clean texts and without empty elements."""
    return (json.dumps(_tidy(bundle), ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _tidy(node: Any, key: str = "") -> Any:
    if isinstance(node, str):
        return node if key in ("data", "div") else clean(node).strip()
    if isinstance(node, list):
        return [kept for kept in (_tidy(item) for item in node) if _is_there(kept)]
    if isinstance(node, dict):
        found = {name: _tidy(value, name) for name, value in node.items()}
        return {name: value for name, value in found.items() if _is_there(value)}
    return node


def _is_there(value: Any) -> bool:
    return value not in ("", None) and value != [] and value != {}

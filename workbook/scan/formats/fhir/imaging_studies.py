"""Imaging studies that FHIR resources name, and attached documents. Knows reports and plain objects."""

from __future__ import annotations

import base64
import binascii
import contextlib
from collections.abc import Iterator
from typing import Any

from ... import limits
from ...phrases import reports
from ...phrases.no_data import is_withdrawn
from ...values import Named
from ..plain_text import without_tags
from .values import code, coded, day, parts, some, words

KEPT = {
    "ImagingStudy": (
        "status",
        "started",
        "modality",
        "modalityList",
        "series",
        "description",
        "procedureCode",
        "numberOfInstances",
    ),
    "DiagnosticReport": (
        "status",
        "code",
        "category",
        "effectiveDateTime",
        "effectivePeriod",
        "conclusion",
        "presentedForm",
        "contained",
    ),
    "DocumentReference": ("status", "content"),
    "Binary": ("data", "content", "contentType"),
}
_NO_PICTURES = {"SR", "KO", "PR", "DOC", "OT"}
_LABORATORY = {"LAB", "CH", "HM", "MB", "PAT", "SP", "CP", "GE", "laboratory", "LP29693-6"}
_MOST_IMAGES = 1_000_000
_LONGEST = 200_000  # characters of base64


def named(resource: dict[str, Any]) -> list[Named]:
    """The studies that a resource is about or names; none that was cancelled or entered in error."""
    if is_withdrawn(code(resource.get("status"))):
        return []
    if resource["resourceType"] == "ImagingStudy":
        return _study(resource)
    return _report(resource) if resource["resourceType"] == "DiagnosticReport" else []


def attached(resource: dict[str, Any]) -> int:
    """The number of documents inside a resource."""
    kind = resource["resourceType"]
    if is_withdrawn(code(resource.get("status"))):
        return 0
    if kind == "Binary":
        return int(bool(resource.get("data") or resource.get("content")))
    if kind == "DiagnosticReport":
        return sum(bool(form.get("data")) for form in parts(resource.get("presentedForm")))
    contents = parts(resource.get("content")) if kind == "DocumentReference" else []
    return sum(bool(a.get("data")) for c in contents for a in parts(c.get("attachment")))


def papers(resource: dict[str, Any], most: int) -> Iterator[bytes]:
    """The documents inside a resource, at most `most`, if small enough to read."""
    if is_withdrawn(code(resource.get("status"))):
        return
    kind = resource["resourceType"]
    if kind == "Binary":
        forms = [{"data": data} for data in (resource.get("data"), resource.get("content"))]
    elif kind == "DiagnosticReport":
        forms = parts(resource.get("presentedForm"))
    else:
        contents = parts(resource.get("content")) if kind == "DocumentReference" else []
        forms = [form for one in contents for form in parts(one.get("attachment"))]
    for form in forms[: max(most, 0)]:
        data = form.get("data")
        if isinstance(data, str) and 0 < len(data) <= limits.REPORT:
            with contextlib.suppress(binascii.Error, ValueError):
                yield base64.b64decode(data)


def _study(resource: dict[str, Any]) -> list[Named]:
    series = parts(resource.get("series"))
    codes = [*some(resource.get("modality")), *some(resource.get("modalityList"))]
    codes += [code for one in series for code in some(one.get("modality"))]
    modality = next((m for code in codes if (m := _modality(code)) and m not in _NO_PICTURES), "")
    said = [
        resource.get("description"),
        *some(resource.get("procedureCode")),
        *(s.get("bodySite") for s in series),
    ]
    part = next((p for one in said if (p := reports.part_of(words(one), modality))), "")
    started = day(resource.get("started"))
    images = resource.get("numberOfInstances")
    counted = images if isinstance(images, int) and not isinstance(images, bool) and 0 < images < _MOST_IMAGES else 0
    return [Named(modality, part, started, counted)] if modality and started else []


def _modality(code: Any) -> str:
    """The DICOM code; R5 has one more level."""
    for one in parts(code):
        for coding in [one, *parts(one.get("coding"))]:
            if isinstance(coding.get("code"), str):
                return str(coding["code"])[:16]
    return ""


def _report(resource: dict[str, Any]) -> list[Named]:
    if coded(resource.get("category")) & _LABORATORY:
        return []
    done = day(resource.get("effectiveDateTime")) or day(resource.get("effectivePeriod"))
    own = reports.study(words(resource.get("code")), done) if done else None
    texts = [resource.get("conclusion"), *map(_plain, parts(resource.get("presentedForm")))]
    named = [study for text in texts if isinstance(text, str) for study in reports.studies_named(text)]
    return [own, *named] if own else named


def _plain(form: dict[str, Any]) -> str:
    """The text of an attached text file or page; "" for other formats."""
    data, kind = form.get("data"), str(form.get("contentType"))
    if not isinstance(data, str) or not kind.startswith("text/"):
        return ""
    try:
        text = base64.b64decode(data[: _LONGEST // 4 * 4], validate=False).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""
    return without_tags(text) if "html" in kind else text

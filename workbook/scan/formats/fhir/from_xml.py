"""Converts FHIR XML to the plain objects of FHIR JSON. Knows XML and those objects only."""

from __future__ import annotations

from typing import Any

from ...values import File, Source
from ..bounded_xml import Element, local
from . import resources

_HOLDERS = ("resource", "contained")  # elements that contain a whole resource


def read(source: Source, root: Element) -> File:
    """The contents of a FHIR XML file, as from JSON."""
    return resources.from_values(source, [_resource(root)])


def _resource(element: Element) -> dict[str, Any]:
    return resources.keep({"resourceType": local(element), **_object(element)})


def _object(element: Element) -> dict[str, Any]:
    """The children by name; repeated names as a list. The XML is at most 256 deep, so this is too."""
    found: dict[str, list[Any]] = {}
    for child in element.iterchildren("{http://hl7.org/fhir}*"):
        inner = next(child.iterchildren("{http://hl7.org/fhir}*"), None)
        name = local(child)
        value: Any = child.get("value")
        if name in _HOLDERS and inner is not None:
            value = _resource(inner)
        elif inner is not None:
            value = _object(child)
        found.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}

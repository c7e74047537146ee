"""Converts FHIR XML to the plain objects of FHIR JSON. Knows XML and those objects only."""

from __future__ import annotations

from collections.abc import Iterator
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
    for child in _children(element):
        inner = next(_children(child), None)
        name = local(child)
        value: Any = child.get("value")
        if name in _HOLDERS and inner is not None:
            value = _resource(inner)
        elif inner is not None:
            value = _object(child)
        found.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}


def _children(element: Element) -> Iterator[Element]:
    """The children that are FHIR's own; others, such as the page of a narrative, are not read."""
    return (child for child in element if child.tag.startswith("{http://hl7.org/fhir}"))

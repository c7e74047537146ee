"""Bundles for the tests: made, read by a validator of FHIR R4B, and their texts beside those of the pages."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

from fhir.resources.R4B.bundle import Bundle

from workbook.case import Case
from workbook.documents import export

DAY = dt.date(2026, 11, 28)
DOCUMENTS = ("patient-story", "ips")
# Texts that FHIR or we put there: codes, addresses, dates, and the displays of codes.
_STRUCTURE = ("resourceType", "reference", "fullUrl", "id", "system", "code", "url", "div", "data", "valueCode")
_CONSTANT = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(T00:00:00Z)?|urn:.*")
WORDS = frozenset(
    [
        *("collection", "document", "current", "final", "generated", "active", "stopped", "unknown", "draft", "plan"),
        *("proposal", "proposed", "intended", "application/pdf", "nickname", "phone", "email", "en", "es"),
        *("Patient Note", "Patient story", "Patient summary Document", "Patient Shared"),
    ]
)


def made(case: Case, document: str, day: dt.date = DAY, **wanted: Any) -> dict[str, Any]:
    """The bundle, read by the validator, which raises what is wrong with it."""
    data = export.make(case, document, "fhir", day, **wanted)
    found: dict[str, Any] = json.loads(data)
    Bundle.model_validate_json(data)
    assert_whole(found)
    return found


def resources(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """The resources of a kind, in order."""
    return [one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == kind]


def assert_whole(bundle: dict[str, Any]) -> None:
    """Each reference is to an entry, each address is unique, and nothing is empty."""
    addresses = [one["fullUrl"] for one in bundle["entry"]]
    assert len({*addresses}) == len(addresses)
    for one in bundle["entry"]:
        assert one["fullUrl"] == f"urn:uuid:{one['resource']['id']}"
        assert "profile" not in one["resource"].get("meta", {})
    for key, value in _pairs(bundle):
        assert value not in ("", None, [], {}), key
        if key == "reference":
            assert value in addresses


def texts(bundle: dict[str, Any]) -> Iterator[str]:
    """Every text that is no part of the structure: what a person typed, or what we said about it."""
    for key, value in _pairs(bundle):
        if isinstance(value, str) and not (key in _STRUCTURE or value in WORDS or _CONSTANT.fullmatch(value)):
            yield value
        if key == "div":
            yield from re.findall(r"<p>(.*?)</p>", value, re.DOTALL)


def _pairs(node: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        for name, value in node.items():
            yield name, value
            yield from _pairs(value, name)
    elif isinstance(node, list):
        for value in node:
            if isinstance(value, str):
                yield key, value
            yield from _pairs(value, key)

"""Suggests adding what the files list and the case lacks, item by item. Knows the case and its changes.

Nothing is merged automatically. A list in a file is what that file contained on its date: never complete, and never
proof of absence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ...case import new_id
from ...case.change import Change
from ...case.field_types import clean
from ...case.materials import Holding
from ...case.records import RecordItem, RecordKind
from ...content import entries
from ...locale import tr
from ...locale.dates import show_day
from ...rules.imaging import body_parts
from ...rules.imaging.body_parts import regions_of
from ...rules.imaging.modalities import scans_of
from ...rules.imaging.pairs import scans
from .. import named_scans, results
from ..formats.fhir.resources import unnamed
from ..phrases.names import words
from ..phrases.no_data import counts
from ..values import HealthRecord, Inventory, Listed, Study
from . import record_lines
from .record_lines import Wanted
from .scan_words import of_study

if TYPE_CHECKING:
    from ...case import Case

_LINE = 200  # characters of a name or a value
OVER = frozenset(
    "ended stopped completed cancelled entered-in-error not-taken negated refuted resolved inactive draft".split()  # noqa: SIM905
)
LISTS: tuple[tuple[str, str, str], ...] = (  # path in the document, in the case, name field of an entry
    ("medications", "health.medications", "name"),
    ("allergies", "health.allergies", "to"),
    ("diagnoses", "health.problems", "label"),
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggestion: what it is, its source, and the change that adds it."""

    key: str
    kind: Literal["medications", "allergies", "diagnoses", "results", "scans"]
    name: str
    words: str
    path: str
    date: str
    change: Change


def suggestions(found: Inventory, case: Case) -> list[Suggestion]:
    """The suggestions in page order: medicines, allergies, diagnoses, newest test results, scans.

    Entries that the case has already, that have ended, or that say "none", are not suggested. If
    another person's files are included, nothing is.
    """
    if found.stopped or any(p.verdict == "other" for p in found.patients):
        return []
    made = [one for kind, path, field in LISTS for one in _listed(found, case, kind, path, field)]
    return [*made, *_results(found, case), *_scans(found, case)]


def _results(found: Inventory, case: Case) -> Iterator[Suggestion]:
    """The newest result of each test; the words of the file, shortened to a line."""
    had = {(_core(one.name), one.value, one.on or "") for one in case.health.results.values()}
    for trend in results.trends(found.documents):
        one, path = trend.results[-1]
        name, value, unit, normal = (" ".join(clean(text).split())[:_LINE] for text in
                                     (one.name, one.value, one.unit, one.range))  # fmt: skip
        on = one.date if len(one.date) == 10 else ""
        if not name or not value or (_core(name), value, on) in had:
            continue
        told = {"id": new_id(), "name": name, "value": value, "unit": unit, "range": normal}
        change = Change("add", "health.results", {**told, **({"on": on} if on else {})})
        shown_as = ": ".join((name, f"{value} {unit}".strip()))
        yield Suggestion(_key("health.results", shown_as + on), "results", shown_as, _source(path, one.date), path,
                         one.date, change)  # fmt: skip


def _listed(found: Inventory, case: Case, kind: Any, path: str, field: str) -> Iterator[Suggestion]:
    had = [_core(getattr(entry, field)) for entry in _entries(case, path)]
    for document, entry in _newest_first(found, kind):
        name = " ".join(clean(entry.name).split())
        core = _core(name)
        nothing = not core or not counts(entry) or name == unnamed() or entry.status.casefold() in OVER
        if nothing or any(_same(core, other) for other in had):
            continue
        had.append(core)
        day = entry.date or document.date
        dose = {"dose": " ".join(clean(entry.dose).split())[:_LINE]} if entry.dose and kind == "medications" else {}
        change = Change("add", path, {"id": new_id(), field: name, **dose})
        yield Suggestion(_key(path, name), kind, name, _source(document.path, day), document.path, day, change)


def _newest_first(found: Inventory, kind: str) -> list[tuple[HealthRecord, Listed]]:
    listed = [(d, entry) for d in found.documents for entry in getattr(d, kind, [])]
    return sorted(listed, key=lambda pair: pair[1].date or pair[0].date, reverse=True)


def _entries(case: Case, path: str) -> list[Any]:
    node: Any = case
    for step in path.split("."):
        node = getattr(node, step)
    return list(node.values())


def _core(name: str) -> frozenset[str]:
    """The words of a name, without numbers and dosage forms."""
    return frozenset(words(name)) - _FORMS


_FORMS = frozenset(["mg", "mcg", "ml", "iu", "oral", "tablet", "tablets", "capsule", "capsules", "solution", "daily"])


def _same(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b) and (a <= b or b <= a)


def _scans(found: Inventory, case: Case) -> Iterator[Suggestion]:
    had = list(case.records.studies.values())
    items = entries(case, "records.items").values()
    for study in found.studies:
        known = any(
            one.study_uid == study.study_uid
            or record_lines.answers(
                study,
                Wanted(scans_of(one.modality), one.on or "", regions_of(one.body_part), one.accession),
            )
            for one in had
            if one.study_uid or one.modality or one.on
        )
        if known or not named_scans.holds_images(study):
            continue
        name = of_study(study)
        value = {
            "id": new_id(),
            "modality": "/".join(named_scans.modalities(study)),
            "body_part": clean(body_parts.label(study.body_part)),
            "accession": clean(study.accession),
            "study_uid": study.study_uid,
            "holding": Holding.IMAGES_ONLY.value,
            "images_item": next((i.id for i in items if _is_of(i, study) and i.id in case.records.items), ""),
            **({"on": study.date} if len(study.date) == 10 else {}),
        }
        path = study.paths[0] if study.paths else ""
        change = Change("add", "records.studies", value)
        yield Suggestion(
            _key("scans", study.study_uid or name), "scans", name, _source(path, study.date), path, study.date, change
        )


def _is_of(item: RecordItem, study: Study) -> bool:
    wanted = Wanted(scans(item), item.service_date or "", regions_of(item.title), item.accession)
    return item.kind is RecordKind.IMAGING_STUDY and bool(wanted.day) and record_lines.answers(study, wanted)


def _source(path: str, day: str) -> str:
    if day:
        return tr("Listed in this file: {path}, {day}.").format(path=path, day=show_day(day))
    return tr("Listed in this file: {path}.").format(path=path)


def _key(path: str, name: str) -> str:
    """An identifier for a button: stable however often the files are scanned. Not stored."""
    return hashlib.sha256(f"{path}\n{name.casefold()}".encode()).hexdigest()[:10]

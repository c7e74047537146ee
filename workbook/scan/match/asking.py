"""The letters that ask for what a disc or download lacks, one for each office. Knows the case and its changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...case import new_id
from ...case.change import Change
from ...case.field_types import clean
from ...case.records import RequestState
from ...locale import tr
from ..values import Inventory, Study
from .coverage import unfound
from .scan_words import of_named, of_study, upper

if TYPE_CHECKING:
    from ...case import Case

_OVER = (RequestState.FULFILLED, RequestState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Ask:
    """One letter to start: the office ("" if no file names one), a line for each scan, and the change that adds it."""

    office: str
    lines: tuple[str, ...]
    change: Change

    @property
    def request(self) -> str:
        """The id of the request that the change adds."""
        return str(self.change.value["id"])


def letters(found: Inventory, case: Case) -> list[Ask]:
    """The letters that would ask for what is missing; without what an open request names already.

    None if another person's files are included: then the disc goes back as a whole.
    """
    if found.stopped or any(person.verdict == "other" for person in found.patients):
        return []
    asked = "\n".join(one.scans for one in case.records.requests.values() if one.state not in _OVER)
    offices: dict[str, list[str]] = {}
    for office, line in _missing(found, case):
        if line not in asked and line not in offices.setdefault(office, []):
            offices[office].append(line)
    return [_ask(office, tuple(lines)) for office, lines in offices.items() if lines]


def _ask(office: str, lines: tuple[str, ...]) -> Ask:
    value = {"id": new_id(), "to": office, "scans": "\n".join(lines), "state": RequestState.DRAFT.value}
    return Ask(office, lines, Change("add", "records.requests", value))


def _missing(found: Inventory, case: Case) -> Iterator[tuple[str, str]]:
    """Each scan that is not whole, or that a document names and nobody has, with the office to ask."""
    for study in found.studies:
        if study.missing:
            yield " ".join(clean(study.place).split()), _line(study)
    for _path, named in unfound(found, case):
        yield "", upper(of_named(named))


def _line(study: Study) -> str:
    """A scan as an office looks it up: kind, part, day, and its number."""
    number = tr("accession number {number}").format(number=clean(study.accession)) if study.accession else ""
    return ", ".join(x for x in (clean(upper(of_study(study))), number, tr("all images")) if x)

"""The three lines to read first: whose it is, what is on it, what is missing and whom to ask. Knows the values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...locale import plural, tr
from .. import named_scans, series
from ..match.scan_words import of_named, of_study
from ..values import Inventory, Study
from . import persons

if TYPE_CHECKING:
    from ...case import Case

_NAMED = 3  # scans that the last line names


def lines(inventory: Inventory, case: Case | None = None) -> list[str]:
    """Whose, what, and what is missing; fewer if nothing was read."""
    count = persons.people(inventory)
    whose = tr("There are files from {n} people here.").format(n=count) if count > 1 else ""
    if not whose and inventory.patients:
        whose = persons.person_line(inventory.patients[0], case)
    return [line for line in (whose or tr("No name was found."), _what(inventory), _missing(inventory)) if line]


def _what(inventory: Inventory) -> str:
    """The scans, documents, results and pictures that are here, counted."""
    found = counted(inventory)
    return tr("On it: {list}.").replace("{list}", found) if found else tr("Nothing on it could be read.")


def counted(inventory: Inventory) -> str:
    """`1 scan with 8 images, 2 documents, 5 test results`; "" if nothing was read."""
    scans = [study for study in inventory.studies if study.images]
    beside = [part for study in inventory.studies if not study.images and not study.reports for part in study.parts]
    images = sum(study.images for study in scans)
    pictures = sum(file.kind == "image" and file.status == "ok" for file in inventory.files)
    others = sum(document.kind != "image" for document in inventory.documents)
    others += sum(len(study.reports) for study in inventory.studies)
    results = sum(len(document.results) for document in inventory.documents)
    with_images = plural("1 scan with {images}", "{n} scans with {images}", len(scans))
    kinds = (
        (len(scans), with_images.replace("{images}", plural("1 image", "{n} images", images))),
        (others, plural("1 document", "{n} documents", others)),
        (pictures, plural("1 picture", "{n} pictures", pictures)),
        (results, plural("1 test result", "{n} test results", results)),
    )
    return ", ".join([*(words for n, words in kinds if n), *series.beside(beside)])


def _missing(inventory: Inventory) -> str:
    """The scans that are not whole, with whom to ask, and those that documents name and that are not here."""
    parts = [study for study in inventory.studies if study.missing]
    places = list(dict.fromkeys(study.place for study in parts if study.place))
    whom = places[0] if len(places) == 1 else tr("the office that made it")
    named = [of_named(one) for one in named_scans.not_here(inventory)]
    found = []
    if parts:
        words = tr("Missing: {list}. Ask {office} for what is missing.").replace("{office}", whom)
        found.append(words.replace("{list}", _first([_name(study) for study in parts])))
    if named:
        words = tr("Named in a document, but not here: {list}.")
        found.append(words.replace("{list}", _first(named)))
    return " ".join(found)


def _first(names: list[str]) -> str:
    """The first few names, and how many more there are."""
    names = list(dict.fromkeys(names))
    more = len(names) - _NAMED
    return "; ".join([*names[:_NAMED], *([plural("1 more", "{n} more", more)] if more > 0 else [])])


def _name(study: Study) -> str:
    words = of_study(study)
    return tr("part of {scan}").replace("{scan}", words) if study.images else words

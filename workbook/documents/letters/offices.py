"""Where letters and records go: an office's address and fax, and how a clinic takes records. Knows the case."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...case import Case
from ...case.clinicians import Clinician, Facility
from ...locale import tr
from ..wording import joined
from .base import address_lines

_FAX = re.compile(r"\be?fax\b", re.IGNORECASE)
_LINK = re.compile(r"https?:|www\.|@|\b(up ?load|portal|link)", re.IGNORECASE)
_OR = re.compile(r",?\s+or\s+|;\s*", re.IGNORECASE)


def place_of(case: Case, office: str) -> Facility | None:
    """The place whose name the office's name contains; the longest match, because a fax must not go to a neighbor.

    Without one, the only place with the office's department that goes by the same name: "Harrow Ridge imaging" is
    the imaging department of "Harrow Ridge Community Hospital".
    """
    from ...rules.alerts.people import is_for

    name = office.casefold()
    places = [place for place in case.facilities.values() if place.name.strip()]
    fits = [place for place in places if place.name.strip().casefold() in name]
    if fits:
        return max(fits, key=lambda place: len(place.name.strip()))
    alike = [p for p in places if p.department and p.department.casefold() in name and is_for(p.name, office)]
    return alike[0] if len(alike) == 1 else None


def place_lines(place: Facility | None) -> list[str]:
    """The place's mailing address and fax number, as far as known."""
    if place is None:
        return []
    return [*address_lines(place.address), *([tr("Fax {number}").format(number=place.fax)] if place.fax else [])]


def receiver_lines(who: Clinician | None, *, ship: bool = False, films: bool = False) -> list[str]:
    """Where to send records: the clinician, the clinic, and how the clinic takes them; see `ways_to`."""
    if who is None:
        return []
    ways = ways_to(who, ship=ship, films=films)
    return [line for line in (who.name, who.facility, *ways, who.phone) if line.strip()]


def ways_to(who: Clinician | None, *, ship: bool = False, films: bool = False) -> tuple[str, ...]:
    """The addresses, fax numbers or links that the clinic gave for records.

    With `ship` only where a courier can go: slides are neither faxed nor uploaded. `films` may be uploaded.
    """
    if who is None:
        return ()
    ways = address_lines(who.records_to)
    if not (ship or films):
        return ways
    return address_lines(who.slides_to) or tuple(filter(None, (_carried(way, links=films) for way in ways)))


def _carried(way: str, *, links: bool) -> str:
    """A way to send records without its fax number, and without links unless they can carry it."""
    parts = [part.strip() for part in _OR.split(way)]
    return joined(part for part in parts if not _FAX.search(part) and (links or not _LINK.search(part)))


def clinician_lines(case: Case, doctors: Iterable[Clinician]) -> list[str]:
    """The recipients of a letter to clinicians: one with an address in lines, several with one line each.

    A department that only shares the clinic's name has its own fax, so its address is not the clinician's.
    """
    found = list(doctors)
    blocks = []
    for who in found:
        chosen, named = case.facilities.get(who.facility_id), place_of(case, who.facility)
        place = chosen or (named if named and not named.department else None)
        blocks.append([who.name, who.facility or (place.name if place else ""), *place_lines(place)])
    if len(blocks) == 1:
        return [line for line in blocks[0] if line]
    return [joined(block) for block in blocks if any(block)]

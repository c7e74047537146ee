"""Finds a workbook by what somebody calls it: its id or its name. Knows ids and names only."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from ..errors import NoSuchCase
from ..locale import tr


def id_of(wanted: str, known: Sequence[tuple[str, str]]) -> str:
    """The id of the workbook with this id or nickname, among pairs of both; NoSuchCase with what comes near.

    >>> id_of("knee", [("a1b2c3", "Knee"), ("d4e5f6", "Spine")])
    'a1b2c3'
    """
    if wanted in (key for key, _ in known):
        return wanted
    same = [key for key, name in known if name and name.casefold() == wanted.strip().casefold()]
    if len(same) == 1:
        return same[0]
    if same:
        said = tr("Several workbooks have that name. Use the id of one of them: {ids}.")
        raise NoSuchCase(said.replace("{ids}", ", ".join(same)))
    near = difflib.get_close_matches(wanted, [key for key, _ in known], 1)
    meant = tr("Did you mean {id}?").replace("{id}", near[0]) if near else tr("wb.cases() lists them.")
    raise NoSuchCase(f"{tr('There is no workbook with that id or name on this computer.')} {meant}")

"""Scans a folder for one case: reads, checks the patient, and compares with the checklist.

Knows the case. Another person's record stops the scan at once: their privacy counts too (A-11).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...locale import N_, tr
from .. import passwords
from ..phrases.names import words
from ..values import Inventory, Patient, Person, Source, Verdict
from . import signs
from .coverage import coverage
from .identity import Judged, doubt, judge

if TYPE_CHECKING:
    from ...case import Case
    from ..inventory import Steps

Progress = Callable[[int, int, Inventory], object]

STOP = (
    N_("First check one thing. Is it an earlier name of the patient? Then add that name, and look again."),
    N_("If not: Stop here. These files show another person, or another birth date."),
    N_("We stopped reading. Do not look further, and do not make a copy."),
    N_(
        "Give a disc back to the office that made it. Delete a download. Tell its privacy office. "
        "Ask for the right ones."
    ),
)


def look(
    root: str | Path | Iterable[Source],
    case: Case | None = None,
    progress: Progress | None = None,
    *,
    go_on: bool = False,
    password: str = "",
) -> Inventory:
    """The contents of a folder, an archive or a file; with a case also the patient check and what the checklist lacks.

    `root` may also be files from elsewhere, such as an upload in memory. `go_on` continues after another person
    is found, only after the user confirmed it. `password` opens locked files. Without a case there is no verdict.
    Raises BadRecord if there is nothing to scan.
    """
    from .. import inventory

    with passwords.using(password):
        return inventory.finish(steps(root, case, progress, go_on=go_on))


def steps(
    root: str | Path | Iterable[Source],
    case: Case | None = None,
    progress: Progress | None = None,
    *,
    go_on: bool = False,
) -> Steps:
    """Like `look`, one file at each step, for a page that has no thread to scan in."""
    from .. import inventory

    place = Path(root).expanduser() if isinstance(root, str | Path) else root
    if case is None:
        found = yield from inventory.steps(place, progress)
        for one in found.patients:
            one.note = doubt(one.patient)
        found.signs = signs.signs(found)
        return found
    judged: dict[Patient, Judged] = {}

    def is_me(patient: Patient) -> Verdict:
        verdict = (judged.setdefault(patient, judge(patient, case.person))).verdict
        return "cannot tell" if go_on and verdict == "other" else verdict

    found = yield from inventory.steps(place, progress, is_me)
    for one in found.patients:
        said = _said(one, judged) or judgement(one, case)
        one.verdict, one.note = said.verdict, said.note
    found.signs = signs.signs(found, case)
    if found.stopped and is_someone_else(found):
        found.stopped = " ".join(map(tr, STOP))
        return found  # the contents of another person's disc say nothing about this checklist
    found.coverage = coverage(found, case)
    return found


def _said(one: Person, judged: dict[Patient, Judged]) -> Judged | None:
    """The verdict on a person from each file's spelling: a file may separate family and given name, which helps."""
    name = sorted(words(one.name))
    said = [(p.birth, j) for p, j in judged.items() if sorted(words(p.name)) == name and one.birth.startswith(p.birth)]
    if others := [judged for _, judged in said if judged.verdict == "other"]:
        return others[0]
    exact = [judged for birth, judged in said if birth == one.birth]
    # Of files without a valid birth date, some may have an impossible one.
    wanted = "same" if one.birth else "cannot tell"
    return next((j for j in exact if j.verdict == wanted), next(iter(exact), None))


def judgement(found: Person, case: Case) -> Judged:
    """The verdict on one patient, with its reason."""
    return judge(found.patient, case.person)


def is_someone_else(found: Inventory) -> bool:
    """Whether another person's records are included."""
    return any(one.verdict == "other" for one in found.patients)


def several(found: Inventory) -> bool:
    """Whether there is more than one person: by the verdicts, and by comparing the names with each other."""
    from ...case.people import Person as Me

    if is_someone_else(found):
        return True
    named = [p.patient for p in found.patients if words(p.name)]
    # Unvalidated: a name from an untrusted file is not checked like an answer in a case.
    mine = [Me.model_construct(name=p.name, birth_date=p.birth or None) for p in named]
    pairs = ((n, me, one) for n, me in enumerate(mine) for one in named[n + 1 :])
    return any(judge(replace(one, worded=one.worded or named[n].worded), me).verdict == "other" for n, me, one in pairs)

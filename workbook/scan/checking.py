"""A whole look at a folder for one case: reads, judges whose it is, and holds it against the checklist.

Knows the case. Another person's record stops the reading at once: their privacy counts too (A-11).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ..locale import N_, tr
from .coverage import coverage
from .identity import Judged, judge
from .names import words
from .values import Inventory, Patient, Person, Source, Verdict

if TYPE_CHECKING:
    from ..case import Case

DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
Progress = Callable[[int, int, Inventory], object]

STOP = (
    N_("First check one thing. Is it an earlier name of the patient? Then add that name, and look again."),
    N_("It is not? Stop here. These files show another person, or another birth date."),
    N_("We stopped reading. Do not look further, and do not make a copy."),
    N_("Give a disc back to its office. Delete a download. Tell its privacy office. Ask for the right ones."),
)


def look(
    root: str | Path | Iterable[Source],
    case: Case | None = None,
    progress: Progress | None = None,
    *,
    go_on: bool = False,
) -> Inventory:
    """What is in a folder, an archive or a file; with a case also whose it is and what the checklist lacks.

    `root` may also be files that lie elsewhere, such as an upload in memory. `go_on` reads on where another person
    is found, only after somebody said so. Without a case nothing is judged.
    Raises BadRecord where there is nothing to look at.
    """
    from . import inventory

    def take(is_me: Callable[[Patient], Verdict] | None) -> Inventory:
        if isinstance(root, str | Path):
            return inventory.take(Path(root).expanduser(), progress, is_me)
        return inventory.of(root, progress, is_me)

    if case is None:
        return take(None)
    judged: dict[Patient, Verdict] = {}

    def is_me(patient: Patient) -> Verdict:
        verdict = judged[patient] = judge(patient, case.person).verdict
        return "cannot tell" if go_on and verdict == "other" else verdict

    found = take(is_me)
    for one in found.patients:
        one.verdict = _verdict(one, judged) or judgement(one, case).verdict
    if found.stopped and is_someone_else(found):
        found.stopped = " ".join(map(tr, STOP))
        return found  # what lies on another person's disc says nothing of this checklist
    found.coverage = coverage(found, case)
    return found


def _verdict(one: Person, judged: dict[Patient, Verdict]) -> Verdict | None:
    """The verdict on a person by what each file said: a file may keep family and given name apart, which helps."""
    name = sorted(words(one.name))
    said = {p.birth: v for p, v in judged.items() if sorted(words(p.name)) == name and one.birth.startswith(p.birth)}
    return "other" if "other" in said.values() else said.get(one.birth)


def judgement(found: Person, case: Case) -> Judged:
    """The verdict on one patient that was found, with what it rests on."""
    return judge(Patient(name=found.name, birth=found.birth), case.person)


def is_someone_else(found: Inventory) -> bool:
    """Whether another person is on it."""
    return any(one.verdict == "other" for one in found.patients)


def several(found: Inventory) -> bool:
    """Whether more than one person is on it: by the verdicts, and by holding those it names against each other."""
    from ..case.people import Person as Me

    if is_someone_else(found):
        return True
    named = [Patient(name=p.name, birth=p.birth) for p in found.patients if words(p.name)]
    mine = [Me(name=p.name, birth_date=p.birth if DAY.fullmatch(p.birth) else None) for p in named]
    return any(judge(one, me).verdict == "other" for n, me in enumerate(mine) for one in named[n + 1 :])

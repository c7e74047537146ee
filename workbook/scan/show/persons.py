"""The people that files name, as text lines with the verdict on each. Knows the values and the case's mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...case import spoken
from ...locale import N_, tr
from ...locale.dates import show_day
from ..match import checking
from ..phrases.names import is_garbled, words
from ..values import Inventory, Person

if TYPE_CHECKING:
    from ...case import Case

VERDICTS = {
    "same": N_("This is {you|the patient}."),
    "other": N_("This is someone else."),
    "cannot tell": N_("We cannot tell whether this is {you|the patient}."),
}


def people(inventory: Inventory) -> int:
    """The minimum number of people: names that may be one person's count once."""
    apart: list[Person] = []
    for one in inventory.patients:
        if words(one.name) and all(checking.several(Inventory(patients=[_plain(one), _plain(p)])) for p in apart):
            apart.append(one)
    return len(apart)


def _plain(one: Person) -> Person:
    return Person(one.name, one.birth, birth_wrong=one.birth_wrong, worded=one.worded, animal=one.animal)


def is_known(inventory: Inventory) -> bool:
    """Whether each person is the patient: only then do the contents count."""
    return bool(inventory.patients) and all(one.verdict == "same" for one in inventory.patients)


def person_line(person: Person, case: Case | None = None) -> str:
    """A patient, with the verdict if there is one, addressed to the reader."""
    born = tr("born {day}").format(day=show_day(person.birth)) if person.birth else tr("no birth date")
    named = tr("A name that cannot be read ({name})") if is_garbled(person.name) else "{name}"
    told = f"{named.replace('{name}', person.name or tr('No name'))}, {born}."
    mode = case.mode.value if case else "advocate"
    return f"{told} {spoken(tr(VERDICTS[person.verdict]), mode)}" if person.verdict else told

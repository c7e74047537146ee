"""What a reader may see of a case. Pure: a case in, a smaller case out. Knows the case only.

The usual reader is a clinician: private and extra sensitive entries, notes for others, former names, the home address
and the advocate's own log stay out.
"""

from __future__ import annotations

from typing import Any

from ..case import Case, Item, Items, Part, YesNo
from ..case.clinicians import ClinicianRole
from ..case.goal import HeldSlot
from ..case.log import Visibility
from ..case.opinions import Comparison
from ..case.people import Person


def for_clinician(case: Case) -> Case:
    """The case as a clinician may see it."""
    seen: Case = _without_private(case)
    notes = Items(n for n in seen.notes.values() if n.visibility is Visibility.CLINICIAN)
    person = seen.person.model_copy(update={"address": "", "aliases": Person().aliases})
    seen = seen.model_copy(update={"person": person, "notes": notes, "time": Items(), "exports": Items(), "drafts": {}})
    return _fresh_eyes(seen) if seen.records.show_first_conclusion is YesNo.NO else seen


def _fresh_eyes(case: Case) -> Case:
    """The case without what the first clinician concluded: the person wants another to look before they read it."""
    firsts = {c.id for c in case.clinicians.values() if c.role is ClinicianRole.FIRST}
    kept = Items(o for o in case.opinions.values() if o.clinician not in firsts)
    health = case.health.model_copy(update={"problems": Items()})
    goal = case.goal.model_copy(update={"held_slot": HeldSlot()})
    empty = Comparison(tie_breaker=case.compare.tie_breaker)
    return case.model_copy(update={"opinions": kept, "health": health, "goal": goal, "compare": empty})


def _without_private(node: Any) -> Any:
    changed: dict[str, Any] = {}
    for name in type(node).model_fields:
        value = getattr(node, name)
        if isinstance(value, Items):
            kept = Items(_without_private(item) for item in value.values() if not _hidden(item))
            changed[name] = kept
        elif isinstance(value, Part):
            changed[name] = _without_private(value)
        elif name == "own" and value:
            changed[name] = {key: own for key, own in value.items() if not own.private}
    return node.model_copy(update=changed)


def _hidden(item: Item) -> bool:
    return item.private or item.sensitive

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
    hidden: list[str] = []
    seen: Case = _without_private(case, "", hidden)
    notes = Items(n for n in seen.notes.values() if n.visibility is Visibility.CLINICIAN)
    person = seen.person.model_copy(update={"address": "", "aliases": Person().aliases})
    # a shipped entry that is hidden counts as left out: it must not come back as one that nobody has touched
    left_out = (*seen.left_out, *hidden)
    logs: dict[str, Any] = {"time": Items(), "exports": Items(), "drafts": {}}
    seen = seen.model_copy(update={"person": person, "notes": notes, "left_out": left_out, **logs})
    return _fresh_eyes(seen) if seen.records.show_first_conclusion is YesNo.NO else seen


def _fresh_eyes(case: Case) -> Case:
    """The case without what the first clinician concluded: the person wants another to look before they read it."""
    firsts = {c.id for c in case.clinicians.values() if c.role is ClinicianRole.FIRST}
    kept = Items(o for o in case.opinions.values() if o.clinician not in firsts)
    health = case.health.model_copy(update={"problems": Items()})
    goal = case.goal.model_copy(update={"held_slot": HeldSlot()})
    empty = Comparison(tie_breaker=case.compare.tie_breaker)
    return case.model_copy(update={"opinions": kept, "health": health, "goal": goal, "compare": empty})


def _without_private(node: Any, prefix: str, hidden: list[str]) -> Any:
    """The part without what is private; the paths of entries taken out are added to `hidden`."""
    changed: dict[str, Any] = {}
    for name in type(node).model_fields:
        value = getattr(node, name)
        if isinstance(value, Items):
            hidden += [f"{prefix}{name}.{key}" for key, item in value.items() if _hidden(item)]
            kept = [i for i in value.values() if not _hidden(i)]
            changed[name] = Items(_without_private(i, f"{prefix}{name}.{i.id}.", hidden) for i in kept)
        elif isinstance(value, Part):
            changed[name] = _without_private(value, f"{prefix}{name}.", hidden)
        elif name == "own" and value:
            changed[name] = {key: own for key, own in value.items() if not own.private}
    return node.model_copy(update=changed)


def _hidden(item: Item) -> bool:
    return item.private or item.sensitive

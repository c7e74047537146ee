"""Redacts a case for a reader. Pure: a case in, a smaller case out. Knows the case and the readers.

Entries without any answer are left out: their bare noun would read as a statement. Private and sensitive entries,
notes for others, former names, the home address, drafts, skips and the time log are left out unless their own path was
selected; selecting one includes no other. Hand-overs, and answers of a merged file, are always left out.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from ...case import Case, CaseModel, Item, Items, Own, YesNo
from ...case.clinicians import ClinicianRole
from ...case.goal import HeldSlot
from ...case.materials import Media, MediaResult
from ...case.opinions import Comparison
from .readers import EXTRAS, READERS, Reader

NAME_ON_RECORD = "name_on_record"
"""The field for a former name: included with former names, or if its own path was selected."""

HOME = "person.address"
"""The home address. A helper often lives there too, so the address of a helper goes only where this one goes."""

# says nothing about the person, or is handled separately below
_ALWAYS = frozenset(
    [
        "schema_version",
        "fact_pack_version",
        "id",
        "created",
        "updated",
        "mode",
        "language",
        "bilingual_export",
        "synthetic",
        "deidentified",
        "demo_today",
        "status",
        "steps",
        "left_out",
        "provenance",
        "viewed",
    ]
)


def for_clinician(case: Case) -> Case:
    """The case redacted for a clinician."""
    return seen_by(case)


def seen_by(
    case: Case, reader: str = "clinician", include: AbstractSet[str] = frozenset(), *, without_first: bool = False
) -> Case:
    """The case redacted for this reader; `include` are paths selected one by one.

    `without_first` removes the first clinician's conclusions; for a clinician the case may request it too.
    """
    look = _Look(READERS[reader], frozenset(include))
    seen: Case = look.of(case, "")
    fresh = without_first or (reader == "clinician" and case.records.show_first_conclusion is YesNo.NO)
    told = YesNo.NO if fresh else None  # needed for the line that mentions it
    records = seen.records.model_copy(update={"show_first_conclusion": told, "media": _nobody_else(seen.records.media)})
    # a hidden shipped entry counts as left out: it must not reappear as an untouched one
    left_out = (*seen.left_out, *look.hidden)
    seen = seen.model_copy(
        update={
            "records": records,
            "left_out": left_out,
            "drafts": {},
            "skipped": {},
            "postponed": {},
            "hand_overs": Items(),
            "other_answers": Items(),
            "provenance": look.provenance(case),
            **look.grid(case),
        }
    )
    return _fresh_eyes(seen) if fresh else seen


def _nobody_else(media: Items[Media]) -> Items[Media]:
    """The discs without what could name another person found on them: it must not be passed on."""
    others = (MediaResult.OTHER, MediaResult.SEVERAL)
    return Items(_without_names(m) if m.result in others else m for m in media.values())


def _without_names(medium: Media) -> Media:
    scans, missing = (tuple(scan.nameless() for scan in held) for held in (medium.scans, medium.scans_missing))
    return medium.model_copy(update={"shown": "", "scans": scans, "scans_missing": missing})


def is_blank(item: Item) -> bool:
    """Whether an entry has no answers: it was added and abandoned, so there is nothing to print."""
    marks = {"private": False, "sensitive": False, "done": False}
    return item.model_copy(update=marks) == type(item)(id=item.id)


def is_held_back(item: Item) -> bool:
    """Whether an entry is marked as private or sensitive."""
    return item.private or item.sensitive


@dataclass
class _Look:
    """One pass over a case; `hidden` collects the paths of removed entries."""

    reader: Reader
    chosen: frozenset[str]
    hidden: list[str] = field(default_factory=list)

    def of(self, node: Any, prefix: str) -> Any:
        """The model without what is not for this reader."""
        changed: dict[str, Any] = {}
        for name, info in type(node).model_fields.items():
            value, path = getattr(node, name), f"{prefix}{name}"
            if not prefix and name in _ALWAYS:
                continue
            if name == "own":
                changed[name] = self._own(value, path)
            elif (
                not self._opens(path)
                or (name == NAME_ON_RECORD and not {"person.aliases", path} & self.chosen)
                or (name == "address" and prefix.startswith("parties.") and HOME not in self.chosen)
            ):
                changed[name] = info.get_default(call_default_factory=True)
            elif isinstance(value, Items):
                changed[name] = self._entries(value, path)
            elif isinstance(value, CaseModel):
                changed[name] = self.of(value, f"{path}.")
        return node.model_copy(update=changed)

    def _opens(self, path: str) -> bool:
        if path in EXTRAS:  # the path to an extra admits only that extra, or a private entry inside it
            return self.reader.takes(path) and any(p == path or p.startswith(path + ".") for p in self.chosen)
        return self.reader.sees_place(path)

    def _entries(self, items: Items[Any], path: str) -> Items[Any]:
        kept = {key: item for key, item in items.items() if self._shows(item, f"{path}.{key}", path)}
        self.hidden += [f"{path}.{key}" for key in items if key not in kept]
        return Items(self.of(item, f"{path}.{key}.") for key, item in kept.items())

    def _shows(self, item: Item, path: str, place: str) -> bool:
        if is_blank(item):
            return False
        if path in self.chosen:
            return self.reader.takes(path)
        if is_held_back(item) or (place in EXTRAS and place not in self.chosen):
            return False
        return place != "notes" or getattr(item, "visibility", None) in self.reader.notes

    def _own(self, value: dict[str, Any], path: str) -> dict[str, Any]:
        mine = {key: own for key, own in value.items() if self._is_for(own)}
        return {key: own for key, own in mine.items() if not own.private or f"{path}.{key}" in self.chosen}

    def _is_for(self, own: Own) -> bool:
        """Whether the answer to a user-defined question is for this reader."""
        if not own.readers:
            return self.reader.own
        return self.reader.all_own or self.reader.name in own.readers

    def provenance(self, case: Case) -> dict[str, Any]:
        """The provenance of values that remain."""
        gone = tuple(path + "." for path in self.hidden)
        return {p: f for p, f in case.provenance.items() if self._opens(p) and not p.startswith(gone)}

    def grid(self, case: Case) -> dict[str, Any]:
        """Who saw which record, for records and clinicians that remain."""
        if not self.reader.sees_place("records.items"):
            return {"viewed": {}}
        gone = set(self.hidden)
        rows = {r: cells for r, cells in case.viewed.items() if f"records.items.{r}" not in gone}
        return {"viewed": {r: {c: s for c, s in v.items() if f"clinicians.{c}" not in gone} for r, v in rows.items()}}


def _fresh_eyes(case: Case) -> Case:
    """The case without the first clinician's conclusions, for a clinician who should look before reading them."""
    firsts = {c.id for c in case.clinicians.values() if c.role is ClinicianRole.FIRST}
    kept = Items(o for o in case.opinions.values() if o.clinician not in firsts)
    health = case.health.model_copy(update={"problems": Items()})
    goal = case.goal.model_copy(update={"held_slot": HeldSlot()})
    silent = {"answer": "", "say_back": "", "answered_by": "", "answered_on": None, "answer_state": None}
    asked = Items(q.model_copy(update=silent) if q.answered_by in firsts else q for q in case.visit.questions.values())
    more = Items(a for a in case.visit.more_answers.values() if a.clinician not in firsts)
    visit = case.visit.model_copy(update={"questions": asked, "more_answers": more})
    empty = Comparison(tie_breaker=case.compare.tie_breaker)
    return case.model_copy(update={"opinions": kept, "health": health, "goal": goal, "visit": visit, "compare": empty})

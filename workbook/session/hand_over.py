"""A case handed from one advocate to another in files: the offer, and its answer. Knows the case and the store.

The offer is for one reader, so whoever writes it to a disk locks it first. The answer has nothing of the case in it.
The states of an offer, and which answer counts, are in `case.hand_over`, for a store that needs no files, too.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from .. import case as cases
from ..case import Case, CaseModel, Item, Items, Mode
from ..case.hand_over import HandOver, OfferState, Outcome, with_answer, with_offer
from ..case.log import Visibility
from ..case.migrations import ANSWER, HAND_OVER, NEWER, current, plain
from ..case.people import Party, Role
from ..errors import BadFile, NoSuchCase
from ..store import Store, Stored
from .merge import merge

_VERSION = 1
_DAMAGED = "Parts of this hand-over are damaged. Nothing was changed. Ask for the file again."


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer that somebody opened: the offer, the case as it comes along, and how many entries did not."""

    offer: HandOver
    case: Case
    left: int


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of an answer: the id of its case, the offer as that case has it now, and whether the answer counts."""

    key: str
    offer: HandOver | None
    outcome: Outcome


def kind_of(data: bytes) -> Literal["offer", "answer", ""]:
    """Which of the two files this is; "" for any other."""
    start = data[:200]  # both begin with their key
    if f'"{HAND_OVER}"'.encode() in start:
        return "offer"
    return "answer" if f'"{ANSWER}"'.encode() in start else ""


# the advocate who hands over


def offer_of(case: Case, offer: HandOver) -> bytes:
    """The bytes of an offer, to be locked with a passphrase. Without what is private, unless the offer says so."""
    copy, left = (case, 0) if offer.with_private else without_private(case)
    copy = copy.model_copy(update={"time": type(case.time)(), "hand_overs": with_offer(copy.hand_overs, offer)})
    made = {HAND_OVER: _VERSION, "offer": offer.id, "left": left, "case": copy.model_dump(mode="json")}
    return json.dumps(made, ensure_ascii=False).encode()


def note(store: Store, key: str, offer: HandOver) -> None:
    """Writes in the case that it was offered. NoSuchCase if there is none."""
    _change(store, key, lambda case: case.model_copy(update={"hand_overs": with_offer(case.hand_overs, offer)}))


def without_private(case: Case) -> tuple[Case, int]:
    """The case without private notes and what is marked as private or sensitive, and how many entries and answers left.

    What was said at earlier hand-overs stays behind, too. A shipped entry that is left out does not come back as new.
    """
    gone = list(_held_back(case))
    for path in gone:
        case = cases.remove(case, path)
    case, inside = _pruned(case)
    quiet = Items(one.model_copy(update={"note": "", "reason": ""}) for one in case.hand_overs.values())
    made = {"left_out": (*case.left_out, *gone), "hand_overs": quiet, "other_answers": Items()}
    return case.model_copy(update=made), len(gone) + inside


def left_behind(case: Case) -> int:
    """How many notes, entries and answers stay behind unless somebody chooses to include them."""
    return without_private(case)[1]


def _held_back(case: Case) -> Iterator[str]:
    """The entries of the case's own lists that stay behind."""
    yield from _held_back_in(case, "")


def _held_back_in(node: CaseModel, prefix: str) -> Iterator[str]:
    for name in type(node).model_fields:
        value, path = getattr(node, name), f"{prefix}{name}"
        if isinstance(value, Items):
            yield from (f"{path}.{key}" for key, item in value.items() if _is_private(item))
        elif isinstance(value, CaseModel):
            yield from _held_back_in(value, f"{path}.")


def _is_private(item: Item) -> bool:
    hidden = getattr(item, "visibility", Visibility.PATIENT) in (None, Visibility.PRIVATE)
    return item.private or item.sensitive or hidden


def _pruned(node: Any) -> tuple[Any, int]:
    """A model without the private entries inside its entries, and without private answers to own questions."""
    changed: dict[str, Any] = {}
    count = 0
    for name in type(node).model_fields:
        value = getattr(node, name)
        if name == "own":
            kept: Any = {key: own for key, own in value.items() if not own.private}
            count += len(value) - len(kept)
        elif isinstance(value, Items):
            made = [_pruned(item) for item in value.values() if not _is_private(item)]
            count += len(value) - len(made) + sum(n for _, n in made)
            kept = Items(item for item, _ in made)
        elif isinstance(value, CaseModel):
            kept, more = _pruned(value)
            count += more
        else:
            continue
        if kept != value:
            changed[name] = kept
    return (node.model_copy(update=changed) if changed else node), count


# the advocate who takes over


def read_offer(data: bytes) -> Offered:
    """An offer from its bytes; BadFile if they are cut short, damaged or from a newer workbook."""
    held = _plain(data, HAND_OVER)
    if not isinstance(held.get("case"), dict) or not isinstance(left := held.get("left"), int):
        raise BadFile(_DAMAGED)
    case = cases.read(held["case"])
    offer = case.hand_overs.get(str(held.get("offer")))
    if offer is None or offer.state is not OfferState.OFFERED:
        raise BadFile(_DAMAGED)
    return Offered(offer, case, max(0, left))


def known_here(store: Store, offered: Offered) -> HandOver | None:
    """This offer as a workbook of this computer has it: it was made here, or answered here before. None if not."""
    try:
        held = _read(store, offered.case.id)
    except NoSuchCase:
        return None
    return held.hand_overs.get(offered.offer.id)


def accept(store: Store, offered: Offered, by: str, on: dt.date) -> HandOver:
    """Makes the case this advocate's, and returns the offer as accepted. If the case is here, what is new is merged.

    Call it only if `known_here` has nothing.
    """
    offer = offered.offer.model_copy(
        update={"state": OfferState.ACCEPTED, "answered_by": by, "answered_on": on.isoformat()}
    )
    if any(row.id == offered.case.id for row in store.cases()):
        merge(store, offered.case, on, _handed_over)
        _change(store, offered.case.id, lambda case: _taken(case, offer))
    else:
        store.create(_taken(offered.case, offer), writer="hand over")
    return offer


def _handed_over(states: Sequence[dict[str, Any]], theirs: dict[str, Any]) -> dict[str, Any] | None:
    """What both had when the case left this computer in an earlier hand-over, if it did and that state is kept.

    Without it, an answer that only the other advocate changed would look like a conflict.
    """
    known = {one["id"]: one for one in theirs.get("hand_overs", [])}
    for newer, older in itertools.pairwise(states):
        before = {one["id"] for one in older.get("hand_overs", [])}
        made = [one["id"] for one in newer.get("hand_overs", []) if one["id"] not in before and one["id"] in known]
        if made and known[made[0]].get("with_private"):
            return newer
        if made:  # what stayed behind was not removed by them
            return without_private(cases.read(newer))[0].model_dump(mode="json")
    return None


def refused(offered: Offered, by: str, on: dt.date, reason: str) -> HandOver:
    """The offer as refused; nothing of the case is kept here."""
    told = {"answered_by": by, "answered_on": on.isoformat(), "reason": reason}
    return offered.offer.model_copy(update={"state": OfferState.REFUSED, **told})


def _taken(case: Case, offer: HandOver) -> Case:
    """The case as its new advocate's: open, with their name before those of earlier advocates."""
    name = offer.answered_by
    mine = next((p for p in case.parties.values() if p.name.casefold() == name.casefold()), None)
    party = mine or Party(id=cases.new_id(), name=name, role=Role.ADVOCATE)
    if party.role is None:
        party = party.model_copy(update={"role": Role.ADVOCATE})
    parties = Items([party, *(one for one in case.parties.values() if one.id != party.id)])
    offers = case.hand_overs.with_item(offer)
    return case.model_copy(update={"mode": Mode.ADVOCATE, "status": None, "parties": parties, "hand_overs": offers})


# the answer


def answer_of(case: str, offer: HandOver) -> bytes:
    """The bytes of an answer: which offer, yes or no, who, when and why; nothing else of the case."""
    told = offer.model_dump(mode="json", include={"id", "state", "answered_by", "answered_on", "reason"})
    return (json.dumps({ANSWER: _VERSION, "case": case, "answer": told}, ensure_ascii=False, indent=1) + "\n").encode()


def load_answer(store: Store, data: bytes) -> Answered:
    """Writes an answer in the case that was offered, if it counts. BadFile for one that cannot be read.

    NoSuchCase if the case is not on this computer.
    """
    held = _plain(data, ANSWER)
    try:
        answer = HandOver.model_validate(held.get("answer"))
    except ValidationError:
        raise BadFile(_DAMAGED) from None
    key = held.get("case")
    if answer.state not in (OfferState.ACCEPTED, OfferState.REFUSED) or not isinstance(key, str):
        raise BadFile(_DAMAGED)
    done: list[Answered] = []

    def answered(case: Case) -> Case:
        offers, outcome = with_answer(case.hand_overs, answer)
        done[:] = [Answered(key, offers.get(answer.id), outcome)]
        return case if outcome is not Outcome.RECORDED else case.model_copy(update={"hand_overs": offers})

    try:
        _change(store, key, answered)
    except NoSuchCase:
        raise NoSuchCase(
            "This answer is for a workbook that is not on this computer. Load it where the hand-over was made."
        ) from None
    return done[0]


# shared


def _plain(data: bytes, key: str) -> dict[str, Any]:
    held = plain(data)
    version = held.get(key)
    if type(version) is not int or version < 1:
        raise BadFile(_DAMAGED)
    if version > _VERSION:
        raise BadFile(NEWER)
    return held


def _read(store: Store, key: str) -> Case:
    return cases.read(store.read(key)[1])


def _change(store: Store, key: str, change: Any) -> None:
    def edit(stored: Stored) -> dict[str, Any]:
        before = cases.read(current(stored.body))
        after: Case = change(before)
        return stored.body if after is before else after.model_dump(mode="json")

    store.change(key, "hand over", edit, alone=True)

"""The derived status of a page's case, computed once per state of the case. Knows the rules; no widgets."""

from __future__ import annotations

import datetime as dt
import weakref
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from .handle import OpenCase

if TYPE_CHECKING:
    from ..rules import Dated, Status, View
    from ..rules.moves import Move


@dataclass(frozen=True)
class Derived:
    """The case as of its day, and everything derived from it."""

    view: View
    status: Status
    moves: tuple[Move, ...] = ()  # the deadlines that the last change moved

    @cached_property
    def dates(self) -> tuple[Dated, ...]:
        """Every date of the case, in order."""
        from ..rules import every_date

        return every_date(self.view, self.status)


_made: weakref.WeakKeyDictionary[OpenCase, tuple[tuple[object, str, dt.date], Derived]] = weakref.WeakKeyDictionary()


def derived(handle: OpenCase) -> Derived:
    """Deadlines, alerts, gaps and next steps; cached and shared by the panels of a page until something changes."""
    from .. import law, rules  # imported only by pages that show derived values

    today: dt.date = handle.today()
    case = handle.case
    state = (handle.session.version, case.id, today)
    held = _made.get(handle)
    if held is None or held[0] != state:
        view = rules.View(case, law.load(), today)
        status = rules.status_of(view)
        held = (state, Derived(view, status, _moves(held, state, status)))
        _made[handle] = held
    return held[1]


def last_moves(handle: OpenCase) -> tuple[Move, ...]:
    """The deadlines that moved in the status that a panel of the page derived last; nothing is derived for it."""
    held = _made.get(handle)
    return held[1].moves if held else ()


def _moves(
    held: tuple[tuple[object, str, dt.date], Derived] | None, state: tuple[object, str, dt.date], now: Status
) -> tuple[Move, ...]:
    """What moved since the last state of the same case; an earlier move stays until another one or until it is gone."""
    from ..rules.moves import moved

    before = held[1] if held else None
    if before is None or before.view.case.id != state[1] or before.status.today != state[2]:
        return ()
    due = {(line.rule, line.about): line.due for line in now.deadlines}
    still = tuple(move for move in before.moves if due.get((move.rule, move.about)) == move.after)
    return moved(before.status, now) or still

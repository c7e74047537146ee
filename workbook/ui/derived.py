"""The derived status of a page's case, computed once per state of the case. Knows the rules; no widgets."""

from __future__ import annotations

import datetime as dt
import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .handle import OpenCase

if TYPE_CHECKING:
    from ..rules import Status, View


@dataclass(frozen=True)
class Derived:
    """The case as of its day, and everything derived from it."""

    view: View
    status: Status


_made: weakref.WeakKeyDictionary[OpenCase, tuple[object, Derived]] = weakref.WeakKeyDictionary()


def derived(handle: OpenCase) -> Derived:
    """Deadlines, alerts, gaps and next steps; cached and shared by the panels of a page until something changes."""
    from .. import law, rules  # imported only by pages that show derived values

    today: dt.date = handle.today()
    case = handle.case
    state = (handle.session.version, case.id, today)
    held = _made.get(handle)
    if held is None or held[0] != state:
        view = rules.View(case, law.load(), today)
        held = (state, Derived(view, rules.status_of(view)))
        _made[handle] = held
    return held[1]

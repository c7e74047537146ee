"""What follows from the case of a page: worked out once for each state of the case. Knows the rules; no widgets."""

from __future__ import annotations

import datetime as dt
import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .handle import OpenCase

if TYPE_CHECKING:
    from ..rules import Status, View


@dataclass(frozen=True)
class Following:
    """The case as its day sees it, and all that follows."""

    view: View
    status: Status


_made: weakref.WeakKeyDictionary[OpenCase, tuple[object, Following]] = weakref.WeakKeyDictionary()


def following(handle: OpenCase) -> Following:
    """Deadlines, alerts, gaps and next steps; several panels of a page share one answer until something changes."""
    from .. import law, rules  # only pages that show what follows pay for it

    today: dt.date = handle.today()
    case = handle.case
    state = (handle.session.version, case.id, today)
    held = _made.get(handle)
    if held is None or held[0] != state:
        view = rules.View(case, law.load(), today)
        held = (state, Following(view, rules.status_of(view)))
        _made[handle] = held
    return held[1]

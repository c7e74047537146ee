"""Whether a call to the plan is going on now: one begun on this page that has not ended. Knows the handle; no widgets.

What a call leaves open must not appear above it while somebody is on the phone. A call that was begun on an earlier
visit of the page is over, also if nobody noted how it ended.
"""

from __future__ import annotations

import weakref

from .handle import OpenCase

_known: weakref.WeakKeyDictionary[OpenCase, frozenset[str]] = weakref.WeakKeyDictionary()


def is_under_way(handle: OpenCase) -> bool:
    """Whether a call was begun since this page was first looked at, and has no outcome yet."""
    found = handle.case.insurance.calls
    before = _known.setdefault(handle, frozenset(found))
    return any(call.outcome is None for key, call in found.items() if key not in before)

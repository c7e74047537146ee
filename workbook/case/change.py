"""A requested change to a case, as a plain value. Knows nothing of ours; `session` applies it."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any, Final, Literal


class _Unset(enum.Enum):
    UNSET = "unset"


UNSET: Final = _Unset.UNSET
"""For `based`: the page does not report what it displayed, so there is no conflict check."""


@dataclass(frozen=True, slots=True)
class Change:
    """One operation at a path; `based` is the value the caller saw there, `before` the entry to move in front of."""

    op: Literal["put", "add", "remove", "move"]
    path: str
    value: Any = None
    based: Any = UNSET
    before: str | None = None

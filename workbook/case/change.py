"""A change that someone asks for, as a plain value. Knows nothing of ours; `session` makes it."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any, Final, Literal


class _Unset(enum.Enum):
    UNSET = "unset"


UNSET: Final = _Unset.UNSET
"""For `based`: the page does not say what it saw, so nothing is compared."""


@dataclass(frozen=True, slots=True)
class Change:
    """What to do at a path; `based` is the value that whoever asks has seen there, `before` the entry to move to."""

    op: Literal["put", "add", "remove", "move"]
    path: str
    value: Any = None
    based: Any = UNSET
    before: str | None = None

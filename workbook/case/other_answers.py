"""An answer that differs in a file that was merged, for somebody to choose. Knows the model; no store."""

from __future__ import annotations

from typing import Any, ClassVar

from .field_types import Flag, Line, Ref
from .model import Item, Provenance
from .partial_dates import Day


class OtherAnswer(Item):
    """What the file has at a path that both sides changed; `value` is plain data, None if the path is gone there."""

    NOUN: ClassVar[str] = "other answer"
    TITLE: ClassVar[tuple[str, ...]] = ("path",)

    path: Line = ""
    value: Any = None
    gone: Flag = False
    origin: Provenance | None = None  # who said it there
    on: Day | None = None
    note: Ref = ""  # the private note that has it in words
    settled: Flag = False  # somebody kept ours: the same answer is not asked about again

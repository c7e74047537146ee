"""One open case: changes, undo, what changed elsewhere. Knows the case, its shipped entries and the store."""

from ..case.change import UNSET, Change
from .edit import Result, Saved
from .session import Session

__all__ = ["UNSET", "Change", "Result", "Saved", "Session"]

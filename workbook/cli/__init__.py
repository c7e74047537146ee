"""The commands a person types. Knows every room and imports each where it is used, so that starting stays light."""

from .commands import main

__all__ = ["main"]

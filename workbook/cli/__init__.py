"""The commands of the command line. Knows every room and imports each on use, so that starting stays fast."""

from .commands import main

__all__ = ["main"]

"""Where this Python runs: on a computer, or in the browser alone. Knows the platform only."""

from __future__ import annotations

import sys


def in_browser() -> bool:
    """Whether this is Python in a browser: no processes, no threads, no files that stay."""
    return sys.platform == "emscripten"

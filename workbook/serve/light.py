"""Keeps what Jupyter loads and never needs out of a server: seconds of its start, and megabytes. Knows no notebook."""

from __future__ import annotations

import sys

# jsonschema checks international addresses with this parser, if it is there: 1.5 s and 30 MB to load. No schema of
# Jupyter's or ours asks for such an address, and without the parser jsonschema leaves that one check out.
UNUSED = ("rfc3987_syntax",)


def lighten() -> None:
    """Call it before Jupyter is imported. What was imported before stays."""
    for name in UNUSED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # None makes an import fail, as if it were not there

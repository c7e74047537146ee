"""Links to records in a text, such as a SMART Health Link. Knows words only; a link is never opened."""

from __future__ import annotations

import re

from ...locale import tr

_LINK = re.compile(r"shlink:/[A-Za-z0-9_-]{20,}")


def note(text: str) -> str:
    """What to do with a link to records that a text has; "" if it has none."""
    if not _LINK.search(text):
        return ""
    return tr("It has a link to records (SMART Health Link). It needs the internet, and it may end. Use it soon.")

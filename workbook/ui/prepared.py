"""What a site for one client brings along: their locked workbook, and the key of a drop box. Knows files; no case."""

from __future__ import annotations

import base64
import binascii
import os
from pathlib import Path

from . import links

# Among the packs of the site; these names are known to `site.content_file`, too.
FILE, DROP_BOX = "prepared/workbook.age.b64", "prepared/drop-box.txt"


def locked() -> bytes | None:
    """The locked file; None on a site for everybody, and on a computer."""
    try:
        return base64.b64decode(_text(FILE), validate=True) or None
    except (ValueError, binascii.Error):
        return None


def drop_box() -> str:
    """The public key of the advocate; "" where nothing can be sent."""
    return _text(DROP_BOX).strip()


def _text(name: str) -> str:
    packs = os.environ.get("WORKBOOK_PACKS")
    if not packs or not links.without_jupyter():
        return ""
    try:
        return (Path(packs) / name).read_text("ascii")
    except (OSError, ValueError):
        return ""

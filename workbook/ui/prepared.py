"""The workbook that a site for one client brings along, locked with a passphrase. Knows one file; no case."""

from __future__ import annotations

import base64
import binascii
import os
from pathlib import Path

from . import links

FILE = "prepared/workbook.age.b64"  # among the packs of the site; its name is known to `site.content_file`, too


def locked() -> bytes | None:
    """The locked file; None on a site for everybody, and on a computer."""
    packs = os.environ.get("WORKBOOK_PACKS")
    if not packs or not links.without_jupyter():
        return None
    try:
        return base64.b64decode((Path(packs) / FILE).read_text("ascii"), validate=True)
    except (OSError, ValueError, binascii.Error):
        return None

"""What is wrong in a practice's settings. Knows the folder; no pack."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from ..drop_box import key
from ..errors import BadFile
from ..folder import pages, settings
from .finding import Finding


def findings(folder: Path) -> Iterator[Finding]:
    """The findings in `practice.toml`."""
    try:
        found = settings.read(folder)
    except BadFile as error:
        yield Finding(settings.FILE, str(error).removeprefix(f"{settings.FILE}: "))
        return
    if found.drop_box:
        try:
            key.checked(found.drop_box)
        except BadFile as error:
            yield Finding(settings.FILE, str(error).removeprefix(f"{settings.FILE}: "))
    shipped = sorted(file.stem for file in pages.shipped().glob("*.ipynb"))
    for name in found.hide:
        if name == "index":
            yield Finding(settings.FILE, "The first page, index, cannot be hidden.")
        elif name not in shipped:
            near = difflib.get_close_matches(name, shipped, 1, 0.5)
            meant = f" Did you mean {near[0]}?" if near else ""
            yield Finding(settings.FILE, f"There is no shipped page {name} to hide.{meant}")
    if found.logo and not settings.logo_address(folder):
        yield Finding(
            settings.FILE, "The logo cannot be shown. It must be a PNG or SVG file in this folder, up to 100 KB."
        )

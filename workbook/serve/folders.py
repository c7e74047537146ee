"""Whether the workbook's home is a good place for private answers. Knows paths only."""

from __future__ import annotations

import re
from pathlib import Path

from workbook.errors import CannotServe

# Folder names that programs give to what they copy to a server of theirs.
_SYNCED = {
    "Dropbox": r"dropbox( \(.*\))?",
    "OneDrive": r"onedrive( ?-.*)?",
    "iCloud Drive": r"icloud ?drive|mobile documents|com~apple~clouddocs",
    "Google Drive": r"google ?drive(-.*)?|my drive|googledrive-.*",
    "Box": r"box|box sync|box-box",
    "Nextcloud": r"nextcloud|owncloud",
    "pCloud": r"pcloud( ?drive)?|pclouddrive",
    "a cloud service": r"cloudstorage|sync\.com|megasync|tresorit|proton ?drive.*",
}


def synced(home: Path) -> str:
    """The name of the cloud service whose folder holds `home`, or ""."""
    for part in reversed([*home.absolute().parts, *home.resolve().parts]):
        for service, pattern in _SYNCED.items():
            if re.fullmatch(pattern, part, re.IGNORECASE):
                return service
    return ""


def check(home: Path, notebooks: Path) -> str:
    """A warning to show, or "". Raises if answers would lie among what is served."""
    inner, outer = home.resolve(), notebooks.resolve()
    if inner == outer or inner.is_relative_to(outer) or outer.is_relative_to(inner):
        raise CannotServe(
            "The folder for your answers and the folder of notebooks lie inside each other, so answers could be "
            "shown as pages. Set WORKBOOK_HOME to a folder elsewhere, then start again."
        )
    if not notebooks.is_dir():
        raise CannotServe("The folder of notebooks is not there. Install the workbook again.")
    service = synced(home)
    if not service:
        return ""
    return (
        f"Your answers lie in a folder that {service} copies to its servers. "
        "To keep them on this computer only, set WORKBOOK_HOME to a folder elsewhere."
    )

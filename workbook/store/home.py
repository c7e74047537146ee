"""The data folder, and warnings about its location. Knows errors and nothing else of ours."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from ..errors import StoreTrouble

OTHER_OWNER = (
    "The folder for your answers belongs to another user of this computer, who could read them. "
    "Set WORKBOOK_HOME to a folder of your own."
)
# Folder names used by programs that sync to a cloud server.
_SYNCED = {
    "Dropbox": r"dropbox( \(.*\))?|\.dropbox-.*",
    "OneDrive": r"onedrive( ?-.*)?",
    "iCloud Drive": r"icloud ?drive|mobile documents|com~apple~clouddocs",
    "Google Drive": r"google ?drive(-.*)?|my drive|drivefs|googledrive-.*",
    "Box": r"box|box sync|box-box",
    "Nextcloud": r"nextcloud|owncloud",
    "pCloud": r"pcloud( ?drive)?|pclouddrive",
    "a cloud service": r"cloudstorage|syncthing|sync\.com|megasync|tresorit|proton ?drive.*",
}


def home_dir() -> Path:
    """`$WORKBOOK_HOME` if set, else this user's data folder; always absolute."""
    named = os.environ.get("WORKBOOK_HOME")
    if named:
        return Path(named).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("second-opinion-workbook", appauthor=False)


def make_private(folder: Path) -> None:
    """Creates the folder so that only this user can read it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        with suppress(OSError):  # owned by someone else: its files still have mode 0600
            folder.chmod(0o700)


def refuse_other_owners(*places: Path) -> None:
    """StoreTrouble if another user owns the folder or a file in it: they could read the cases."""
    if not hasattr(os, "geteuid"):  # Windows, and the browser, where nobody else is
        return
    mine = {os.geteuid(), 0}  # root can read everything anyway
    for place in places:
        with suppress(FileNotFoundError):
            if place.stat().st_uid not in mine:
                raise StoreTrouble(OTHER_OWNER)


def warn_if_synced(home: Path) -> str | None:
    """A warning if a cloud service would sync the folder off this computer; None otherwise."""
    places = home.expanduser()
    for part in reversed([*places.absolute().parts, *places.resolve().parts]):
        for service, shape in _SYNCED.items():
            if re.fullmatch(shape, part, re.IGNORECASE):
                return (
                    f"Your answers are saved in a folder that {service} copies to the internet. "
                    "To keep them on this computer only, set WORKBOOK_HOME to a folder elsewhere."
                )
    return None

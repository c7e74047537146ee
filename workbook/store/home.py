"""The folder where everything lives, and what is odd about it. Knows nothing of ours."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

_SYNCED = {
    "Dropbox": r"dropbox( \(.*\))?|\.dropbox-.*",
    "OneDrive": r"onedrive( ?-.*)?",
    "iCloud": r"icloud ?drive|com~apple~clouddocs|mobile documents",
    "Google Drive": r"google ?drive(-.*)?|my drive|drivefs",
    "Box": r"box|box sync|box-box",
    "a synced folder": r"nextcloud|owncloud|pclouddrive|syncthing|cloudstorage",
}


def home_dir() -> Path:
    """`$WORKBOOK_HOME` if it is set, else this user's own data folder."""
    named = os.environ.get("WORKBOOK_HOME")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("second-opinion-workbook", appauthor=False)


def make_private(folder: Path) -> None:
    """The folder exists and only this user can look into it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        with suppress(OSError):  # someone else's folder: its files stay 0600
            folder.chmod(0o700)


def warn_if_synced(home: Path) -> str | None:
    """A sentence for when a cloud service would carry the folder off this computer; None where none does."""
    for place in {home.expanduser().absolute(), home.expanduser().resolve()}:
        for part in place.parts:
            for name, shape in _SYNCED.items():
                if re.fullmatch(shape, part, re.IGNORECASE):
                    return (
                        f"Your answers are kept in a folder that {_sender(name)} copies to the internet. "
                        "To keep them on this computer only, set WORKBOOK_HOME to a folder elsewhere."
                    )
    return None


def _sender(name: str) -> str:
    return "a cloud service" if name.startswith("a ") else name

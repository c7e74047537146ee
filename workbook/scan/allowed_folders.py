"""The folders a person may select: the home folder and removable drives. Knows the disk, opens no file."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from .sources import shown

MOST = 200  # maximum entries of a folder on a page
SHARED = ("JUPYTERHUB_API_URL", "JUPYTERHUB_SERVICE_PREFIX", "BINDER_SERVICE_HOST", "BINDER_REPO_URL")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder or an archive that can be selected; `name` is safe to display."""

    path: Path
    name: str
    is_folder: bool = True


def allowed() -> bool:
    """Whether this program runs on the person's own computer: started by `workbook`, not on a hub or demo server."""
    if os.environ.get("WORKBOOK_DEMO_ONLY") == "1" or any(os.environ.get(name) for name in SHARED):
        return False
    return os.environ.get("WORKBOOK_OWN_COMPUTER") == "1"


def roots() -> list[Folder]:
    """The home folder, and each mounted disc, stick or drive."""
    return [Folder(Path.home(), shown(Path.home().name)), *(Folder(p, shown(p.name or str(p))) for p in _plugged_in())]


def _plugged_in() -> list[Path]:
    if sys.platform == "win32":
        return [p for letter in "DEFGHIJKLMNOPQRSTUVWXYZ" if (p := Path(f"{letter}:/")).is_dir()]
    if sys.platform == "darwin":
        return _folders(Path("/Volumes"))
    found: list[Path] = []
    for top in (Path("/media"), Path("/run/media")):
        for one in _folders(top):
            found += _folders(one) if one.name == Path.home().name else [one] if top == Path("/media") else []
    return found


def _folders(top: Path) -> list[Path]:
    try:
        return sorted(p for p in top.iterdir() if p.is_dir() and not p.is_symlink() and os.access(p, os.R_OK))
    except OSError:
        return []


def inside(path: Path) -> Path | None:
    """The resolved path if it is inside an allowed folder, else None; links are resolved first."""
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        return None
    return real if any(real.is_relative_to(root.path.resolve()) for root in roots()) else None


def entries(folder: Path) -> tuple[list[Folder], bool]:
    """The subfolders and zip files of a folder, and whether there are more than a page shows. Skips hidden ones."""
    found = []
    try:
        with os.scandir(folder) as listing:
            for entry in listing:
                if entry.name.startswith((".", "$")) or entry.is_symlink():
                    continue
                is_folder = entry.is_dir(follow_symlinks=False)
                if is_folder or entry.name.lower().endswith(".zip"):
                    found.append(Folder(folder / entry.name, shown(entry.name), is_folder))
    except OSError:
        return [], False
    found.sort(key=lambda p: (not p.is_folder, p.name.casefold()))
    return found[:MOST], len(found) > MOST


def above(folder: Path) -> Path | None:
    """The parent folder, if it is allowed too."""
    return None if any(folder == root.path.resolve() for root in roots()) else inside(folder.parent)

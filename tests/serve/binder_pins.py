"""Binder's list of packages, made from the project's pins. Renew with: python tests/serve/binder_pins.py"""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
FILE = ROOT / "binder" / "requirements.txt"
HEAD = "# Made by tests/serve/binder_pins.py from the pins in pyproject.toml.\n"


def needed(names: list[str]) -> set[str]:
    """Everything these packages need, themselves included, as installed here."""
    found: set[str] = set()
    queue = [Requirement(name) for name in names]
    while queue:
        wanted = queue.pop()
        name = canonicalize_name(wanted.name)
        if name in found:
            continue
        found.add(name)
        for text in metadata.requires(name) or []:
            further = Requirement(text)
            extras = [{"extra": e} for e in wanted.extras] or [{"extra": ""}]
            if not further.marker or any(further.marker.evaluate(e) for e in extras):
                queue.append(further)
    return found


def pins() -> str:
    """The text of binder/requirements.txt: the project's pins that running it needs, not those of its tests."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = needed(project["project"]["dependencies"])
    lines = [
        line
        for line in project["tool"]["uv"]["constraint-dependencies"]
        if canonicalize_name(Requirement(line).name) in names
    ]
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    FILE.write_text(pins(), encoding="utf-8")

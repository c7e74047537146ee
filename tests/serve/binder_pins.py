"""The list of packages with hashes, for Binder and for pip. Update with: python tests/serve/binder_pins.py"""

from __future__ import annotations

import subprocess
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
FILE = ROOT / "binder" / "requirements.txt"
HEAD = "# Made by tests/serve/binder_pins.py from the pins in pyproject.toml, with the hashes of their files.\n"


def needed(names: list[str]) -> set[str]:
    """All dependencies of these packages, including themselves, as installed here."""
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


def wanted() -> dict[str, set[str]]:
    """The project's pinned versions of each runtime dependency."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = needed(project["project"]["dependencies"])
    found: dict[str, set[str]] = {}
    for line in project["tool"]["uv"]["constraint-dependencies"]:
        pin = Requirement(line)
        if canonicalize_name(pin.name) in names:
            found.setdefault(canonicalize_name(pin.name), set()).add(str(pin.specifier))
    return found


def export() -> str:
    """The packages with the hashes of their files, without an index URL."""
    command = [
        "uv", "export", "--format", "requirements-txt", "--no-default-groups", "--no-emit-project", "--no-header",
        "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--quiet",
    ]  # fmt: skip
    return HEAD + subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    FILE.write_text(export(), encoding="utf-8")

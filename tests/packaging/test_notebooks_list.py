"""The wheel includes the notebooks and no other file of their folder, such as JupyterLab's checkpoints."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_wheel_lists_every_notebook() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    named = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    there = sorted(f.name for f in (ROOT / "notebooks").glob("*.ipynb"))
    assert there
    assert named == {f"notebooks/{name}": f"workbook/notebooks/{name}" for name in there}

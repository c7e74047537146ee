"""The guides for contributors are correct: each file they name exists, and each link works."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from workbook.cli import main

ROOT = Path(__file__).parents[1]
GUIDES = [
    *ROOT.glob("*.md"),
    *(ROOT / "docs").rglob("*.md"),
    *(ROOT / "deploy").glob("*.md"),
    ROOT / ".github" / "pull_request_template.md",
]
NAMES = [str(guide.relative_to(ROOT)) for guide in sorted(GUIDES)]
_FILE = re.compile(r"`((?:workbook|tests|docs|notebooks|binder|deploy)/[\w./-]*)`")
_LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
_SHORT = re.compile(r"\(`((?:rules|case|documents|scan|ui)/[\w./]+\.py)`\)")


@pytest.mark.parametrize("name", [n for n in NAMES if n != "CHANGELOG.md"])
def test_every_file_that_a_guide_names_exists(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    named = [*_FILE.findall(text), *(f"workbook/{path}" for path in _SHORT.findall(text))]
    examples = {"workbook/locale/es.po", "workbook/documents/sheets/contacts.py", "workbook/packs/letters/NAME.toml"}
    assert [path for path in named if path not in examples and not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_to_a_file(name: str) -> None:
    guide = ROOT / name
    assert [to for to in _LINK.findall(guide.read_text("utf-8")) if not (guide.parent / to).exists()] == []


def test_every_folder_of_the_package_is_in_the_architecture() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    folders = {f.name for f in (ROOT / "workbook").iterdir() if (f / "__init__.py").is_file()} - {"locale"}
    assert [name for name in sorted(folders) if f"`workbook/{name}`" not in text] == []


def test_every_recipe_is_found_from_the_contributing_guide() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    recipes = sorted((ROOT / "docs" / "how-to").glob("*.md"))
    assert recipes
    assert [file.name for file in recipes if f"docs/how-to/{file.name}" not in text] == []


def test_a_notebook_is_stripped_before_a_commit(tmp_path: Path) -> None:
    file = tmp_path / "a.ipynb"
    cell = {"cell_type": "code", "source": ["1"], "outputs": [{"text": "SECRET"}], "execution_count": 3}
    file.write_text(json.dumps({"cells": [cell], "metadata": {"widgets": {"a": "SECRET"}}}), "utf-8")
    assert main(["clean", str(file)]) == 1
    assert "SECRET" not in file.read_text("utf-8")
    assert main(["clean", str(file)]) == 0

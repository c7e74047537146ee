"""`workbook clean` gives notebooks the form that git has: shipped ones have it, a run leaves no trace."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from workbook.cli import main
from workbook.serve import tidy

ROOT = Path(__file__).parents[2]
NAMES = sorted(file.name for file in (ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_notebook_is_tidy(name: str, tmp_path: Path) -> None:
    file = Path(shutil.copy(ROOT / "notebooks" / name, tmp_path))
    assert not tidy.clean(file), "uv run workbook clean notebooks/*.ipynb"


def test_a_run_leaves_no_trace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = Path(shutil.copy(ROOT / "notebooks" / "1-goal.ipynb", tmp_path))
    before = file.read_bytes()
    book = json.loads(before)
    book["metadata"] |= {"widgets": {"a": "SECRET"}, "language_info": {"name": "python", "version": "3.12"}}
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"execution_count": 2, "outputs": [{"output_type": "stream", "name": "stdout", "text": "SECRET"}]}
    file.write_text(json.dumps(book), "utf-8")
    assert main(["clean", str(file)]) == 1
    assert capsys.readouterr().out == f"{file}: cleaned\n"
    assert file.read_bytes() == before
    assert main(["clean", str(file)]) == 0


def test_another_kernel_and_what_an_author_wrote_stay(tmp_path: Path) -> None:
    book = json.loads((ROOT / "notebooks" / "1-goal.ipynb").read_text("utf-8"))
    book["metadata"] |= {"kernelspec": {"display_name": "R", "language": "R", "name": "ir"}, "title": "Mine"}
    book["cells"][0]["metadata"] = {"tags": ["mine"], "slideshow": {"slide_type": "slide"}}
    tidy.tidy(book)
    assert book["metadata"]["kernelspec"]["name"] == "ir"
    assert book["metadata"]["title"] == "Mine"
    assert book["cells"][0]["metadata"] == {"tags": ["mine"], "slideshow": {"slide_type": "slide"}}


@pytest.mark.parametrize("text", ["", "[]", "{", "\xff", '{"cells": 3}'])
def test_what_is_no_notebook_is_reported_and_kept(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.ipynb"
    file.write_bytes(text.encode("latin-1"))
    assert main(["clean", str(file)]) == 1
    assert "a.ipynb cannot be read as a notebook." in capsys.readouterr().err
    assert file.read_bytes() == text.encode("latin-1")

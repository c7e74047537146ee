"""The scripts of a page: run by Node's own test runner, and whole as one file."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from workbook.page import assets

TESTS = sorted((Path(__file__).parent / "scripts").glob("*.test.mjs"))


def _node() -> str:
    node = shutil.which("node")
    if not node:
        pytest.skip("Node.js is not installed, so the scripts cannot be tested alone")
    return node


@pytest.mark.parametrize("file", TESTS, ids=lambda file: file.name)
def test_the_scripts_pass_their_own_tests(file: Path) -> None:
    done = subprocess.run([_node(), "--test", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:]


def test_the_script_of_a_page_is_one_valid_file(tmp_path: Path) -> None:
    file = tmp_path / "page.js"
    file.write_text(assets.host(), "utf-8")
    done = subprocess.run([_node(), "--check", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "export " not in assets.host()


def test_a_page_that_waits_for_python_shows_its_words_without_the_widgets(tmp_path: Path) -> None:
    for name, text in (("page.js", assets.early_host()), ("widgets.mjs", assets.widgets())):
        file = tmp_path / name
        file.write_text(text, "utf-8")
        done = subprocess.run([_node(), "--check", str(file)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    fonts = sum(len(data) for name, data in assets.files().items() if name.endswith(("-Regular.woff2", "-Bold.woff2")))
    assert len(assets.early_host()) + len(assets.files()["page.css"]) + fonts < 110_000, "and the page's own words"
    assert all(f"const show{kind.title()} = " in assets.widgets() for kind in assets.PARTS)
    assert all(f"const show{kind.title()} = " not in assets.early_host() for kind in assets.PARTS)


def test_each_widget_has_a_script_of_its_own_for_jupyter(tmp_path: Path) -> None:
    for kind, parts in assets.PARTS.items():
        file = tmp_path / f"{kind}.mjs"
        file.write_text(assets.script(kind, *parts), "utf-8")
        done = subprocess.run([_node(), "--check", str(file)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{kind}: {done.stderr}"


def test_every_file_of_a_page_has_a_type_and_fonts_are_small() -> None:
    for name, data in assets.files().items():
        assert assets.mime(name)
        assert not name.startswith("fonts/") or len(data) < 16_000, name
    assert len(assets.stamp()) == 12

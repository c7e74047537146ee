"""README.md is correct: commands exist with these options, files it names exist, the quick start works."""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbook.cli import commands
from workbook.ui.asking.pages import labels, pages

ROOT = Path(__file__).parents[1]
PAPERS = ("README.md", "CUSTOMIZE.md", "PRIVACY.md")
STAND_INS = {
    "CASE": "demo-breast",
    "DIR": "notebooks",
    "N": "8867",
    "TEXT": "Knee",
    "FILE": "case.json",
    "NAME": "summary",
    "WORDS=ADDRESS": "Office=https://example.org",
}
STAND_INS |= {"FORMAT": "pdf", "READER": "family", "ID": "call1", "LANG": "es", "PATH": "out", "ZIP": "p.zip"}


def lines_of_code(text: str) -> Iterator[str]:
    """Every line of a code block without a language, and every code span that starts like a command."""
    for language, block in re.findall(r"^```(\w*)\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        if language in ("", "bash", "sh"):
            yield from (line.strip() for line in block.splitlines() if line.strip())
    for span in re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text):
        if re.match(r"(\w+=\S+ )?(uv run |workbook\b(?!/))", span):
            yield span


def spelled_out(span: str) -> Iterator[list[str]]:
    """A command of the table with its options: once without the optional ones, once with all of them."""
    for line in (re.sub(r"\[[^]]*\]", "", span), span.replace("[", "").replace("]", "")):
        words = [STAND_INS.get(word, word) for word in shlex.split(line)]
        if words[:2] == ["uv", "run"]:
            words = words[2:]
        if words and words[0] == "workbook":
            yield words[1:]


COMMANDS = sorted(
    {tuple(c) for p in PAPERS for s in lines_of_code((ROOT / p).read_text("utf-8")) for c in spelled_out(s)}
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_parses(command: tuple[str, ...]) -> None:
    commands._parser().parse_args(commands._with_open(list(command)))


def test_the_readme_has_commands_to_check() -> None:
    assert {"open", "lab", "demo", "new", "list", "load", "save", "export", "erase"} <= {c[0] for c in COMMANDS if c}


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    (choices,) = [a.choices for a in commands._parser()._actions if isinstance(a, argparse._SubParsersAction)]
    for name, parser in choices.items():
        assert re.search(rf"`workbook {name}\b|or `workbook {name}", readme), f"workbook {name} is not in README.md"
        row = "".join(line for line in readme.splitlines() if line.startswith("|") and f"`workbook {name}" in line)
        for option in (o for a in parser._actions for o in a.option_strings if o.startswith("--") and o != "--help"):
            assert option in row, f"{option} of workbook {name} is not in README.md"


def test_the_quick_start_works(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    block = re.search(r"## Try it.*?```\n(.*?)```", readme, re.DOTALL)
    assert block
    monkeypatch.chdir(tmp_path)
    *quick, last = block[1].splitlines()
    assert last == "uv run workbook"
    for line in quick:
        assert commands.main(shlex.split(line.removeprefix("uv run workbook "))) == 0, line
    assert "demo-breast" in capsys.readouterr().out
    assert [f.name for f in (tmp_path / "out").iterdir()] == ["demo-breast-summary.pdf"]


@pytest.mark.slow
def test_the_nbconvert_line_works(home: Path, tmp_path: Path) -> None:
    """The nbconvert line, with its output in the test's folder."""
    (line,) = {s for s in lines_of_code((ROOT / "README.md").read_text("utf-8")) if "nbconvert" in s}
    words = shlex.split(line)
    assert words[:4] == ["uv", "run", "jupyter", "nbconvert"]
    commands.main(["demo"])
    command = [sys.executable, "-m", "nbconvert", *words[4:], "--output-dir", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    assert (tmp_path / "summary-demo-breast.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("paper", PAPERS)
def test_files_it_names_exist(paper: str) -> None:
    text = (ROOT / paper).read_text("utf-8")
    named = re.findall(r"\]\((?!https?:|#)([^)#]+)", text) + re.findall(r'src="([^"]+)"', text)
    assert [n for n in named if not (ROOT / n).exists()] == []


def test_the_two_commands_of_a_fresh_machine() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert settings["project"]["scripts"]["workbook"] == "workbook.cli:main"
    assert "pytest" in settings["dependency-groups"]["dev"]


def test_the_table_of_steps_has_the_labels_and_titles_of_the_pages() -> None:
    rows = re.findall(r"^\| (\d[a-z]?) \| ([^|]+) \|", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    book = pages(ROOT / "notebooks")
    titles = {page.name: page.title for page in book}
    assert rows == [(label, titles[name]) for name, label in labels(book).items()]

"""`pytest` alone runs the quick rings and a short walk; selected tests always run; nothing is left out silently."""

from __future__ import annotations

import pytest

TESTS = """
import pytest
@pytest.mark.slow
@pytest.mark.walk
def test_walk(): pass
@pytest.mark.slow
def test_sweep(): pass
@pytest.mark.notebooks
def test_notebook(): pass
def test_pure(): pass
@pytest.mark.long
def test_full_count(): pass
def test_with_a_server(server): pass
@pytest.fixture
def server(): pass
"""
CONFTEST = """
from tests import rings
def pytest_addoption(parser): parser.addoption("--all", action="store_true")
def pytest_collection_modifyitems(config, items): rings.sort(config, items)
def pytest_terminal_summary(terminalreporter, config):
    if left := config.stash.get(rings.LEFT_OUT, 0): terminalreporter.write_line(rings.line(left))
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with one test of each ring and this project's selection rule."""
    marks = "".join(f"  {name}\n" for name in ("quick", "notebooks", "slow", "walk", "long"))
    pytester.makeini(f"[pytest]\ntestpaths = tests\nmarkers =\n{marks}")
    pytester.makeconftest(CONFTEST)
    folder = pytester.mkdir("tests")
    (folder / "test_one.py").write_text(TESTS)
    (folder / "test_two.py").write_text("def test_other(): pass")
    return pytester


def ran(project: pytest.Pytester, *options: str) -> list[str]:
    """The tests that ran, in order."""
    done = project.inline_run("-p", "no:cacheprovider", *options)
    passed, _skipped, _failed = done.listoutcomes()
    return [report.nodeid.partition("::test_")[2] for report in passed]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], ["pure", "other", "notebook", "walk"]),
        (["tests"], ["pure", "other", "notebook", "walk"]),
        (["--all"], ["pure", "other", "notebook", "walk", "with_a_server", "sweep"]),
        (["-m", "quick"], ["pure", "other"]),
        (["-m", "slow"], ["walk", "with_a_server", "sweep"]),
        (["-k", "sweep"], ["sweep"]),
        (["tests/test_one.py"], ["pure", "notebook", "walk", "with_a_server", "sweep"]),
        (["tests/test_one.py::test_sweep"], ["sweep"]),
        (["-m", "long"], ["full_count"]),
    ],
    ids=" ".join,
)
def test_what_runs_and_in_which_order(project: pytest.Pytester, options: list[str], expected: list[str]) -> None:
    assert ran(project, *options) == expected


def test_a_line_says_how_to_run_what_was_left_out(project: pytest.Pytester, capsys: pytest.CaptureFixture[str]) -> None:
    ran(project)
    assert "2 slow tests were left out. To run them too: uv run pytest --all" in capsys.readouterr().out
    ran(project, "--all")
    assert "left out" not in capsys.readouterr().out

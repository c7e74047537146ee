"""Each verb says what it gives, with an example that runs; old names work and warn."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import pytest

import workbook as wb
from tests.ui.pagekit import opened


def examples(verb: Any) -> list[str]:
    """The examples in a docstring: calls of `wb.…` in backquotes."""
    text = " ".join((inspect.getdoc(verb) or "").split())
    return [code for code in re.findall(r"`([^`]+)`", text) if re.match(r"wb\.\w+\(.+\)$|wb\.\w+\(\)$", code)]


@pytest.mark.parametrize("name", wb.__all__)
def test_a_verb_has_a_docstring_with_an_example(name: str) -> None:
    text = inspect.getdoc(getattr(wb, name)) or ""
    mine = [code for code in examples(getattr(wb, name)) if code.startswith(f"wb.{name}(")]
    assert mine or re.search(rf"^>>> .*\b{name}\(", text, re.MULTILINE), "tests/test_doctests.py runs the latter"


@pytest.mark.parametrize("name", wb.__all__)
def test_the_examples_of_a_docstring_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    space = {"wb": wb, "case": opened()}
    for code in examples(getattr(wb, name)):
        if code != "wb.open_case(id)":
            eval(code, space)


@pytest.mark.parametrize("name", wb.__all__)
def test_what_a_verb_returns_is_said(name: str) -> None:
    assert inspect.signature(getattr(wb, name)).return_annotation not in (inspect.Signature.empty, "Any", Any)


@pytest.mark.parametrize(
    ("old", "new"), [("frames", "tables"), ("missing", "still_open"), ("clocks", "request_clocks")]
)
def test_an_old_name_works_and_names_the_new_one(old: str, new: str) -> None:
    with pytest.warns(DeprecationWarning, match=rf"wb\.{old} is now called wb\.{new}"):
        assert getattr(wb, old) is getattr(wb, new)
    with pytest.warns(DeprecationWarning, match=old):
        getattr(wb, old)  # not only the first time


def test_the_version_is_that_of_the_package() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+.*", wb.__version__)
    assert {"plot", "__version__", "tables"} <= {*dir(wb)}
    assert "frames" not in dir(wb)


def test_a_verb_that_is_not_there_is_reported_with_what_comes_near() -> None:
    with pytest.raises(AttributeError, match=r"no verb called frm. Did you mean wb\.form\?"):
        _ = wb.frm


def test_editors_see_every_verb() -> None:
    """The imports for type checkers name the same verbs as the table that is used."""
    source = Path(wb.__file__).read_text("utf-8")
    assert {*re.findall(r"^    from \S+ import (\w+) as \w+$", source, re.MULTILINE)} == {*wb.__all__, "plot"}

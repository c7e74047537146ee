"""The examples in docstrings are correct. Only modules with examples are imported."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "workbook"
MODULES = [
    ".".join(("workbook", *file.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
    for file in sorted(PACKAGE.rglob("*.py"))
    if ">>> " in file.read_text("utf-8")
]


def test_there_are_examples() -> None:
    assert len(MODULES) > 20
    assert "workbook.case.words" in MODULES


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_pass(name: str) -> None:
    found = doctest.testmod(importlib.import_module(name), report=True)
    assert found.attempted
    assert not found.failed

"""Each type of question in Python has a control in the browser: none silently falls back to a text box."""

from __future__ import annotations

import re
import typing

from workbook.case import words
from workbook.page.assets import SCRIPTS
from workbook.ui.asking.fields import KINDS

BLOCKS = {"say", "group", "each", "grid", "answer", "done"}
"""Rendered around questions, or by more than one control."""


def table(file: str, name: str) -> set[str]:
    """The keys of a table in a script of the form."""
    text = (SCRIPTS / "form" / file).read_text("utf-8")
    body = re.search(rf"const {name} = \{{(.*?)\n?\s*\}};", text, re.DOTALL)
    assert body, f"{file} has no table called {name}"
    return set(re.findall(r"(?:^|[{,\s])(\w+): ", body[1]))


def test_every_kind_of_a_field_has_a_control() -> None:
    kinds = {*typing.get_args(words.Kind), *KINDS}
    assert kinds <= table("question.js", "CONTROLS") | BLOCKS


def test_every_block_has_a_renderer() -> None:
    assert table("blocks.js", "kinds") == BLOCKS


def test_no_control_is_unused() -> None:
    assert table("question.js", "CONTROLS") <= {*typing.get_args(words.Kind), *KINDS}

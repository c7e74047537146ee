"""Plural forms: each language has its own, and translators get all of them."""

from __future__ import annotations

import ast
import io
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from workbook import locale
from workbook.cli.messages import PACKAGE, template

POLISH = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "1 image"
msgid_plural "{n} images"
msgstr[0] "1 obraz"
msgstr[1] "{n} obrazy"
msgstr[2] "{n} obrazów"

msgid "1 record"
msgid_plural "{n} records"
msgstr[0] "1 zapis"
msgstr[1] "{ile} zapisy"
msgstr[2] "{n} zapisów"
"""


@pytest.fixture
def polish(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pl.po").write_text(POLISH, "utf-8")
    monkeypatch.setattr(locale, "HERE", tmp_path)
    monkeypatch.setenv("WORKBOOK_LANGUAGE", "pl")


@pytest.mark.parametrize(("n", "words"), [(1, "1 obraz"), (3, "3 obrazy"), (5, "5 obrazów"), (22, "22 obrazy")])
def test_a_language_may_have_more_than_two_forms(polish: None, n: int, words: str) -> None:
    assert locale.plural("1 image", "{n} images", n) == words


def test_missing_or_mismatched_plural_forms_stay_english(polish: None) -> None:
    assert locale.plural("1 day left", "{n} days left", 5) == "5 days left"
    assert locale.plural("1 record", "{n} records", 5) == "5 records"


def test_the_translators_get_both_forms() -> None:
    found = {tuple(m.id) for m in read_po(io.BytesIO(template())) if isinstance(m.id, list | tuple)}
    assert {("1 day left", "{n} days left"), ("1 answer", "{n} answers")} <= found


def _calls(file: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]


def test_plural_texts_are_literals_at_the_call() -> None:
    """The extraction reads literals; a count selected by `if n == 1` has two forms in every language."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for call in _calls(file):
            name = getattr(call.func, "id", "")
            if name == "plural":
                assert all(isinstance(arg, ast.Constant) for arg in call.args[:2]), f"{file.name}:{call.lineno}"
            elif name == "tr" and call.args and isinstance(call.args[0], ast.Constant):
                assert not str(call.args[0].value).startswith("1 "), f"{file.name}:{call.lineno}: use plural"

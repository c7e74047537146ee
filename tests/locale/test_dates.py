"""Dates are formatted as usual in the language; English loads no library for that."""

from __future__ import annotations

import subprocess
import sys

import pytest

from workbook.locale.dates import show_day


@pytest.mark.parametrize(
    ("value", "words", "with_weekday"),
    [
        ("2026-11-22", "November 22, 2026", "Sunday, November 22, 2026"),
        ("2026-11", "November 2026", "November 2026"),
        ("2026", "2026", "2026"),
        ("2021~", "about 2021", "about 2021"),
        ("2026-11-23T09:30", "November 23, 2026, 9:30 AM", "Monday, November 23, 2026, 9:30 AM"),
        ("2028-02-29", "February 29, 2028", "Tuesday, February 29, 2028"),
        ("unknown", "not known yet", "not known yet"),
        ("not_applicable", "does not apply", "does not apply"),
        ("", "", ""),
    ],
)
def test_english_is_written_as_americans_do(value: str, words: str, with_weekday: str) -> None:
    assert (show_day(value), show_day(value, weekday=True)) == (words, with_weekday)


@pytest.mark.parametrize(
    ("value", "long", "with_weekday", "short"),
    [
        ("2026-11-22", "22 de noviembre de 2026", "domingo, 22 de noviembre de 2026", "22 nov 2026"),
        ("2026-11", "noviembre de 2026", "noviembre de 2026", "nov 2026"),
        ("2026", "2026", "2026", "2026"),
        ("2026-11-23T14:05", "23 de noviembre de 2026, 14:05", "lunes, 23 de noviembre de 2026, 14:05", None),
    ],
)
def test_spanish_comes_from_cldr(
    value: str, long: str, with_weekday: str, short: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBOOK_LANGUAGE", "es")
    assert show_day(value) == long
    assert show_day(value, weekday=True) == with_weekday
    if short:
        assert show_day(value, short=True) == short


@pytest.mark.parametrize("lang", ["ar", "zh-Hans", "vi", "ht", "xx", "not a language"])
def test_every_form_of_date_reads_in_any_language(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_LANGUAGE", lang)
    for value in ("2026-11-22", "2026-11", "2026", "2021~", "2026-11-23T09:30", "2028-02-29"):
        for weekday in (True, False):
            for short in (True, False):
                assert "20" in show_day(value, weekday, short)


def test_the_made_up_language_marks_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_LANGUAGE", "qps")
    assert show_day("2026-11-22") == "⟦Nóvémbér 22, 2026⟧"


def test_english_needs_no_babel() -> None:
    code = "import sys; from workbook.locale.dates import show_day; show_day('2026-11-22', True); "
    done = subprocess.run(
        [sys.executable, "-c", code + "print('babel' in sys.modules)"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"

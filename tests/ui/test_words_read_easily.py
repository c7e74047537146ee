"""The panels' own texts are easy to read, without scolding or alarm."""

from __future__ import annotations

import functools
import re
from collections import defaultdict

import pytest

from tests.notebooks.test_reading_grade import HARDEST, HIGHEST, grade, sentences
from tests.texts import everything
from workbook.case import spoken

_BARRED = re.compile(r"!|\b(urgent|invalid|failed|please|simply|just|don't worry|user)\b", re.IGNORECASE)


@functools.cache
def said() -> dict[str, list[str]]:
    """The texts of this room by file."""
    found = defaultdict(list)
    for text, place, many in everything():
        if place.startswith("ui/"):
            found[place] += [spoken(words, "self") for words in (text, many) if words]
    return found


FILES = sorted(said())


def test_panels_are_included() -> None:
    assert {
        "ui/panels/clocks.py",
        "ui/panels/timeline.py",
        "ui/panels/alerts.py",
        "ui/panels/templates/home.html.j2",
    } <= {*FILES}


@pytest.mark.parametrize("file", FILES)
def test_a_panel_is_easy_to_read(file: str) -> None:
    found = [s for text in said()[file] for s in sentences(text)]
    long = [s for s in found if len(s) >= 5]
    assert not long or grade(long) <= HIGHEST, f"{grade(long):.1f}"
    hard = [" ".join(s) for s in found if len(s) >= 10 and grade([s]) > HARDEST]
    assert hard == []
    assert [text for text in said()[file] if _BARRED.search(text)] == []


_STILTED = re.compile(
    r"\b(?:(?:stand|lie)s? (?:in|on|inside|here|there|before)\b|lies\b|go(?:es)? along\b|(?:is|are) told\b"
    r"|(?:packet|paper|letter) holds\b|does not hold\b)",
    re.IGNORECASE,
)


@pytest.mark.parametrize("room", ["ui/", "documents/", "records-request", "rules/clocks/plan.py"])
def test_locations_are_worded_naturally(room: str) -> None:
    """A date is printed on a letter and does not "stand" in it; what is in a file does not "go along"."""
    assert [f.text for f in everything() if room in f.place and _STILTED.search(f.text + f.many)] == []

"""The figures on the pages are those of the dated facts, as of the day they are read."""

from __future__ import annotations

import datetime as dt
import re

import nbformat
import pytest

from workbook import law
from workbook.serve.frame import environment
from workbook.page.prose import prose as serve_prose
from workbook.page.prose import with_figures

from .asked import NAMES, NOTEBOOKS, page

# page, fact, and the wording of its figure on the page
SAID = [
    ("3-insurance", "M-1", "usually {} percent"),
    ("3-insurance", "M-6-2026", "deductible for 2026 is ${}"),
    ("3-insurance", "I-3", "within {} working days"),
    ("3-insurance", "I-3-near", "within {} working day"),
    ("3-insurance", "I-3-dispute", "within {} days"),
    ("3-insurance", "AP-plan", "usually give you {} days"),
    ("4-requests", "H-3", "Usually {} days from the day the office gets the request"),
    ("4-requests", "H-3-extension", "up to {} days more"),
    ("4-requests", "H-10", "have {} days"),
    ("4-requests", "C-3", "tissue blocks for {} years"),
    ("help", "H-3", "within {} days"),
]


def prose(name):
    return " ".join(" ".join(page(f"{name}.ipynb").prose).split())


@pytest.mark.parametrize(("name", "key", "words"), SAID)
def test_a_page_shows_the_figure_of_the_fact(name, key, words):
    fact = law.load()[key]
    assert re.search(re.escape(words.format(fact.number)) + r"\b", prose(name)), f"{key} is {fact.number}"


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2026-12-31", "The Part B deductible for 2026 is $283."),
        ("2027-01-01", "The Part B deductible for 2027 is not in the workbook. Look it up at Medicare.gov."),
        ("2028-02-01", "The Part B deductible for 2027 is not in the workbook."),
    ],
)
def test_a_page_shows_the_figure_of_the_current_day(today, words):
    source = "\n".join(c.source for c in nbformat.read(NOTEBOOKS / "3-insurance.ipynb", 4).cells)
    html = serve_prose(with_figures(source, dt.date.fromisoformat(today)))
    assert words in html
    assert "{M-6" not in html


def test_each_placeholder_of_a_page_is_filled():
    for name in NAMES:
        assert re.findall(r"\{[A-Z]+-[^}]*\}", " ".join(page(name).prose)) == [], name


def test_the_server_fills_the_placeholders_of_a_page():
    fill = environment().from_string("{{ source | prose(none) }}")
    assert "Usually 30 days from the day" in fill.render(source="Usually {H-3} from the day")
    assert "{left|right} {H-99} {x}" in fill.render(source="{left|right} {H-99} {x}")
    shown = environment().from_string("{{ source | shown }}")  # what a cell shows may quote an answer
    assert "{H-3}" in shown.render(source="{H-3}")


def test_a_broken_pack_leaves_the_page_readable(tmp_path, monkeypatch):
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "records.toml").write_text("[[entry]]\nid = 3 4\n", "utf-8")
    monkeypatch.setenv("WORKBOOK_PACKS", str(tmp_path))
    assert with_figures("Within {H-3}.") == "Within {H-3}."

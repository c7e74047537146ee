"""The figures on the pages are those of the dated facts, so that renewing a fact shows what to rewrite."""

from __future__ import annotations

import re

import pytest

from workbook import law

from .asked import page

# page, fact, and how the page says its figure
SAID = [
    ("3-insurance", "M-1", "usually {} percent"),
    ("3-insurance", "M-6-2026", "deductible is ${}"),
    ("3-insurance", "I-3", "within {} working days"),
    ("3-insurance", "I-3-near", "within {} working day"),
    ("3-insurance", "I-3-dispute", "within {} days"),
    ("3-insurance", "AP-plan", "{} days for plans"),
    ("4-requests", "H-3", "Usually {} days from the day the office gets the request"),
    ("4-requests", "H-3-extension", "up to {} days more"),
    ("4-requests", "H-10", "within {} days"),
    ("4-requests", "C-3", "tissue blocks for {} years"),
    ("help", "H-3", "within {} days"),
]


def prose(name):
    return " ".join(" ".join(page(f"{name}.ipynb").prose).split())


@pytest.mark.parametrize(("name", "key", "words"), SAID)
def test_the_page_says_the_figure_of_the_fact(name, key, words):
    fact = law.load()[key]
    assert re.search(re.escape(words.format(fact.number)) + r"\b", prose(name)), f"{key} is {fact.number}"


def test_the_amount_for_next_year_is_said_to_be_unknown_until_it_is_known():
    known = law.load()["M-6-2027"].number
    assert ("for 2027 was not known" in prose("3-insurance")) == (known is None)

"""Everything the workbook promises to cover is on a page, in words a reader sees."""

from __future__ import annotations

import re

import pytest

from workbook.content import passages, seeds
from workbook.page.notices import WORDS

from .asked import NAMES, cells, page

# id -> (page, words that must be on it)
COVERED = {
    "key-1": ("help", "what you want"),
    "key-2": ("help", "all the records"),
    "key-3": ("help", "insurance plan early"),
    "why-1": ("1-goal", "286 people"),
    "when-1": ("help", "not getting better"),
    "goal-confirm": ("1-goal", "diagnosis is right"),
    "goal-options": ("1-goal", "Understand the options"),
    "goal-surgery": ("1-goal", "surgery is really needed"),
    "goal-review": ("1-goal", "reviewed again"),
    "goal-specialised": ("1-goal", "treats this often"),
    "clin-specialist": ("2-clinician", "specialist in this condition"),
    "clin-academic": ("2-clinician", "teaching hospital"),
    "clin-programme": ("2-clinician", "special program"),
    "clin-cancer": ("2-clinician", "1-800-4-CANCER"),
    "ins-call": ("3-insurance", "back of the card"),
    "ins-referral": ("3-insurance", "need a referral"),
    "ins-prior-auth": ("3-insurance", "prior authorization"),
    "ins-network": ("3-insurance", "in your network"),
    "ins-cost": ("3-insurance", "share of the cost"),
    "ins-repeat": ("3-insurance", "done again"),
    "ins-medicare": ("3-insurance", "a third"),
    "rec-notes": ("4-records", "visit notes"),
    "rec-labs": ("4-records", "Lab results"),
    "rec-pathology": ("4-records", "Pathology reports"),
    "rec-imaging-report": ("4-records", "Imaging reports"),
    "rec-images": ("4-records", "images themselves"),
    "rec-procedures": ("4-records", "Procedure and surgery reports"),
    "rec-medications": ("4-records", "Medicine list"),
    "rec-allergies": ("4-records", "Allergy list"),
    "rec-right": ("4-requests", "Usually 30 days"),
    "rec-one-packet": ("4-records", "one complete packet"),
    "rec-real-images": ("4-records", "on a disc"),
    "rec-own-folder": ("4-records", "own folder"),
    "ask-likely": ("5-visit", "most likely diagnosis"),
    "ask-evidence": ("5-visit", "points to that"),
    "ask-change-mind": ("5-visit", "think again"),
    "ask-options": ("5-visit", "What are the choices"),
    "ask-wait": ("5-visit", "wait a few weeks"),
    "ask-side-effects": ("5-visit", "side effects"),
    "ask-daily-life": ("5-visit", "daily life"),
    "ask-tests": ("5-visit", "more tests"),
    "ask-coordinate": ("5-visit", "the first opinion"),
    "ask-watch": ("5-visit", "watch for"),
    "ask-short-list": ("5-visit", "short list"),
    "why-2": ("5-visit", "1 in 20"),
    "tie-same-records": ("6-compare", "same images"),
    "tie-reasons": ("6-compare", "top reasons"),
    "tie-fears": ("6-compare", "risks concern them most"),
    "tie-third": ("6-compare", "third opinion"),
    "help-coordinate": ("help", "primary care office"),
    "faq-offended": ("help", "doctor mind"),
    "faq-paid": ("help", "insurance pay"),
    "faq-virtual": ("help", "exam in person"),
    "disclaimer": ("help", "call 911"),
    "sources": ("help", "Van Such"),
}


@pytest.mark.parametrize("key", COVERED)
def test_each_promised_text_is_on_its_page(key):
    where, words = COVERED[key]
    name = f"{where}.ipynb"
    marked = [c for c in cells(name) if key in c.covers]
    assert marked, f"no cell of {name} says that it covers {key}"
    seen = " ".join([c.shown for c in marked])
    heading = " ".join(c.shown for c in _after(name, marked[-1]))
    assert words in f"{seen} {heading}", f"{name} does not say “{words}” where it covers {key}"


def test_no_cell_claims_an_unknown_id():
    assert {key for name in NAMES for key in page(name).covers} == set(COVERED)


@pytest.mark.parametrize("path", ["records.items", "visit.questions", "compare.tie_breaker"])
def test_shipped_entries_have_the_same_ids(path):
    assert {seed.id for seed in seeds(path)} <= set(COVERED)


def test_the_disclaimer_is_on_every_page():
    assert "not medical advice" in WORDS["disclaimer"]
    assert "911" in WORDS["disclaimer"]


def test_the_five_sources_have_links_and_help_shows_each():
    shown = page("help.ipynb").prose
    found = passages("source")
    assert len(found) == 5
    for source in found.values():
        assert source.url.startswith("https://")
        assert any(source.url in text for text in shown), source.url


def test_the_study_is_credited_to_mayo_and_collapsed():
    for name in NAMES:
        for cell in cells(name):
            if "286" in cell.shown:
                assert "Mayo Clinic" in cell.shown
                assert "NIH" not in cell.shown
            opened = re.sub(r"<details>.*?</details>", "", cell.shown, flags=re.S)
            assert not re.search(r"\d+ ?(%|percent)|\b1 in \d|\b2 in 3", opened), f"{name}: a share before anyone asks"


@pytest.mark.parametrize("name", NAMES)
def test_rules_and_amounts_name_the_day_they_were_checked(name):
    for cell in cells(name):
        if cell.kind == "markdown" and re.search(r"\$\d|\d+ (days|percent|years)\b", cell.shown):
            assert "hecked on November 22, 2026" in cell.shown, cell.source


def _after(name, cell):
    """The cell after a heading, which contains the announced list."""
    rest = cells(name)
    at = rest.index(cell) + 1
    return [rest[at]] if cell.kind == "markdown" and at < len(rest) else []

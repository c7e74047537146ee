"""Every page is easy to read: Flesch-Kincaid grade 8 at most, aiming for 6. `-s` prints the table."""

from __future__ import annotations

import re
from functools import cache

import pyphen
import pytest

from workbook.case import spoken

from .asked import NAMES, page, plain

HIGHEST = 8.0
HARDEST = 12.0  # for one sentence of ten words or more

# Words people will hear on the phone, explained where they first occur: they count as two syllables.
GLOSSARY = frozenset(
    {"insurance", "medication", "medications", "medicine", "medicines", "pathology", "pathologist", "radiologist"}
    | {"authorization", "referral", "deductible", "diagnosis", "accession", "clinician", "clinicians", "opinion"}
    | {"opinions", "medicare", "medicaid", "medigap"}
)
_HYPHENS = pyphen.Pyphen(lang="en_US")


@cache
def syllables(word: str) -> int:
    """As pyphen hyphenates the word, but at least its groups of vowels: pyphen alone counts too few."""
    word = word.lower()
    if word in GLOSSARY:
        return 2
    heard = len(re.findall(r"[aeiouy]+", re.sub(r"(?<=[^aeiouyl])e$|(?<=[^td])ed$|'s$", "", word)))
    return max(len(_HYPHENS.positions(word)) + 1, heard)


def sentences(text: str) -> list[list[str]]:
    """The sentences as words, without numbers, addresses and punctuation."""
    found = []
    for piece in re.split(r"(?<=[.!?:])\s+|\n+|;\s", plain(text)):
        words = re.findall(r"[A-Za-z]+(?:['’][a-z]+)?", piece)
        if words:
            found.append(words)
    return found


def grade(found: list[list[str]]) -> float:
    words = [w for s in found for w in s]
    return 0.39 * len(words) / len(found) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@pytest.fixture(scope="module", autouse=True)
def head():
    print(f"\n{'page':<14} {'voice':<10} {'grade':>5} {'prose':>5} {'sentences':>9} {'words':>6}  hardest")


@pytest.mark.parametrize("mode", ["self", "caregiver"])
@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_easy_to_read(name, mode):
    texts = [*page(name).prose, *(spoken(text, mode, "Ana") for text in page(name).texts)]
    found = [s for text in dict.fromkeys(texts) for s in sentences(text)]
    page_grade = grade(found)
    prose = grade([s for s in found if len(s) >= 5])  # labels of a word or two would make a page look easier than it is
    long = sorted((s for s in found if len(s) >= 10), key=lambda s: grade([s]))
    figures = f"{page_grade:>5.1f} {prose:>5.1f} {len(found):>9} {sum(map(len, found)):>6}"
    print(f"{name[:-6]:<14} {mode:<10} {figures}  {' '.join(long[-1]) if long else ''}")
    assert max(page_grade, prose) <= HIGHEST
    hard = [" ".join(s) for s in long if grade([s]) > HARDEST]
    assert not hard, f"{name}: hard to read: {hard}"


def test_the_measure_distinguishes_easy_and_hard_text():
    easy = grade(sentences("Ask the doctor. Write it down. Bring a list."))
    hard = grade(sentences("Individuals contemplating discretionary interventions necessitate documentation."))
    assert easy < 4 < 12 < hard

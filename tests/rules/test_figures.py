"""A figure of the law is written once, in its fact: no code, pack, template or page repeats it next to its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rules.asking import FACTS
from workbook.law import DatedFact

ROOT = Path(__file__).parents[2]
KINDS = {".py", ".toml", ".j2", ".html", ".js", ".typ", ".md", ".ipynb"}
ELSEWHERE = ("workbook/packs/facts/", "workbook/packs/demo/")  # the facts themselves; the text of made-up letters
UNITS = {
    "days": "days?",
    "working_days": "(?:working|business)[ -]days?",
    "hours": "hours?",
    "months": "months?",
    "years": "years?",
    "percent": "(?:percent|%)",
}
WORDS = {
    1: "one",
    2: "two",
    3: "three",
    4: "four",
    5: "five",
    7: "seven",
    9: "nine",
    10: "ten",
    12: "twelve",
    14: "fourteen",
    15: "fifteen",
    20: "twenty",
    30: "thirty",
    45: "forty[- ]five",
    60: "sixty",
    90: "ninety",
}
BETWEEN = r"(?:[ -]|\s+(?:more|full|whole|calendar|extra|or more)\s+)"
OURS = {
    # not law: a clinic's own rule, as an example of how people write one
    "workbook/rules/cut_off_rule.py": {"three business days", "five business days", "72 hours"},
    "workbook/case/clinicians.py": {"5 working days"},
    "workbook/case/visit.py": {"5 working days"},
    # how a clock shows the time of day
    "workbook/page/scripts/form/words.js": {"24 hours"},
    # the words of a unit, for whatever number a fact has
    "workbook/law/dated_fact.py": {"1 working day"},
}
"""Numbers that equal a fact's by coincidence, each with the reason."""


def _pairs(fact: DatedFact) -> Iterator[tuple[float, str]]:
    """Each figure of a fact with its unit; the further ones have the unit that follows them in the statement."""
    if fact.number is not None and fact.value is not None and fact.unit not in ("", "words"):
        yield float(fact.value), fact.unit
        if fact.presumed_after:
            yield from ((float(n), "days") for n in (fact.presumed_after, fact.number + fact.presumed_after))
    for name, figure in fact.figures.items():
        said = re.search(rf"(\$)?{{{name}}}(?: more)?(?: (working days|\w+))?", fact.statement)
        unit = "dollars" if name == "fee" or (said and said[1]) else ((said and said[2]) or "").replace(" ", "_")
        yield figure, unit if unit in UNITS or unit == "dollars" else fact.unit


def _pattern() -> re.Pattern[str]:
    found = set()
    for number, unit in {pair for fact in FACTS.values() for pair in _pairs(fact)}:
        n = f"{number:g}"
        digits = f"(?:{n}|{WORDS[int(number)]})" if int(number) in WORDS else n
        found.add(rf"\$\s?{n}\b" if unit == "dollars" else rf"\b{digits}{BETWEEN}{UNITS[unit]}(?![\w-])")
    return re.compile("|".join(sorted(found)), re.IGNORECASE)


LAW = _pattern()


def files() -> list[Path]:
    found = [f for folder in ("workbook", "notebooks") for f in (ROOT / folder).rglob("*") if f.suffix in KINDS]
    return [f for f in sorted(found) if not f.relative_to(ROOT).as_posix().startswith(ELSEWHERE)]


def test_no_file_repeats_a_figure_of_the_law() -> None:
    found = []
    for file in files():
        name = file.relative_to(ROOT).as_posix()
        words = " ".join(re.sub(r'\\n|"\s+"', " ", file.read_text("utf-8")).split())  # a sentence may span lines
        found += [f"{name}: {m[0]}" for m in LAW.finditer(words) if m[0] not in OURS.get(name, ())]
    assert found == []


def test_each_exception_is_still_needed() -> None:
    for name, words in OURS.items():
        assert all(w in (ROOT / name).read_text("utf-8") for w in words), name


@pytest.mark.parametrize(
    "words",
    [
        *("30 days", "30-day limit", "thirty days", "30 more days", "180 days", "72 hours", "72-hour", "36 months old"),
        *("four months", "4 months", "3 working days", "one business day", "65 days", "20 percent", "20 %", "$400"),
        *("10 years", "120 days", "15 days", "2 years", "14 days", "$283", "$25", "60 calendar days"),
    ],
)
def test_the_search_finds_each_notation(words: str) -> None:
    assert bool(LAW.search(f"within {words}.")) is (words != "36 months old")


@pytest.mark.parametrize("key", sorted(FACTS))
def test_a_statement_takes_its_figures_from_the_data(key: str) -> None:
    written = re.compile("|".join(rf"\b\d+ (?:more )?{unit}" for unit in UNITS.values()) + r"|\$\d")
    assert written.findall(FACTS[key].statement) == []


def test_statement_and_value_cannot_disagree() -> None:
    for fact in FACTS.values():
        if fact.number is not None and fact.unit != "words":
            assert re.search(r"\{(n|time)\}", fact.statement), fact.id
            other = fact.model_copy(update={"value": 77})
            assert "77" in other.words, fact.id
            assert "77" in other.measure, fact.id

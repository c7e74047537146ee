"""docs/facts.md lists every dated fact with its quote, address, how sure it is, and its days."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.rules.asking import FACTS
from workbook.law import DatedFact

TABLE = Path(__file__).parents[2] / "docs" / "facts.md"
_SURE = {"O": "read at the source", "O2": "read second-hand", "R": "recalled"}
_HEAD = """# Facts

Made by `python -m tests.rules.facts_table`; a test keeps it true.

Every rule and figure that the workbook rests on, as it is on the day it was checked. "Read second-hand" means that the
words of the rule were seen as somebody else quoted them, or only a summary was. "Recalled" means that nobody read it
for this project; the workbook then says "usually", or asks. To add or change one: [a fact](how-to/fact.md).
"""


def table() -> str:
    return "\n".join([_HEAD, *(line for fact in FACTS.values() for line in _lines(fact))])


def _lines(fact: DatedFact) -> Iterator[str]:
    yield f"## {fact.id}\n"
    yield f"{fact.words}\n"
    when = " and ".join(
        part
        for part in (
            f"from {fact.valid_from}" if fact.valid_from else "",
            f"to {fact.valid_to}" if fact.valid_to else "",
        )
        if part
    )
    rows = (
        ("Clock", f"`{fact.clock}`: {fact.measure}" if fact.clock and fact.unit != "words" else ""),
        ("For", ", ".join(fact.applies_to)),
        ("In force", when),
        ("Quote", f"“{fact.quote}”" if fact.quote else fact.quote_missing),
        ("Source", f"[{fact.source_title}]({fact.source_url})" if fact.source_url else fact.source_title),
        ("How sure", _SURE[fact.grade]),
        ("Checked", f"{fact.retrieved_on}; check again by {fact.review_by}"),
    )
    yield "\n".join(f"* {name}: {words}" for name, words in rows if words) + "\n"


def test_the_table_is_the_facts() -> None:
    assert TABLE.read_text("utf-8") == table(), "write it anew: python -m tests.rules.facts_table"


def test_every_clock_is_in_the_table_with_its_quote_or_why_there_is_none() -> None:
    text = TABLE.read_text("utf-8")
    for fact in FACTS.values():
        assert f"\n## {fact.id}\n" in text
        if fact.clock and fact.unit != "words":
            assert (fact.quote or fact.quote_missing) in text

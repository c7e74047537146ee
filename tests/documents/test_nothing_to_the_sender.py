"""No document for someone else contains notes to its sender: what to check first is on the page, and in no file."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

import docx
import pypdf
import pytest

from tests import builders
from tests.documents import everything, lettered
from workbook.case import Case, add, put
from workbook.case.records import Route
from workbook.documents import catalog, export
from workbook.documents.letters.text import paragraphs
from workbook.session import demo

LETTERS = [d.name for d in catalog.DOCUMENTS.values() if d.formats == catalog.LETTER]
SENT_ON = [*LETTERS, "call-log", "comparison", "packet-index"]  # these are in what is sent, too
DAYS = (dt.date(2026, 11, 28), dt.date(2026, 12, 10), dt.date(2027, 7, 1))
# Phrases in a letter that are meant for its sender.
TO_THE_SENDER = re.compile(
    r"before you send|still missing, or|take (this|that|it|the) [\w ]{0,12}out|take out|leave (that|it) out"
    r"|signs this letter|this letter (shows|lets|lists|asks)|download|cross out|delete the line|check each line"
    r"|write down each|check that the power|call and ask|use the follow-up|is printed on the denial",
    re.IGNORECASE | re.MULTILINE,
)
_STATES: list[dict[str, Any]] = [
    {},
    {"sent_on": "2026-11-03"},
    {"sent_on": "2026-10", "received_by_holder_on": "unknown"},
    {"sent_on": "2026-10-20", "received_by_holder_on": "2026-10-22", "evidence": "portal", "to": ""},
    {"sent_on": "2026-10-20", "denial": {"on": "2026-11-10"}},
    {"sent_on": "2026-10-20", "extension": {"announced_by": "phone", "second_time": True}},
    {"items": []},
]


def cases(every: bool) -> Iterator[Case]:
    """The demo cases, an empty one, and a request of every route and state by every possible writer.

    Without `every`: of each route and writer one state, so that each state occurs too.
    """
    states = itertools.cycle(_STATES)
    yield from demo.cases()
    yield Case(id="empty0")
    yield builders.case()
    for mode in ("self", "caregiver", "advocate"):
        for route in (None, *(r.value for r in Route)):
            for state in _STATES if every else (next(states),):
                made = lettered.case(mode, route, **state)
                if every or route is None:
                    yield made
                yield lettered.paper(made, "poa" if route == "access_representative" else "hipaa_authorization")
    late = add(lettered.case("advocate"), "insurance.denials", {"id": "d", "level": "external", "state": "open"})
    yield put(late, "person.phone", "")


def told(case: Case, document: str, day: dt.date) -> Iterator[tuple[str, list[str]]]:
    for about in everything.abouts(case, document, day):
        yield about, export.notes(case, document, day, about=about)


def words_of(data: bytes, form: str) -> str:
    """All text of the file, with single spaces."""
    if form == "pdf":
        said = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    elif form == "docx":
        said = "\n".join(p.text for p in docx.Document(io.BytesIO(data)).element.body.iter() if p.tag.endswith("}t"))
    else:
        said = re.sub(r"<style>.*?</style>|<[^>]+>", " ", data.decode(), flags=re.DOTALL)
    return " ".join(said.split())


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_no_letter_of_any_route_or_state_contains_a_note_to_its_sender(every: bool) -> None:
    seen = 0
    for case in cases(every):
        for document in SENT_ON:
            for about in everything.abouts(case, document, DAYS[1]):
                tree = export.tree(case, document, DAYS[1], about=about)
                said = [" ".join(p.split()) for p in everything.paragraphs(tree)]
                for line in said:
                    assert not TO_THE_SENDER.search(line), (document, line)
                for note in export.notes(case, document, DAYS[1], about=about):
                    assert note not in said, (document, note)
                    seen += 1
    assert seen > (1000 if every else 150), "and there is much to tell before"


FILED = [*demo.cases(), lettered.case("advocate", sent_on="2026-10-20")]


@pytest.mark.parametrize("turn", range(len(FILED)))
def test_no_file_contains_one_either(turn: int) -> None:
    """Each document in each format once."""
    for number, document in enumerate(SENT_ON):
        forms = catalog.DOCUMENTS[document].formats
        assert len(forms) <= len(FILED)
        assert_filed(FILED[turn], DAYS[turn], document, [forms[(number + turn) % len(forms)]])


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("case", FILED, ids=lambda c: c.id)
def test_no_file_of_any_format_contains_one_on_any_day(case: Case, day: dt.date) -> None:
    for document in SENT_ON:
        assert_filed(case, day, document, catalog.DOCUMENTS[document].formats)


def assert_filed(case: Case, day: dt.date, document: str, forms: Sequence[str]) -> None:
    for about, notes in told(case, document, day):
        for form in forms:
            said = words_of(export.make(case, document, form, day, about=about), form)
            assert not TO_THE_SENDER.search(said), (document, form)
            assert not [note for note in notes if len(note) > 12 and note in said], (document, form)


@pytest.mark.parametrize("letter", LETTERS)
def test_a_packs_notes_to_the_writer_are_shown_before_the_letter(letter: str) -> None:
    """A practice's own notes to the writer are treated alike: their part decides, not their wording."""
    lacks = [p for p in paragraphs(letter) if p.part == "lack"]
    assert lacks
    boxed = [block for block in export.tree(Case(id="empty0"), letter, DAYS[0])["blocks"] if block["k"] == "callout"]
    assert not [box for box in boxed if box["tone"] == "warn"], "nor is there a box of warnings"
    assert export.notes(Case(id="empty0"), letter, DAYS[0])

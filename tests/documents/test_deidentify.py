"""The copy for supervision: no known name or number is left, every interval stays, and odd text is no way around."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import workbook as wb
from tests.documents.full_case import full_case
from tests.rules import judge
from tests.site.tasks import demos
from tests.stories import load
from tests.ui.pagekit import page
from workbook import law, rules
from workbook.case import Case, add, dump, leaves, parse, put, read, words_for
from workbook.case.partial_dates import exact
from workbook.cli import main
from workbook.content import seeds
from workbook.documents import catalog, export
from workbook.documents.deidentify import dates, fields
from workbook.documents.deidentify.copy import copy_of
from workbook.documents.deidentify.known import way
from workbook.documents.deidentify.text import NEVER_ALONE, WORDS, Scrubber, words_of
from workbook.errors import CannotExport
from workbook.store import open_store
from workbook.ui.handle import OpenCase

TODAY = dt.date(2026, 12, 3)
CASES = {case.id: case for case in (*demos(), *(load(story) for story in judge.STORIES))}
BY_NAME = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def values(node: Any) -> Iterator[str]:
    """Every text of a case file, without the names of its fields."""
    if isinstance(node, dict):
        for value in node.values():
            yield from values(value)
    elif isinstance(node, list):
        for value in node:
            yield from values(value)
    elif isinstance(node, str):
        yield node


def told(case: Case) -> str:
    return "\n".join(values(json.loads(dump(case))))


def known(case: Case, patterns: Any) -> Iterator[str]:
    for leaf in leaves(case):
        if way(leaf) in patterns and isinstance(leaf.value, str) and leaf.value:
            yield leaf.value


def bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


@BY_NAME
def test_no_name_nor_any_of_its_words_is_left(case: Case) -> None:
    left = bare(told(copy_of(case, TODAY, with_private=True)))
    names = [*known(case, fields.NAMES), *(o.who for o in case.provenance.values())]
    assert names
    for name in names:
        for word in words_of(name):
            how = 0 if word.casefold() in WORDS else re.IGNORECASE
            assert not re.search(rf"(?<![^\W\d_]){re.escape(bare(word))}(?![^\W\d_])", left, how), word


@BY_NAME
def test_no_number_address_or_id_is_left(case: Case) -> None:
    copy = copy_of(case, TODAY, with_private=True)
    left = told(copy)
    digits = re.sub(r"[\s().-]", "", left)
    for number in known(case, fields.NUMBERS):
        assert not re.search(rf"(?<!\w){re.escape(number)}(?!\w)", left) or len(number) < 3
        plain = re.sub(r"\D", "", number)
        assert len(plain) < 7 or plain not in digits
    for address in known(case, fields.ADDRESSES):
        assert not [line for line in address.splitlines() if line in left]
    assert copy.id != case.id
    mine = {leaf.item.id for leaf in leaves(case) if leaf.item}
    theirs = {leaf.item.id for leaf in leaves(copy) if leaf.item}
    assert not (mine & theirs & {"caregiver", "advocate", "first", "second"})
    assert case.id not in left


def days_of(case: Case) -> list[dt.date]:
    """Every whole day of a case in order, without the birth date, of which the year is left."""
    found = [leaf.value for leaf in leaves(case) if leaf.words.kind in ("date", "moment") and "birth" not in leaf.path]
    found += [scan.on for medium in case.records.media.values() for scan in (*medium.scans, *medium.scans_missing)]
    return [day for value in found if (day := exact(value))]


@BY_NAME
def test_every_interval_stays(case: Case) -> None:
    whole = case.model_copy(update={"exports": type(case.exports)()})
    before, after = days_of(whole), days_of(copy_of(case, TODAY, with_private=True))
    assert before
    assert len({new - old for old, new in zip(before, after, strict=True)}) == 1
    assert before[0] != after[0]


def test_each_copy_has_an_offset_of_its_own() -> None:
    case = demos()[0]
    assert len({copy_of(case, TODAY).goal.decide_by for _ in range(8)}) > 4


@BY_NAME
def test_the_copy_is_a_workbook_with_its_own_day(case: Case) -> None:
    copy = copy_of(case, TODAY)
    assert parse(dump(copy)) == copy
    assert copy.deidentified
    today = dt.date.fromisoformat(str(copy.demo_today))
    own = dt.date.fromisoformat(case.demo_today) if case.demo_today else TODAY
    assert (
        len(rules.status(copy, law.load(), today).deadlines) >= len(rules.status(case, law.load(), own).deadlines) // 2
    )
    there = {leaf.item.id for leaf in leaves(copy) if leaf.item} | {seed.id for seed in seeds("records.items")}
    for leaf in leaves(copy):
        if leaf.words.target and leaf.value:
            assert {leaf.value} <= there if isinstance(leaf.value, str) else {*leaf.value} <= there


def test_every_document_can_be_made_of_it_and_says_what_it_is() -> None:
    copy = copy_of(demos()[0], TODAY)
    today = dt.date.fromisoformat(str(copy.demo_today))
    html = export.make(copy, "summary", "html", today).decode()
    assert "De-identified copy. Not for care." in html
    for name, document in catalog.DOCUMENTS.items():
        abouts = [key for key, _ in catalog.subjects(document, copy, today)] or [""]
        form = next(iter(document.formats))
        if form in ("html", "md", "txt", "ics", "csv", "json"):
            with suppress(CannotExport):  # a list without rows
                export.make(copy, name, form, today, about=abouts[0])


def test_every_field_that_can_name_somebody_is_decided_on() -> None:
    """A new field of tier 1 must be listed as a name, a number, or text."""
    listed = {*fields.NAMES, *fields.ADDRESSES, *fields.NUMBERS, *fields.OUT, *fields.AS_TEXT}
    found = set()
    for leaf in leaves(full_case()):
        typed = leaf.words.kind in ("text", "long", "phone", "last4") and not leaf.words.target
        if leaf.words.tier == 1 and typed and isinstance(leaf.value, str):
            found.add(way(leaf))
    assert found - listed - {"person.birth_date"} == set()
    assert len(found) > 50


def test_a_full_case_loses_every_text_that_was_planted() -> None:
    """A text of its own in every field: what is a name, an address or a number is gone from all of them."""
    case = full_case()
    copy = copy_of(case, TODAY, with_private=True)
    left = told(copy)
    for number in (*known(case, fields.NUMBERS), *known(case, fields.OUT)):
        assert len(number) < 4 or number not in left, number


def scrubber(*names: str, ids: tuple[str, ...] = (), days: int = -400) -> Scrubber:
    return Scrubber({name: f"Person {n}" for n, name in enumerate(names, 1)}, ids, days, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "Marisol came",
        "MARISOL CAME",
        "marisol's sister",
        "Mari\u200bsol came",
        "Mari\u00adsol came",
        "Ｍａｒｉｓｏｌ came",
        "Nuñez, Marisol",
        "Dr. Nunez said",
        "Nun\u0303ez said",
        "MARISOL_NUÑEZ_MRI.pdf",
        "marisol.nunez@example.org",
        "marisol (at) example (dot) org",
        "see https://example.org/marisol?x=1",
        "Marisol\nNuñez",
        "Marisol\u00a0Nuñez",
        "(Marisol)",
        "Marisol2026",
        "\U000f0001Marisol\ue000",
        "<b>Marisol</b>",
        "Marisol-Nuñez",
    ],
)
def test_a_name_is_found_in_any_shape(text: str) -> None:
    left = bare(unicodedata.normalize("NFKC", scrubber("Marisol Nuñez")(text))).casefold()
    assert "marisol" not in re.sub("[\u200b\u00ad]", "", left)
    assert "nunez" not in left


@pytest.mark.parametrize(
    "text",
    [
        "call 410-555-0112",
        "call (410) 555-0112",
        "call 410.555.0112 now",
        "call 4105550112",
        "call 555-0112",
        "call +1 410 555 0112",
        "MRN 0048213",
        "no. S26-11873",
        "S2611873",
        "SSN 123-45-6789",
        "ZIP 21200",
        "zip 21200-1234",
        "at 192.168.10.200",
        "1.2.840.113619.2.55.3",
        "member 1EG4-TE5-MK73",
    ],
)
def test_a_number_is_found_in_any_shape(text: str) -> None:
    left = scrubber(ids=("S26-11873",))(text)
    assert sum(c.isdigit() for c in left) == 0, left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("on 2026-11-22", "on 2025-10-18"),
        ("on 11/22/2026.", "on 10/18/2025."),
        ("on 11/22/26", "on 10/18/2025"),
        ("on Nov. 22, 2026", "on October 18, 2025"),
        ("on 22 November 2026", "on October 18, 2025"),
        ("on November 22nd, 2026", "on October 18, 2025"),
        ("the 22nd of November", "the October 18"),
        ("in November 2026", "in October 2025"),
        ("by Nov 22", "by October 18"),
        ("in 2019", "in 2018"),
        ("el 22 de noviembre de 2026", "el [date]"),
        ("mid December", "mid [month]"),
        ("on 2/30/2026", "on [date]"),
        ("by 11/22", "by [date]"),
    ],
)
def test_a_date_in_a_text_moves_or_goes(text: str, left: str) -> None:
    assert scrubber()(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Levothyroxine 75 mcg daily, vitamin D 2000 IU",
        "pain 5/10, T2N0M0, C50.911, HER2, CA 15-3, BRCA1",
        "You may 2 times a day; walk 1950 steps",
        "60 dollar copay; 20 percent after tier 2",
        "blood pressure 130/85, range 1000-2000",
        "I will hope for the best",
        "",
    ],
)
def test_ordinary_words_and_medicine_stay(text: str) -> None:
    assert scrubber("Will Hope", "Rose May")(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a 93-year-old", "a 90 or more-year-old"),
        ("she is 101 years old", "she is 90 or more years old"),
        ("age 95", "age 90 or more"),
        ("ninety-two years old", "90 or more years old"),
        ("a 44 year old", "a 44 year old"),
        ("aged 89", "aged 89"),
    ],
)
def test_an_age_over_89_is_topped(text: str, left: str) -> None:
    assert scrubber()(text) == left


@pytest.mark.parametrize(
    ("born", "left"), [("1972-03-09", "1971"), ("1930-01-01", "1935"), ("1936-12-04", "1935"), ("1900", "1935")]
)
def test_of_a_birth_date_only_the_year_is_left(born: str, left: str) -> None:
    assert dates.born(born, -400, TODAY) == left


def test_a_word_of_the_language_that_is_a_name_goes_only_with_a_capital() -> None:
    assert (
        scrubber("Rose Will")("Rose will rise, and Will rose. ROSE.")
        == "Person 1 will rise, and Person 1 rose. Person 1."
    )


def test_who_somebody_is_to_the_patient_stays() -> None:
    case = put(Case(), "visit.note_taker", "My sister")
    case = put(case, "visit.after_notes", "My sister Tamsin and Records Office")
    copy = copy_of(case, TODAY)
    assert copy.visit.note_taker == "My sister"
    case = put(case, "visit.note_taker", "My sister Tamsin")
    assert "Tamsin" not in told(copy_of(case, TODAY))


def test_private_entries_notes_drafts_and_bookkeeping_stay_out() -> None:
    case = put(Case(), "goal.own_words", "To walk")
    case = add(case, "tasks", {"id": "t1", "what": "Secret errand", "private": True})
    case = add(case, "tasks", {"id": "t2", "what": "Plain errand"})
    case = add(case, "notes", {"id": "n1", "text": "A note of mine"})
    case = add(case, "exports", {"id": "e1", "profile": "Packet for Lantern", "to": "Lantern"})
    case = case.model_copy(
        update={
            "drafts": {"goal.decide_by": "when Tamsin says"},
            "steps": {"client-tamsin": True},
            "nickname": "Tamsin",
        }
    )
    left = told(copy_of(case, TODAY))
    assert "Plain errand" in left
    assert not [
        word
        for word in ("Secret", "A note of mine", "Lantern", "Tamsin")
        if word in dump(copy_of(case, TODAY)).decode()
    ]
    assert "Secret errand" in told(copy_of(case, TODAY, with_private=True))
    assert "A note of mine" in told(copy_of(case, TODAY, with_private=True))


def test_own_questions_lose_their_names_and_keep_their_answers() -> None:
    body = json.loads(dump(put(Case(), "person.name", "Tamsin Invented")))
    body["own"] = {
        "tamsins_ride": {"words": "Who drives Tamsin?", "value": "Her brother", "kind": "text"},
        "call": {"words": "Phone?", "value": "216 555 0101", "kind": "phone"},
        "day": {"words": "When?", "value": "2026-12-01", "kind": "date"},
        "hidden": {"words": "Secret?", "value": "yes", "kind": "yesno", "private": True},
    }
    copy = copy_of(read(body), TODAY, days=-400)
    assert {key: own.value for key, own in copy.own.items()} == {"q1": "Her brother", "q2": "", "q3": "2025-10-27"}
    assert copy.own["q1"].words == "Who drives the patient?"


@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=60),
    st.text(alphabet=" .,-_\n()<>'\"/0aÉ\u200d", max_size=8),
)
def test_whatever_is_around_a_name_and_a_number_they_are_gone(around: str, between: str) -> None:
    case = put(Case(), "person.name", "Zorblatt Quixwell")
    case = add(case, "records.items", {"id": "r1", "accession": "QX-77-31"})
    case = put(case, "goal.own_words", f"{around} {between} Zorblatt {between} QX-77-31 {between} Quixwell {around}")
    left = copy_of(case, TODAY).goal.own_words
    assert not re.search("zorblatt|quixwell|QX-77-31", left, re.IGNORECASE)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.integers(-1400, -400))
def test_a_date_of_a_field_moves_by_exactly_this(day: dt.date, days: int) -> None:
    assert dt.date.fromisoformat(dates.moved(day.isoformat(), days)) == day + dt.timedelta(days)
    assert dates.moved(f"{day:%Y-%m-%d}T09:05", days) == f"{day + dt.timedelta(days)}T09:05"
    assert len(dates.moved(f"{day:%Y-%m}", days)) == 7


def test_long_text_is_done_in_reasonable_time() -> None:
    text = "Zorblatt saw 410-555-0112 on 11/22/2026 at St. Lantern. " * 1700
    import time

    begun = time.process_time()
    left = scrubber("Zorblatt Quixwell", "Lantern Bay Institute")(text)
    assert time.process_time() - begun < 20
    assert "Zorblatt" not in left


def test_the_command_writes_a_file_that_opens(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["demo"])
    capsys.readouterr()
    file = tmp_path / "copy.json"
    assert main(["deidentify", "demo-breast", "--to", str(file)]) == 0
    out = capsys.readouterr()
    assert (out.out.strip(), "Read all of it" in out.err) == (str(file), True)
    assert main(["deidentify", "demo-breast", "--to", str(file)]) == 1
    assert main(["load", str(file)]) == 0
    assert len(open_store().cases()) == 3
    assert "De-identified copy" in {row.nickname for row in open_store().cases()}


def test_the_page_offers_it_to_an_advocate_and_marks_the_copy(home: Path) -> None:
    store = open_store()
    store.create(put(put(demos()[0], "mode", "advocate"), "nickname", "Mine"))
    driver = page(wb.workbooks(OpenCase()))
    reply = driver.press("Download the copy without names")
    assert reply["name"].endswith("-de-identified.json")
    copy = parse(bytes(driver.buffers[-1]))
    assert "Marisol" not in told(copy)
    handle_home = OpenCase(store)
    assert handle_home.bound
    store.create(copy)
    shown = page(wb.steps(OpenCase(store, copy.id))).html
    assert "De-identified copy. All dates are moved" in shown
    store.create(Case(id="own", mode="self"))
    assert page(wb.workbooks(OpenCase(store, "own"))).html.count("Download the copy without names") == 2


def test_words_that_many_names_share_are_never_taken_alone() -> None:
    assert {"hospital", "sister", "dr", "plan"} <= NEVER_ALONE
    assert words_of("Dr. Ingrid Solberg-Thorne, MD") == ["Ingrid", "Solberg", "Thorne"]
    assert words_for(Case, "deidentified") is None

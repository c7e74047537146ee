"""The text of letters is data: readable, with known conditions, and editable by a practice."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.documents.everything import assert_printed
from tests.documents.hostile import TEXTS, some
from tests.documents.lettered import TODAY, case, words
from tests.documents.test_hostile_text import assert_safe
from tests.notebooks.test_reading_grade import HIGHEST, grade, sentences
from workbook.case import put
from workbook.content import SHIPPED
from workbook.documents import export
from workbook.documents.catalog import Wanted
from workbook.documents.letters import late, request, routes
from workbook.documents.letters.text import Paragraph, paragraphs
from workbook.errors import BadFile

RECORDS = ("records-request", "follow-up", "extension-reply", "privacy-officer", "complaint-draft")
_VOICES = re.compile(r"\{((?:[^{}|]|\{\w+\})*)\|((?:[^{}|]|\{\w+\})*)\}")
_BARRED = re.compile(r"!|\b(urgent|immediately|invalid|demand|violat\w*|illegal|threat\w*|sue)\b", re.IGNORECASE)


def spoken(paragraph: Paragraph, voice: int) -> str:
    return re.sub(r"\{\w+\}", "Ana", _VOICES.sub(rf"\{voice}", " ".join(paragraph.lines)))


@pytest.mark.parametrize("letter", RECORDS)
@pytest.mark.parametrize("voice", [1, 2])
def test_a_letter_is_easy_to_read_and_does_not_threaten(letter: str, voice: int) -> None:
    texts = [spoken(p, voice) for p in paragraphs(letter)]
    found = [s for text in texts for s in sentences(text) if len(s) >= 5]
    print(f"{letter:<18} {grade(found):.1f}")
    assert grade(found) <= HIGHEST
    assert [t for t, p in zip(texts, paragraphs(letter), strict=True) if p.part != "lack" and _BARRED.search(t)] == []


@pytest.mark.parametrize("letter", RECORDS)
def test_every_condition_and_slot_is_known(letter: str) -> None:
    found = request.asked_for(case(), Wanted(TODAY, about="q"))
    room = routes if letter == "records-request" else late
    who = room.signer(found)
    slots = set(room.values(found, who))
    source = Path(room.__file__).read_text("utf-8")
    for paragraph in paragraphs(letter):
        assert set(re.findall(r"\{(\w+)\}", " ".join(paragraph.lines))) <= slots, paragraph.id
        for name in (*paragraph.when, *paragraph.unless):
            assert name in {*slots, "mine", "helper"} or f'"{name}"' in source, (paragraph.id, name)


def pack(folder: Path, file: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place = folder / file
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")
    monkeypatch.setenv("WORKBOOK_PACKS", str(folder))


def test_a_practice_changes_removes_and_adds_a_paragraph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = """
[[entry]]
id = "fee-of-own-copy"
lines = ["Send the bill to {patient}."]

[[entry]]
id = "closing"
hide = true

[[entry]]
id = "ours"
after = "who"
when = ["access"]
lines = ["{I hold|The patient holds} form 7."]
"""
    before = words(case())
    pack(tmp_path, "letters/records-request.toml", own, monkeypatch)
    said = words(case())
    assert "Send the bill to Walter Example-Finch." in said
    assert "fee may cover only" in before
    assert "fee may cover only" not in said
    assert said.index("June 21, 1953") < said.index("I hold form 7.") < said.index("Consult note")
    assert "Thank you for your help" not in said
    assert "form 7" not in words(case(route="specimen_loan"))


@pytest.mark.parametrize("line", ['lines = ["By {patiend}."]', 'lines = ["x"]\nwhen = ["acess"]'])
def test_a_mistyped_slot_or_condition_is_named(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack(tmp_path, "letters/records-request.toml", f'[[entry]]\nid = "ours"\n{line}\n', monkeypatch)
    with pytest.raises(BadFile, match=r'entry "ours" does not know "(patiend|acess)"; did you mean "(patient|access)"'):
        words(case())


def test_the_days_are_those_of_the_facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack(tmp_path, "facts/records.toml", '[[entry]]\nid = "H-3"\nvalue = 15\n', monkeypatch)
    sent = {"sent_on": "2026-11-03", "received_by_holder_on": "2026-11-04", "evidence": "portal"}
    said = words(case(**sent), "follow-up")
    assert "The rule allows 15 days (45 CFR 164.524). By my calculation, the deadline was November 19, 2026." in said
    assert "no later than 15 days after you receive this letter" in words(case())


def test_what_was_typed_is_never_a_slot_or_a_voice() -> None:
    made = put(case(to="{patient} {x|y} {days}"), "person.name", "{office} {mine|yours}")
    said = words(made)
    assert "{patient} {x|y} {days}" in said
    assert "Patient {office} {mine|yours}" in said


@pytest.mark.parametrize("name", some(4, [name for name in TEXTS if not name.startswith("many")]))
def test_hostile_names_are_escaped(name: str) -> None:
    text = TEXTS[name]
    made = put(case(to=text[:500], sent_on="2026-11-03"), "person.name", text[:500])
    for letter in RECORDS:
        assert_safe(export.make(made, letter, "html", TODAY, about="q").decode())
    assert_printed(made, "records-request", TODAY, about="q")


def test_no_letter_asks_for_or_offers_a_number_that_should_stay_secret() -> None:
    for letter in RECORDS:
        text = (SHIPPED / "letters" / f"{letter}.toml").read_text("utf-8")
        assert tomllib.loads(text)["entry"]
        assert not re.search(r"social security|ssn|password|member number|credit card", text, re.IGNORECASE)

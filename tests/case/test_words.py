"""Every question has its wording, and every choice its options."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

import pytest
from pydantic import BaseModel

from workbook.case import Case, Choice, Item, spoken, words_for
from workbook.case.model import CaseModel
from workbook.case.words import Kind, Words


def _below(kind: type) -> Iterator[type]:
    for sub in kind.__subclasses__():
        yield sub
        yield from _below(sub)


CHOICES = sorted((c for c in _below(Choice) if c.__module__.startswith("workbook.case")), key=lambda c: c.__name__)
MODELS = [m for m in _below(CaseModel) if m.__module__.startswith("workbook.case")]
ASKED = [(m, n, w) for m in MODELS for n in m.model_fields if (w := words_for(m, n)) is not None]


def test_there_are_questions_to_check() -> None:
    assert len(CHOICES) > 20
    assert len(ASKED) > 200


@pytest.mark.parametrize("kind", CHOICES, ids=lambda c: c.__name__)
def test_every_choice_has_a_unique_label(kind: type[Choice]) -> None:
    words = [member.words for member in kind]
    assert all(w and w == w.strip() for w in words)
    assert len(set(words)) == len(words)
    assert all(kind(member.value) is member for member in kind)


@pytest.mark.parametrize(("model", "name", "words"), ASKED, ids=[f"{m.__name__}.{n}" for m, n, _ in ASKED])
def test_every_asked_field_has_wording(model: type[BaseModel], name: str, words: Words) -> None:
    assert words.question.strip()
    assert words.short.strip()
    assert words.kind in get_args(Kind)
    assert bool(words.choices or words.choices_from) == (words.kind in ("one", "many", "yesno"))
    assert bool(words.target) == (words.kind == "pick")
    for text in (words.question, words.hint, words.why, words.short):
        for mode in ("self", "caregiver", "advocate"):
            told = (
                spoken(text, mode, "Ana").replace("{year}", "2027").replace("{clinician}", "Dr. Ames")
            )  # care_year.py
            assert not set("{|}") & set(told), text
        assert "!" not in text
        assert text == text.strip()


def test_every_entry_has_a_name_and_titles_that_are_fields() -> None:
    for model in _below(Item):
        assert model.NOUN != "entry", model
        assert model.TITLE, model
        assert set(model.TITLE) <= set(model.model_fields), model


def test_wording_addresses_a_patient_as_you_and_names_them_to_a_helper() -> None:
    asked = "When {do you need|does the patient need} to decide?"
    assert spoken(asked) == "When do you need to decide?"
    assert spoken(asked, "advocate", "Ana") == "When does Ana need to decide?"
    assert spoken(asked, "advocate") == "When does the patient need to decide?"


def test_no_field_asks_for_forbidden_data() -> None:
    names = {n for m in MODELS for n in m.model_fields} | set(Case.model_fields)
    assert not {n for n in names if any(bad in n for bad in ("ssn", "social_security", "password", "card_number"))}


def test_no_question_is_one_word_alone() -> None:
    """Asked one at a time, or read aloud, "When?" says nothing."""
    bare = re.compile(r"(by |since |for )?(when|where|why|how|who|whom|how (long|much))\?", re.IGNORECASE)
    assert not {(model.__name__, name) for model, name, words in ASKED if bare.fullmatch(words.question)}

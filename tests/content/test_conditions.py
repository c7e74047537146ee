"""A condition adds records and questions to the cases that chose it, and to no other."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

import workbook as wb
from tests.notebooks.test_reading_grade import HIGHEST, grade, sentences
from tests.ui.pagekit import opened, page
from workbook import law, rules
from workbook.case import Case, words_at
from workbook.case.goal import GoalKind
from workbook.content import can_change_plan, choices, chosen, conditions, entries, seed, seeds, seeds_of, suggested
from workbook.content.conditions import NOTES
from workbook.documents import export
from workbook.documents.own_questions import is_own, to_print
from workbook.errors import BadFile
from workbook.session import Change, Session
from workbook.store import open_store
from workbook.ui.answers import in_words

SHIPPED = ("cancer", "heart", "rheumatology", "spine")
DAY = dt.date(2026, 11, 30)
RECORDS, QUESTIONS = "records.items", "visit.questions"


def ids(path: str, *names: str) -> set[str]:
    return set(entries(Case.model_validate({"goal": {"conditions": names}}), path))


def test_the_shipped_ones_have_everything_a_case_needs() -> None:
    assert tuple(sorted(conditions())) == SHIPPED
    for one in conditions().values():
        assert all(one.added[path] for path in (RECORDS, QUESTIONS))
        assert all(one.of(kind) for kind in NOTES)
        assert all(note.url.startswith("https://") and note.title for note in one.of("sources"))
        assert all(can_change_plan(note.text, [one.id]) for note in one.of("results") if one.id != "cancer")


def test_no_id_is_used_twice() -> None:
    for path in (RECORDS, QUESTIONS):
        every = [item.id for item in seeds(path, SHIPPED)]
        assert len(every) == len(set(every)) > len(seeds(path))


def test_its_words_are_easy_and_ask_instead_of_advising() -> None:
    for one in conditions().values():
        items = [item for path in one.added for item in one.added[path]]
        texts = [note.text for note in one.notes] + [str(getattr(item, item.TITLE[0])) for item in items]
        assert grade([words for text in texts for words in sentences(text)]) <= HIGHEST, one.id
        for text in texts:
            assert not any(word in text.casefold().split() for word in ("must", "best", "recommend")), text
    asked = [item.text for one in conditions().values() for item in one.added[QUESTIONS]]
    assert all(text.endswith("?") for text in asked)


def test_only_the_case_that_chose_it_has_its_entries() -> None:
    assert "cancer-ask-tissue" in ids(QUESTIONS, "cancer")
    assert "cancer-ask-tissue" not in ids(QUESTIONS, "spine") | ids(QUESTIONS)
    assert ids(RECORDS, "spine", "heart") > ids(RECORDS, "spine") > ids(RECORDS)


def test_one_that_is_gone_is_left_out_and_kept_in_the_case() -> None:
    case = Case.model_validate({"goal": {"conditions": ["gone", "spine"]}})
    assert [one.id for one in chosen(case.goal.conditions)] == ["spine"]
    assert case.goal.conditions == ("gone", "spine")
    words = words_at("goal.conditions")
    assert words is not None
    assert in_words(case, words, case.goal.conditions) == "gone, Back or neck surgery"


def test_what_was_changed_stays_when_it_is_taken_off_and_removed_stays_removed() -> None:
    store = open_store()
    store.create(Case(id="knee"))
    session = Session(store, "knee")
    session.apply([Change("put", "goal.conditions", ["spine"])])
    session.apply([Change("put", f"{QUESTIONS}.spine-ask-again.answer", "One in ten")])
    session.apply([Change("remove", f"{QUESTIONS}.spine-ask-signs")])
    assert "spine-ask-signs" not in session.shown(QUESTIONS)
    session.apply([Change("put", "goal.conditions", [])])
    assert {"spine-ask-again"} == {key for key in session.shown(QUESTIONS) if key.startswith("spine")}
    session.apply([Change("put", "goal.conditions", ["spine"])])
    assert "spine-ask-signs" not in session.shown(QUESTIONS)
    assert session.get(f"{QUESTIONS}.spine-ask-again.text") == getattr(seed(QUESTIONS, "spine-ask-again"), "text", "")


def test_moving_one_keeps_all_of_them() -> None:
    store = open_store()
    store.create(Case.model_validate({"id": "knee", "goal": {"conditions": ["heart"]}}))
    session = Session(store, "knee")
    before = list(session.shown(QUESTIONS))
    session.apply([Change("move", f"{QUESTIONS}.heart-ask-team", before=before[0])])
    assert list(session.shown(QUESTIONS)) == ["heart-ask-team", *(key for key in before if key != "heart-ask-team")]


@pytest.mark.parametrize(
    ("title", "names", "alerts"),
    [
        ("Echo of the heart", ["heart"], True),
        ("Echo of the heart", ["spine"], False),
        ("Notes in general", ["cancer"], False),  # no gene in it
        ("Gene tests", ["cancer"], True),
        ("Gene tests", [], False),
    ],
)
def test_an_open_result_that_it_lists_blocks_the_decision(title: str, names: list[str], alerts: bool) -> None:
    case = Case.model_validate(
        {
            "goal": {"conditions": names},
            "records": {"items": [{"id": "r1", "title": title, "state": "pending_result"}]},
        }
    )
    found = rules.status(case, law.load(), DAY).alerts
    assert any(a.id == "A-27" and a.about == f"{RECORDS}.r1" for a in found) is alerts


def test_the_goal_page_shows_it_with_the_way_to_what_was_added() -> None:
    case = opened(goal={"conditions": ["spine"], "kinds": [GoalKind.SURGERY]})
    html = page(wb.condition(case)).html
    assert "6 records to ask for" in html
    assert "6 questions for the visit" in html
    assert "4-records" in html
    assert "5-visit" in html
    assert "Surgery that joins bones (fusion)" in html
    assert "https://www.ninds.nih.gov/" in html
    assert page(wb.condition(opened_again())).html.strip() == ""


def opened_again() -> object:
    from workbook.ui.handle import OpenCase

    open_store().create(Case(id="none"))
    return OpenCase(wanted="none")


def test_the_paper_for_the_visit_has_its_questions_once_chosen() -> None:
    text = "Do the scan, the exam and the pain all point to the same spot?"
    case = Case.model_validate({"goal": {"conditions": ["spine"]}})
    assert text in {getattr(item, "text", "") for item in seeds_of(case, QUESTIONS)}
    top = [{"id": "spine-ask-match", "text": text, "top": True}]
    chosen_case = Case.model_validate({"goal": {"conditions": ["spine"]}, "visit": {"questions": top}})
    data, _ = export.made(chosen_case, "visit-sheet", "html", DAY)
    assert text.encode() in data


def test_a_practice_adds_one_and_changes_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "packs" / "conditions"
    folder.mkdir(parents=True)
    (folder / "kidney.toml").write_text('[condition]\ntitle = "Kidney stones"\n', "utf-8")
    (folder / "spine.toml").write_text(
        '[condition]\ntitle = "The back"\n\n[[entry]]\nid = "spine-ask-again"\nhide = true\n', "utf-8"
    )
    monkeypatch.setenv("WORKBOOK_PACKS", str(tmp_path / "packs"))
    words = words_at("goal.conditions")
    assert words is not None
    assert dict(choices(words)) | {"kidney": "Kidney stones", "spine": "The back"} == dict(choices(words))
    assert "spine-ask-again" not in ids(QUESTIONS, "spine")
    assert "spine-ask-size" in ids(QUESTIONS, "spine")


def test_a_mistake_in_one_names_the_file_and_the_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "packs" / "conditions"
    folder.mkdir(parents=True)
    (folder / "kidney.toml").write_text('[condition]\ntitle = "K"\n\n[[entry]]\nid = "a"\nlist = "x"\n', "utf-8")
    monkeypatch.setenv("WORKBOOK_PACKS", str(tmp_path / "packs"))
    with pytest.raises(BadFile, match=r'conditions/kidney.toml: entry "a", field "list": write one of'):
        conditions()


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ({"nickname": "Spine"}, ["spine"]),
        ({"goal": {"about": "Breast cancer"}}, ["cancer"]),
        ({"goal": {"own_words": "Do I need the lumbar\nfusion?"}}, ["spine"]),
        ({"goal": {"held_slot": {"what": "Back surgery"}}}, ["spine"]),
        ({"health": {"problems": [{"id": "p1", "label": "Aortic stenosis"}]}}, ["heart"]),
        ({"health": {"problems": [{"id": "p1", "label": "Tumors of the spine"}]}}, ["spine", "cancer"]),
        ({"health": {"problems": [{"id": "p1", "label": "Lupus", "certainty": "ruled_out"}]}}, []),
        ({"goal": {"about": "Knee", "decision": "Go back to work, or by heartburn pills?"}}, []),
        ({"goal": {"about": "Spine", "conditions": ["spine"]}}, []),
        ({"goal": {"about": "Spine"}, "left_out": ["goal.conditions.spine"]}, []),
        ({}, []),
    ],
)
def test_it_is_suggested_by_the_persons_own_words_and_never_twice(said: dict[str, Any], names: list[str]) -> None:
    assert {one.id for one in suggested(Case.model_validate({"id": "knee", **said}))} == set(names)


def test_each_shipped_one_has_words_and_its_own_title_suggests_it() -> None:
    for one in conditions().values():
        assert one.words
        about = Case.model_validate({"goal": {"about": one.title}})
        assert one.id in {found.id for found in suggested(about)}


def test_the_page_asks_and_a_yes_adds_its_questions_first() -> None:
    case = opened(goal={"about": "Lumbar spinal stenosis"})
    shown = page(wb.condition(case))
    assert "Is this about “Back or neck surgery”?" in shown.html
    assert case.case.goal.conditions == ()
    assert "Surgery that joins bones" not in shown.html
    shown.press("Yes, add them")
    assert case.case.goal.conditions == ("spine",)
    assert "Surgery that joins bones" in page(wb.condition(case)).html
    assert "Is this about" not in page(wb.condition(case)).html
    order = list(entries(case.case, QUESTIONS))
    assert all(key.startswith("spine-") for key in order[:6])
    assert page(wb.condition(case, only_ask=True)).html == ""


def test_a_list_on_the_same_page_has_the_new_questions_at_once() -> None:
    case = opened(goal={"about": "Lumbar spinal stenosis"})
    form = page(wb.form(case, wb.each(QUESTIONS, "text")))
    assert "spine-ask-match" not in form.values[QUESTIONS]
    page(wb.condition(case, only_ask=True)).press("Yes, add them")
    assert form.told[-1]["do"] == "state"
    assert "spine-ask-match" in form.values[QUESTIONS]
    assert "spine-ask-match" in form.fields[0]["shipped"]


def test_a_no_is_kept_and_only_for_that_one() -> None:
    case = opened(goal={"about": "Lumbar spinal stenosis"})
    shown = page(wb.condition(case, only_ask=True))
    shown.press("No")
    assert case.case.goal.conditions == ()
    assert "Is this about" not in page(wb.condition(case)).html
    case.session.apply([Change("put", "goal.about", "Lumbar spinal tumor")])
    again = page(wb.condition(case)).html
    assert "Cancer or a tumor" in again
    assert "Back or neck surgery" not in again


def test_suggestions_on_paper_are_those_of_the_illness() -> None:
    case = Case.model_validate({"goal": {"conditions": ["cancer"]}})
    assert all(key.startswith("cancer-") for key in to_print(case))
    plain = Case.model_validate({"id": "knee"})
    assert len(to_print(plain)) == len(to_print(case))


@pytest.mark.parametrize("words", ['"kidney stone"', '[""]', "[3]"])
def test_words_that_are_no_list_of_words_name_the_file(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "packs" / "conditions"
    folder.mkdir(parents=True)
    (folder / "kidney.toml").write_text(f'[condition]\ntitle = "K"\nwords = {words}\n', "utf-8")
    monkeypatch.setenv("WORKBOOK_PACKS", str(tmp_path / "packs"))
    with pytest.raises(BadFile, match=r"conditions/kidney\.toml: in the"):
        conditions()


def test_no_ready_made_question_speaks_of_i_or_we() -> None:
    for item in seeds(QUESTIONS, SHIPPED):
        words = set(re.findall(r"[a-z]+", str(getattr(item, "text", "")).casefold()))
        assert not words & {"i", "me", "my", "we", "us", "our"}, item.id


def test_a_question_as_an_earlier_version_said_it_is_still_ours() -> None:
    old = {"id": "ask-wait", "text": "What could happen if we wait a few weeks?"}
    case = Case.model_validate({"visit": {"questions": [old]}})
    assert not is_own(case.visit.questions["ask-wait"])
    changed = Case.model_validate({"visit": {"questions": [{**old, "text": "What if I wait?"}]}})
    assert is_own(changed.visit.questions["ask-wait"])

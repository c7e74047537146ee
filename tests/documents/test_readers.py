"""Each reader gets what is for them and nothing else; private data leaves only if its own path is selected."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from tests import builders
from workbook.case import Case, Own, add, put
from workbook.content import seeds
from workbook.documents import export
from workbook.documents.audience.held_back import choices
from workbook.documents.audience.readers import READERS
from workbook.documents.audience.redact import seen_by
from workbook.documents.summary.build import summary
from workbook.documents.summary.preview import leaving
from workbook.errors import CannotExport

TODAY = dt.date(2026, 12, 3)
HELD = {
    "health.medications.s1": "SECRET-one",
    "records.items.s2": "SECRET-two",
    "visit.questions.s3": "SECRET-three",
    "insurance.calls.s4": "SECRET-four",
    "tasks.s5": "SECRET-five",
    "notes.s6": "SECRET-six",
    "clinicians.s7": "SECRET-seven",
    "own.s8": "SECRET-eight",
    "records.items.r-mri.own.s9": "SECRET-nine",
    "person.address": "SECRET-ten",
    "person.aliases": "SECRET-eleven",
    "person.aliases.s12": "SECRET-twelve",
    "time": "SECRET-thirteen",
    "health.problems.s14": "SECRET-last",
}
MARKED = {
    "health.medications": {"id": "s1", "name": "SECRET-one", "sensitive": True},
    "records.items": {"id": "s2", "title": "SECRET-two", "state": "received", "private": True},
    "visit.questions": {"id": "s3", "text": "SECRET-three", "private": True},
    "insurance.calls": {"id": "s4", "rep": "SECRET-four", "when": "2026-11-04", "private": True},
    "tasks": {"id": "s5", "what": "SECRET-five", "sensitive": True},
    "notes": {"id": "s6", "text": "SECRET-six"},
    "clinicians": {"id": "s7", "name": "SECRET-seven", "role": "third", "phone": "1", "private": True},
    "health.problems": {"id": "s14", "label": "SECRET-last", "sensitive": True},
    "time": {"id": "t1", "what": "SECRET-thirteen"},
}


@pytest.fixture
def case() -> Case:
    made = builders.case()
    for path, item in MARKED.items():
        made = add(made, path, item)
    made = add(made, "person.aliases", {"id": "a1", "name": "SECRET-eleven"})
    made = add(made, "person.aliases", {"id": "s12", "name": "SECRET-twelve", "private": True})
    made = put(made, "viewed.s2.s7.how", "images")
    made = put(made, "provenance", {"health.problems.s14.label": {"who": "SECRET-last"}})
    mri = made.records.items["r-mri"].model_copy(update={"own": {"s9": Own(value="SECRET-nine", private=True)}})
    items = made.records.items.with_item(mri)
    return made.model_copy(
        update={
            "records": made.records.model_copy(update={"items": items}),
            "own": {"s8": Own(words="Mine", value="SECRET-eight", private=True)},
            "person": made.person.model_copy(update={"address": "SECRET-ten"}),
            "drafts": {"goal.decide_by": "SECRET-draft"},
        }
    )


def secrets(case: Case, reader: str, *include: str) -> set[str]:
    told = json.dumps(summary(case, TODAY, reader, frozenset(include)))
    shown = json.dumps([s.lines for s in leaving(case, reader, frozenset(include), TODAY)])
    found = {word for word in (*HELD.values(), "SECRET-draft") if word in told}
    assert found == {word for word in (*HELD.values(), "SECRET-draft") if word in shown}
    return found


@pytest.mark.parametrize("reader", READERS)
def test_nothing_private_leaves_unless_selected(case: Case, reader: str) -> None:
    assert secrets(case, reader) == set()
    assert "SECRET" not in seen_by(case, reader).model_dump_json()


@pytest.mark.parametrize("path", HELD)
@pytest.mark.parametrize("reader", READERS)
def test_selecting_one_item_includes_no_other(case: Case, reader: str, path: str) -> None:
    assert secrets(case, reader, path) <= {HELD[path]}
    offered = {extra.path for extra in choices(case, reader)}
    if path not in offered:
        assert "SECRET" not in seen_by(case, reader, frozenset({path})).model_dump_json()


@pytest.mark.parametrize("path", HELD)
def test_items_selected_for_the_full_summary_are_included(case: Case, path: str) -> None:
    assert secrets(case, "full", path) == {HELD[path]}


@pytest.mark.parametrize("path", ["health.medications.s1", "own.nothing", "health", "goal.own_words", "../etc"])
def test_items_a_reader_cannot_get_cannot_be_selected(case: Case, path: str) -> None:
    with pytest.raises(CannotExport, match="something this reader cannot receive"):
        export.make(case, "summary", "html", TODAY, reader="insurer", include=frozenset({path}))


def test_each_choice_has_a_name_and_a_reason(case: Case) -> None:
    offered = choices(case)
    assert {extra.path for extra in offered} == set(HELD)
    for extra in offered:
        assert "Once it is out, it cannot be taken back." in extra.why
        assert extra.words.strip(": ")
    assert choices(builders.case()) == []


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("mark", ["private", "sensitive"])
def test_a_hidden_shipped_question_does_not_reappear(reader: str, mark: str) -> None:
    seed = next(s for s in seeds("visit.questions") if s.id == "ask-wait")
    case = add(builders.case(), "visit.questions", {**seed.model_dump(), mark: True})
    assert "What could happen if we wait" not in json.dumps(summary(case, TODAY, reader))
    assert "visit.questions.ask-wait" in {extra.path for extra in choices(case, "full")}


@pytest.mark.parametrize("result", ["other_patient", "several_patients"])
@pytest.mark.parametrize("reader", READERS)
def test_the_name_of_another_person_on_a_disc_reaches_no_reader(reader: str, result: str) -> None:
    disc = {"id": "d1", "result": result, "shown": "SOMEONE^ELSE and Walter", "action": "Sent back"}
    case = add(builders.case(), "records.media", disc)
    chosen = frozenset(extra.path for extra in choices(case, reader))
    for include in (frozenset[str](), chosen):
        assert "SOMEONE" not in json.dumps(summary(case, TODAY, reader, include))
        assert not [disc for disc in seen_by(case, reader, include).records.media.values() if disc.shown]
    for document in ("packet-index", "records-request", "follow-up", "complaint-draft"):
        assert "SOMEONE" not in json.dumps(export.tree(case, document, TODAY))
    own = add(builders.case(), "records.media", {"id": "d2", "result": "ok", "shown": "Walter Example"})
    assert seen_by(own, "full").records.media["d2"].shown == "Walter Example"


@pytest.mark.parametrize("reader", READERS)
def test_a_stopped_medicine_is_in_no_list_of_current_ones(reader: str) -> None:
    case = add(builders.case(), "health.medications", {"id": "m1", "name": "STOPPEDOL", "state": "stopped"})
    case = add(case, "health.medications", {"id": "m2", "name": "Keepamol", "state": "taking"})
    said = json.dumps(summary(case, TODAY, reader))
    if reader == "clinician":
        assert "Keepamol" in said
    if reader in ("full", "binder"):
        assert "STOPPEDOL" not in said or "Stopped" in said, "if shown at all, it is shown as stopped"
    else:
        assert "STOPPEDOL" not in said


def test_fresh_eyes_see_no_answer_of_the_first_clinician() -> None:
    told = {"answer": "FIRST-SAID", "say_back": "FIRST-HEARD", "answered_on": "2026-10-27", "state": "answered"}
    case = put(builders.case(), "records.show_first_conclusion", "no")
    case = add(case, "visit.questions", {"id": "q1", "text": "Is it sure?", "answered_by": "c-first", **told})
    second = told | {"answer": "SECOND-SAID", "say_back": ""}
    case = add(case, "visit.questions", {"id": "q2", "text": "What next?", "answered_by": "c-second", **second})
    more = {"id": "a1", "question": "q2", "clinician": "c-first", "words": "FIRST-MORE"}
    case = add(case, "visit.more_answers", more)
    seen = seen_by(case)
    assert (seen.visit.questions["q1"].answer, seen.visit.questions["q1"].answered_by) == ("", "")
    assert seen.visit.questions["q2"].answer == "SECOND-SAID"
    for document in ("summary", "questions", "visit-sheet", "packet-index"):
        assert "FIRST-" not in json.dumps(export.tree(case, document, TODAY)), document
    for reader in READERS:
        assert "FIRST-" not in json.dumps(summary(case, TODAY, reader, without_first=True)), reader
    assert "FIRST-SAID" in json.dumps(summary(put(case, "records.show_first_conclusion", "yes"), TODAY, "full"))

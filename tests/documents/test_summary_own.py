"""User-defined content is in the summary: own questions, also inside a list, and notes for clinicians."""

from __future__ import annotations

import datetime as dt
import json

from tests import builders
from workbook.case import Case, Own, add, put
from workbook.documents.summary.build import summary


def words(case: Case) -> str:
    return json.dumps(summary(case, dt.date(2026, 12, 3)), ensure_ascii=False)


def with_own(**own: Own) -> Case:
    return builders.case().model_copy(update={"own": own})


def test_a_user_defined_answer_is_shown_with_its_question() -> None:
    found = words(with_own(ride=Own(words="Who can drive?", value="My neighbor")))
    assert "Who can drive?" in found
    assert "My neighbor" in found


def test_values_of_every_type_are_formatted() -> None:
    found = words(
        with_own(
            when=Own(words="Since when?", value="2026-11-04", kind="date"),
            fits=Own(words="Fits?", value="yes", kind="yesno"),
            many=Own(words="Which?", value=["one", "two"], kind="many"),
            none=Own(words="EMPTY", value=None),
        )
    )
    assert "Nov 4, 2026" in found
    assert '"Yes"' in found
    assert "one; two" in found
    assert "EMPTY" not in found


def test_a_user_defined_answer_inside_a_list_names_its_entry() -> None:
    found = words(put_own("r-mri", Own(words="On which shelf?", value="The blue one")))
    assert "On which shelf?" in found
    assert "The blue one" in found
    assert "(MRI of the left knee)" in found


def test_private_answers_and_those_in_private_entries_are_left_out() -> None:
    assert "SECRET" not in words(with_own(x=Own(words="SECRET", value="SECRET", private=True)))
    hidden = put_own("r-mri", Own(words="SECRET", value="SECRET"))
    assert "SECRET" in words(hidden)
    assert "SECRET" not in words(put(hidden, "records.items.r-mri.private", True))


def test_only_a_note_for_the_clinician_is_printed() -> None:
    case = builders.case()
    for number, visibility in enumerate(("clinical_packet", "patient", "advocate_private")):
        case = add(case, "notes", {"id": f"n{number}", "text": f"NOTE {visibility}", "visibility": visibility})
    found = words(case)
    assert "NOTE clinical_packet" in found
    assert "NOTE patient" not in found
    assert "NOTE advocate" not in found


def put_own(key: str, own: Own) -> Case:
    case = builders.case()
    item = case.records.items[key].model_copy(update={"own": {"x": own}})
    records = case.records.model_copy(update={"items": case.records.items.with_item(item)})
    return case.model_copy(update={"records": records})

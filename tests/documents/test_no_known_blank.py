"""No script asks for what the case knows: on paper and on the page, for the first call and for the next one."""

from __future__ import annotations

import re

import pytest

import workbook as wb
from tests.documents import paper
from tests.ui.pagekit import OpenCase, open_store, opened, page
from workbook.case import Case
from workbook.content import passages

BLANK = re.compile(r"_{3,}|…")
PEOPLE = {"caregiver": "Ada Made-Up", "advocate": "Bo Made-Up", "self": "Walter Example-Finch"}
PER_ENTRY = {"rec-call-late", "visit-access", "ins-again", "ins-in-writing"}  # of one request, one visit or one call
KINDS = ("original_medicare", "medigap", "hmo", "employer_self_funded")


def full(mode: str, kind: str, *, again: bool = False) -> Case:
    answers = {"referral": {"answer": "no"}, "assignment": {"answer": "yes"}}
    call = {"id": "k1", "when": "2026-11-20T10:00", "rep": "Deshawn", "reference": "REF-1", "answers": answers}
    return Case.model_validate(
        {
            "id": "full",
            "mode": mode,
            "person": {"name": PEOPLE["self"], "birth_date": "1953-06-21"},
            "parties": [
                {"id": "p1", "name": PEOPLE["caregiver"], "role": "family", "relationship": "daughter"},
                {"id": "p2", "name": PEOPLE["advocate"], "role": "advocate"},
            ],
            "clinicians": [
                {"id": "c1", "name": "Dr. Ames", "role": "first"},
                {"id": "c2", "name": "Dr. Lin", "facility": "Lakeside", "npi": "1234567893", "role": "second"},
            ],
            "insurance": {
                "plan": {
                    "type": kind,
                    "name": "Bramble Plan",
                    "member_id_last4": "QX41",
                    "phone": "" if "medi" in kind else "614-555-0100",
                },
                "calls": [call] if again else [],
            },
            # the visit does not name the clinician: there is only one that it can be
            "visit": {"appointments": [{"id": "v1", "start": "2026-12-20", "state": "booked"}]},
        }
    )


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mode", PEOPLE)
def test_the_printed_script_has_no_blank_for_what_is_known(mode: str, kind: str, again: bool) -> None:
    words = paper.text(full(mode, kind, again=again), "call-script")
    assert not BLANK.search(words)
    known = [f"My name is {PEOPLE[mode]}.", "Walter Example-Finch, Jun 21, 1953", "QX41", "December 20, 2026"]
    known += ["Dr. Lin, Lakeside, NPI 1234567893", "1-800-633-4227" if "medi" in kind else "614-555-0100"]
    network = ["Is Dr. Lin in your network?"]
    known += network if "medi" not in kind else ["Does Dr. Lin accept Medicare assignment?"] * (not again)
    known += ["My last call was on Nov 20, 2026. I spoke with Deshawn.", "REF-1"] * again
    for part in known:
        assert part in words, part


@pytest.mark.usefixtures("on_day")
@pytest.mark.parametrize("key", sorted(passages("script")))
def test_the_page_says_what_is_known_too(key: str) -> None:
    open_store().create(full("caregiver", "hmo"))
    (said,) = page(wb.form(OpenCase(), wb.say(key))).fields
    assert key in PER_ENTRY or not BLANK.search(str(said["text"]))
    assert not re.search(r"\{\w+[|}]", str(said))
    if key == "rec-call":
        assert "The visit is on Sunday, December 20, 2026." in said["text"]


def test_what_nobody_knows_is_left_out_on_the_page_and_a_blank_on_paper() -> None:
    (said,) = page(wb.form(opened(), wb.say("rec-call"))).fields
    assert "{" not in str(said["text"])
    empty = paper.text(Case(mode="caregiver"), "call-script")
    assert "My name is ____" in empty
    assert "this one" not in empty

"""An offer gets one answer: the first. A new offer replaces the one before it, so only one person can accept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.case import Items
from workbook.case.hand_over import HandOver, OfferState, Outcome, with_answer, with_offer

YES, NO = OfferState.ACCEPTED, OfferState.REFUSED


def one(key: str = "h1", **values: str) -> HandOver:
    return HandOver.model_validate({"id": key, "offered_to": "Sam", "note": "Call", **values})


@pytest.mark.parametrize("state", [YES, NO])
def test_the_answer_is_written_into_the_offer_and_the_offer_keeps_its_words(state: OfferState) -> None:
    offers, outcome = with_answer(with_offer(Items(), one()), one(state=state, answered_by="Sam O", note="Other"))
    assert outcome is Outcome.RECORDED
    assert (offers["h1"].state, offers["h1"].answered_by, offers["h1"].note) == (state, "Sam O", "Call")


@pytest.mark.parametrize(
    ("held", "answer", "outcome"),
    [
        ({"state": YES, "answered_by": "Sam"}, {"state": YES, "answered_by": "Sam"}, Outcome.KNOWN),
        ({"state": YES, "answered_by": "Sam"}, {"state": YES, "answered_by": "Kim"}, Outcome.TOO_LATE),
        ({"state": YES, "answered_by": "Sam"}, {"state": NO, "answered_by": "Sam"}, Outcome.TOO_LATE),
        ({"state": NO, "answered_by": "Sam"}, {"state": YES, "answered_by": "Sam"}, Outcome.TOO_LATE),
        ({"state": OfferState.WITHDRAWN}, {"state": YES, "answered_by": "Sam"}, Outcome.TOO_LATE),
    ],
)
def test_only_the_first_answer_counts(held: dict[str, str], answer: dict[str, str], outcome: Outcome) -> None:
    before = Items([one(**held)])
    assert with_answer(before, one(**answer)) == (before, outcome)


def test_an_answer_to_another_offer_changes_nothing() -> None:
    before = Items([one()])
    assert with_answer(before, one("h2", state=YES)) == (before, Outcome.NO_OFFER)


@given(st.lists(st.tuples(st.sampled_from(["offer", YES, NO]), st.integers(0, 3), st.sampled_from("AB"))))
def test_whatever_comes_in_which_order_at_most_one_offer_is_open_and_no_answer_changes(
    steps: list[tuple[str, int, str]],
) -> None:
    offers: Items[HandOver] = Items()
    answered: dict[str, HandOver] = {}
    for what, number, who in steps:
        key = f"h{number}"
        if what == "offer" and key not in offers:
            offers = with_offer(offers, one(key))
        elif what != "offer":
            offers, _ = with_answer(offers, one(key, state=what, answered_by=who))
        assert sum(o.state is OfferState.OFFERED for o in offers.values()) <= 1
        for known, before in answered.items():
            assert offers[known] == before
        answered = {k: o for k, o in offers.items() if o.state in (YES, NO)}

"""After any actions, undoing every row of the history, newest first, restores the initial state."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import case, session
from workbook.case import Own
from workbook.session import Change

ITEMS = st.sampled_from(["r-mri", "r-report", "rec-labs", "rec-images", "r-new"])
PEOPLE = st.sampled_from(["c-first", "c-second"])
TEXTS = st.sampled_from(["", "a", "Some words", "2026-12", "2026-13", None])
FIELDS = st.sampled_from(["title", "received_on", "facility", "paired_with"])
CHANGES = st.one_of(
    st.builds(lambda i, f, t: Change("put", f"records.items.{i}.{f}", t), ITEMS, FIELDS, TEXTS),
    st.builds(lambda t: Change("put", "goal.decide_by", t), TEXTS),
    st.builds(lambda t: Change("put", "own.dog", Own(words="Is there a dog?", value=t)), TEXTS),
    st.builds(lambda i, c, t: Change("put", f"viewed.{i}.{c}.how", t), ITEMS, PEOPLE, st.sampled_from(["images", ""])),
    st.builds(lambda i, b: Change("add", "records.items", {"id": i}, before=b), ITEMS, ITEMS),
    st.builds(lambda i, b: Change("move", f"records.items.{i}", before=b), ITEMS, ITEMS | st.none()),
    st.builds(lambda i: Change("remove", f"records.items.{i}"), ITEMS),
    st.builds(lambda c: Change("remove", f"clinicians.{c}"), PEOPLE),
)


@given(st.lists(st.lists(CHANGES, min_size=1, max_size=3), max_size=8))
def test_back_to_the_start(messages: list[list[Change]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        start = case(notes=[{"id": "n1", "text": "long " * 4000}])  # enough history for all of it
        page = session(Path(folder), of=start)
        begun = page.store.read("knee")[1]
        for message in messages:
            done = page.apply(message)
            assert len(done.results) == len(message)
            assert page.store.read("knee")[1] == page.case.model_dump(mode="json"), "the page holds what is stored"
        for row in reversed(page.store.history("knee")):
            page.undo(row.token)
        assert {**page.store.read("knee")[1], "updated": ""} == {**begun, "updated": ""}
        page.store.close()

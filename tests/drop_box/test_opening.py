"""What waits in a drop box is opened: a client's file is merged, any other is set aside with its reason."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest
from pyrage import x25519

from tests.drop_box.running import KEY, sealed
from workbook.case import Case, add, dump, new_id, put, read
from workbook.case.model import Own
from workbook.drop_box import key, opening
from workbook.drop_box.box import Box
from workbook.drop_box.opening import UNFIT, UNKNOWN, UNMARKED, Came, load, open_all
from workbook.errors import BadFile, StoreTrouble
from workbook.session.merge import MARK, SENT, handed_out, sent, to_send
from workbook.store import Store, open_store

DAY = dt.date(2026, 11, 30)


class Practice:
    """A workbook that was handed out to a client, and the drop box."""

    def __init__(self, folder: Path, store: Store | None = None) -> None:
        self.store, self.box, self._count = store or open_store(), Box(folder / "box"), 0
        self.box.prepare()
        case = put(Case(id="wb1", nickname="Knee"), "goal.decision", "Surgery or not")
        self.store.create(add(case, "notes", {"id": "n1", "text": "OURS", "visibility": "advocate_private"}))
        self.client = handed_out(self.store, "wb1", DAY)

    def write(self, path: str, value: Any) -> None:
        """The advocate changes an answer."""
        case = put(self.now, path, value)
        self.store.change("wb1", "me", lambda _: case.model_dump(mode="json"), alone=True)

    def send(self, client: Case | None = None) -> tuple[Case, bytes]:
        """The client sends a copy: their workbook afterwards, and the file."""
        mark, one = new_id(), client or self.client
        data = sealed(dump(to_send(one, mark, DAY)))
        self.arrive(data)
        return sent(one, mark, DAY), data

    def arrive(self, data: bytes) -> None:
        self._count += 1
        file = self.box.folder / f"{self._count:032x}.age"
        file.write_bytes(data)
        os.utime(file, (self._count, self._count))

    def open(self) -> list[Came]:
        return [*open_all(self.store, self.box, KEY, DAY)]

    @property
    def now(self) -> Case:
        return read(self.store.read("wb1")[1])


@pytest.fixture
def here(tmp_path: Path) -> Practice:
    return Practice(tmp_path)


def test_what_a_client_changed_is_merged_and_the_file_is_gone(here: Practice) -> None:
    here.write("goal.stakes", "high")
    here.send(put(here.client, "goal.own_words", "To walk"))
    (came,) = here.open()
    assert came.merged is not None
    assert (came.key, came.why, came.merged.conflicts) == ("wb1", "", ())
    assert (here.now.goal.own_words, str(here.now.goal.stakes), [*here.now.notes]) == (
        *("To walk", str(put(Case(), "goal.stakes", "high").goal.stakes)),
        ["n1"],
    )
    assert here.box.waiting() == here.open() == []


def test_notes_only_for_the_client_stay_with_them(here: Practice) -> None:
    one = add(here.client, "notes", {"id": "n2", "text": "MINE", "visibility": "advocate_private"})
    one = add(one, "notes", {"id": "n3", "text": "FAMILY", "visibility": "patient"})
    here.send(one)
    here.open()
    assert [*here.now.notes] == ["n1", "n3"]


def test_an_answer_that_the_client_changes_again_is_no_conflict(here: Practice) -> None:
    client, _ = here.send(put(here.client, "goal.own_words", "To walk"))
    here.open()
    client, _ = here.send(put(client, "goal.own_words", "To run"))
    client, _ = here.send(put(client, "goal.own_words", "To dance"))
    assert [came.merged.conflicts for came in here.open() if came.merged] == [(), ()]
    assert here.now.goal.own_words == "To dance"
    here.send(put(client, "goal.own_words", ""))
    here.open()
    assert here.now.goal.own_words == ""


def test_what_the_advocate_wrote_is_never_undone_by_a_later_copy(here: Practice) -> None:
    here.write("goal.decision", "Which surgery")
    client, _ = here.send(put(here.client, "goal.own_words", "To walk"))
    here.open()
    here.write("goal.own_words", "To walk without pain")
    here.send(put(client, "goal.decide_by", "2026-12-24"))
    (came,) = here.open()
    assert came.merged is not None
    assert came.merged.conflicts == ()
    now = here.now.goal
    assert (now.decision, now.own_words, str(now.decide_by)) == ("Which surgery", "To walk without pain", "2026-12-24")
    here.send(put(client, "goal.own_words", "To run"))
    (came,) = here.open()
    assert came.merged is not None
    assert [one.path for one in came.merged.conflicts] == ["goal.own_words"]
    assert here.now.goal.own_words == "To walk without pain"


def test_a_copy_that_is_sent_again_by_somebody_changes_nothing(here: Practice) -> None:
    client, first = here.send(put(here.client, "goal.own_words", "To walk"))
    here.open()
    here.send(put(client, "goal.own_words", "To run"))
    here.open()
    before = here.store.read("wb1")
    for _ in range(3):
        here.arrive(first)
    assert [came.merged.older for came in here.open() if came.merged] == [True] * 3
    assert here.store.read("wb1") == before


def test_copies_that_arrive_in_the_wrong_order_undo_nothing(here: Practice) -> None:
    client, first = here.send(put(here.client, "goal.own_words", "To walk"))
    here.box.waiting()[0].unlink()
    here.send(put(client, "goal.own_words", "To run"))
    here.open()
    here.arrive(first)
    here.open()
    assert here.now.goal.own_words == "To run"


def test_a_second_device_of_the_client_does_not_undo_the_first(here: Practice) -> None:
    phone, computer = here.client, here.client
    phone, _ = here.send(put(phone, "goal.own_words", "To walk"))
    here.open()
    here.send(put(computer, "goal.decide_by", "2026-12-24"))
    here.open()
    here.send(put(phone, "goal.own_words", "To run"))
    here.open()
    assert (here.now.goal.own_words, str(here.now.goal.decide_by)) == ("To run", "2026-12-24")


def test_a_choice_that_was_undone_here_stays_undone(here: Practice) -> None:
    client, _ = here.send(put(here.client, "goal.own_words", "To walk"))
    here.open()
    here.write("goal.own_words", "")
    here.send(put(client, "goal.decide_by", "2026-12-24"))
    here.open()
    assert here.now.goal.own_words == ""


def test_files_of_strangers_are_set_aside_and_nothing_is_deleted(here: Practice) -> None:
    good = dump(to_send(put(here.client, "goal.own_words", "To walk"), new_id(), DAY))
    whole = sealed(good)
    bad = {
        whole[:-40]: key.DAMAGED,
        whole[:-1] + bytes([whole[-1] ^ 1]): key.DAMAGED,
        sealed(good, x25519.Identity.generate()): key.OTHER,
        sealed(dump(Case(id="other1"))): UNKNOWN,
        sealed(dump(put(Case(id="wb1"), "goal.own_words", "FORGED"))): UNMARKED,
        b"age-encryption.org/v1\nnonsense": key.DAMAGED,
    }
    before = here.store.read("wb1")
    for data in bad:
        here.arrive(data)
    here.arrive(sealed(b"{}"))
    here.arrive(sealed(b"\0" * 1000))
    here.arrive(whole)
    came = here.open()
    assert [one.why for one in came[: len(bad)]] == [*bad.values()]
    assert all(one.why for one in came[:-1])
    assert [one.file.read_bytes() for one in came[: len(bad)]] == [*bad]
    assert before != here.store.read("wb1"), "the last one is the client's"
    assert here.now.goal.own_words == "To walk"
    assert here.box.waiting() == []


def test_a_file_whose_merge_fails_stops_no_other(here: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    own = {"parking\x1f.": Own(words="PRIVATE")}  # a whole case by itself, and no longer one after its merge
    here.send(here.client.model_copy(update={"own": own}))
    here.send(put(here.client, "goal.own_words", "To walk"))
    bad, good = here.open()
    assert (bad.merged, bad.file.parent.name, good.why) == (None, "aside", "")
    assert bad.why
    assert here.now.goal.own_words == "To walk"
    for error in (KeyError("PRIVATE"), TypeError("PRIVATE"), ValueError("PRIVATE")):

        def fail(*_: Any, wrong: Exception = error) -> None:
            raise wrong

        with monkeypatch.context() as patch:
            patch.setattr(opening, "merge", fail)
            here.send(put(here.client, "goal.own_words", "To run"))
            (bad,) = here.open()
        assert bad.why == UNFIT


def test_a_box_is_opened_by_one_at_a_time(here: Practice) -> None:
    here.send(put(here.client, "goal.own_words", "To walk"))
    here.send(put(here.client, "goal.decide_by", "2026-12-24"))
    first = open_all(here.store, here.box, KEY, DAY)
    assert next(first).merged is not None
    with pytest.raises(StoreTrouble, match="another program"):
        here.open()
    assert len(here.box.waiting()) == 1
    assert [came.why for came in first] == [""]
    assert here.open() == []


def test_a_file_that_somebody_removed_is_passed_over(here: Practice) -> None:
    for words in ("To walk", "To run", "To dance"):
        here.send(put(here.client, "goal.own_words", words))
    files, opened = here.box.waiting(), open_all(here.store, here.box, KEY, DAY)
    next(opened)
    files[1].unlink()
    assert [came.file for came in opened] == [files[2]]


def test_a_stranger_cannot_guess_the_mark_of_a_copy(here: Practice) -> None:
    (mark,) = here.client.exports
    assert len(mark) == 33
    forged = put(Case(id="wb1"), "goal.own_words", "FORGED")
    records = [{"id": mark, "profile": profile} for profile in ("", SENT, "A summary")]
    for record in records:  # the id alone is not enough
        here.send(add(forged, "exports", record))
    short = add(forged, "exports", {"id": "abc234", "profile": MARK})
    here.store.change("wb1", "me", lambda stored: {**stored.body, "exports": short.model_dump(mode="json")["exports"]})
    here.send(short)
    assert [came.why for came in here.open()] == [UNMARKED] * 4
    assert here.now.goal.own_words == ""


def test_a_file_can_be_loaded_on_purpose(here: Practice, tmp_path: Path) -> None:
    file = tmp_path / "a.age"
    file.write_bytes(sealed(dump(put(Case(id="other1"), "goal.own_words", "To see"))))
    assert load(here.store, file, KEY, DAY).key == "other1"
    assert read(here.store.read("other1")[1]).goal.own_words == "To see"
    assert load(here.store, file, KEY, DAY).merged is not None
    file.write_bytes(b"age-encryption.org/v1\n")
    with pytest.raises(BadFile):
        load(here.store, file, KEY, DAY)


def test_a_crash_between_merging_and_removing_loses_and_doubles_nothing(
    here: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.send(add(here.client, "tasks", {"id": "t1", "what": "Call"}))

    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.unlink", crash)
        with pytest.raises(KeyboardInterrupt):
            here.open()
    before = here.store.read("wb1")
    (came,) = here.open()
    assert came.merged is not None
    assert came.merged.older
    assert here.store.read("wb1") == before
    assert [*here.now.tasks] == ["t1"]


def test_a_store_that_fails_leaves_the_file_where_it_is(here: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    here.send(put(here.client, "goal.own_words", "To walk"))

    def busy(*_: object, **__: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(type(here.store), "change", busy)
        with pytest.raises(OSError):  # noqa: PT011
            here.open()
    assert len(here.box.waiting()) == 1
    here.open()
    assert here.now.goal.own_words == "To walk"


def test_a_practice_in_postgresql_opens_its_box_in_the_same_way(practice: Any, tmp_path: Path) -> None:
    here = Practice(tmp_path, practice.store("ada"))
    client, _ = here.send(put(here.client, "goal.own_words", "To walk"))
    here.open()
    here.send(put(client, "goal.own_words", "To run"))
    (came,) = here.open()
    assert came.merged is not None
    assert (came.merged.conflicts, here.now.goal.own_words) == ((), "To run")
    here.send(put(client, "goal.own_words", "To dance"))
    here.store = practice.store("ben")  # who does not have this workbook
    assert [came.why for came in here.open()] == [UNKNOWN]

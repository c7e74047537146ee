"""A client's page sends the workbook to the drop box; "sent" is said only once it is kept there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from workbook import awaited, where
from workbook.case import Case, add, parse, put, read
from workbook.errors import Awaited
from workbook.session.merge import SENT
from workbook.site import content_file
from workbook.store import open_store
from workbook.ui import prepared
from workbook.ui.asking.pages import notebooks_dir
from workbook.ui.handle import OpenCase
from workbook.ui.panels import home, packet, sending, workbooks

KEY = "age1" + "q" * 58
Answer = Callable[[OpenCase], Any]


@pytest.fixture
def handle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The browser of a client whose site has a drop box, with an open workbook."""
    (tmp_path / "prepared").mkdir()
    (tmp_path / prepared.DROP_BOX).write_text(KEY, "ascii")
    monkeypatch.setenv("WORKBOOK_PACKS", str(tmp_path))
    monkeypatch.setenv("WORKBOOK_APP", "browser")
    monkeypatch.setattr(where, "in_browser", lambda: True)
    note = {"id": "n1", "text": "MINE", "visibility": "advocate_private"}
    open_store().create(add(builders.case("knee"), "notes", note))
    monkeypatch.setenv("QUERY_STRING", "case=knee")
    yield OpenCase()
    awaited.forget()


def stored() -> Case:
    return read(open_store().read("knee")[1])


def press(handle: OpenCase) -> Any:
    return workbooks.presses()["send"](handle, "knee")


def job(handle: OpenCase) -> dict[str, Any]:
    with pytest.raises(Awaited) as asked:
        press(handle)
    return asked.value.job


def test_it_is_offered_only_where_there_is_a_drop_box(handle: OpenCase, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = workbooks.view(handle)
    assert 'data-press="send"' in shown
    assert ">Send to your advocate</a>" in home.view(handle)
    assert "Nothing is sent until you press" in shown
    monkeypatch.delenv("WORKBOOK_PACKS")
    assert "Send to your advocate" not in home.view(handle)
    shown = workbooks.view(handle)
    assert 'data-press="send"' not in shown
    assert "Nothing is sent anywhere." in shown
    monkeypatch.setenv("WORKBOOK_APP", "voila")
    assert not sending.offered()


def test_the_worker_gets_a_copy_without_notes_only_for_the_client(handle: OpenCase) -> None:
    asked = job(handle)
    assert (asked["do"], asked["to"]) == ("drop", KEY)
    copy = parse(asked["data"])
    assert (copy.id, [*copy.notes], [one.profile for one in copy.exports.values()][-1]) == ("knee", [], SENT)
    assert not [one for one in stored().exports.values() if one.profile == SENT], "nothing is noted before it is kept"


def test_sent_is_said_and_noted_once_it_is_kept(handle: OpenCase) -> None:
    asked = job(handle)
    assert job(handle)["key"] == asked["key"], "the same copy, when the message is heard again"
    awaited.hand_over(asked["key"], "sum")
    answer = press(handle)
    assert answer["text"] == sending.DONE
    assert "Last sent on" in answer["html"]
    assert [*parse(asked["data"]).exports] == [*stored().exports], "both sides know the mark"
    assert "Last sent on" in workbooks.view(OpenCase())
    assert packet._made(stored()) == [], "it is no document"
    assert job(handle)["key"] != asked["key"], "the next copy is another one"


def test_the_day_that_is_noted_is_the_real_one_while_a_demo_is_open(handle: OpenCase) -> None:
    demo = stored().model_copy(update={"demo_today": "2026-01-02"})
    open_store().change("knee", "me", lambda _: demo.model_dump(mode="json"), alone=True)
    handle.visited("knee")
    assert handle.today() == dt.date(2026, 1, 2)
    copy = parse(job(handle)["data"])
    assert [one.on for one in copy.exports.values()][-1] == dt.date.today().isoformat()  # noqa: DTZ011


def test_a_copy_of_other_answers_has_another_mark(handle: OpenCase) -> None:
    first = job(handle)
    changed = put(stored(), "goal.own_words", "To dance")
    open_store().change("knee", "me", lambda _: changed.model_dump(mode="json"), alone=True)
    assert [*parse(first["data"]).exports] != [*parse(job(handle)["data"]).exports]


@pytest.mark.parametrize("why", ["offline", "busy", "full", "large", "closed", "something else"])
def test_what_did_not_arrive_is_said_with_a_way_out(handle: OpenCase, why: str) -> None:
    asked = job(handle)
    awaited.failed(asked["key"], why)
    shown = press(handle)
    assert "It was not sent. Your answers are safe on this device." in shown
    assert "save the file" in shown.lower()
    assert shown.count('role="alert"') == 1
    assert "Last sent" not in shown
    again = job(handle)
    assert [*parse(again["data"]).exports] != [*parse(asked["data"]).exports], "it may have arrived all the same"


def test_a_workbook_that_is_too_large_is_not_tried(handle: OpenCase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "LARGEST", 10)
    assert "too large for the drop box" in press(handle)


def test_the_name_of_the_file_is_the_same_on_both_sides() -> None:
    assert content_file.DROP_BOX == prepared.DROP_BOX
    content = content_file.content(notebooks_dir(), None, b"", KEY).decode()
    assert KEY in content
    assert KEY not in content_file.content(notebooks_dir(), None).decode()

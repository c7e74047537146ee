"""An advocate's page opens what clients have sent, and says what came of each file."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pyrage
import pytest

from tests import builders
from workbook.case import dump, new_id, put, read
from workbook.documents import encryption
from workbook.drop_box import box, key, opening
from workbook.errors import StoreTrouble
from workbook.session.merge import Merged, handed_out, merge, to_send
from workbook.store import open_store
from workbook.ui.handle import OpenCase
from workbook.ui.panels import home, received, workbooks

DAY = dt.date(2026, 11, 30)


class Advocate:
    def __init__(self, lock: str = "") -> None:
        data, public = key.make()
        self.key = pyrage.x25519.Recipient.from_str(public)
        open_store().create(put(builders.case("knee"), "nickname", "Knee"))
        self.client = handed_out(open_store(), "knee", DAY)
        key.place().write_bytes(encryption.close(data, lock) if lock else data)
        box.place().mkdir()

    def arrive(self, data: bytes | None = None, **answers: str) -> Path:
        case = self.client
        for name, value in answers.items():
            case = put(case, f"goal.{name}", value)
        data = data or pyrage.encrypt(dump(to_send(case, new_id(), DAY)), [self.key])
        file = box.place() / f"{new_id().encode().hex():0>32}.age"
        file.write_bytes(data)
        return file


def press(handle: OpenCase, value: Any = None) -> str:
    return str(workbooks.presses()["receive"](handle, value))


def test_nothing_is_shown_without_a_key_or_without_files() -> None:
    assert "drop box" not in workbooks.view(OpenCase())
    one = Advocate()
    assert "drop box" not in workbooks.view(OpenCase())
    one.arrive()
    assert "1 file is waiting in your drop box." in workbooks.view(OpenCase())
    assert "1 file is waiting in your drop box." in home._begin(OpenCase())
    key.place().unlink()
    assert "drop box" not in home._begin(OpenCase())
    assert "drop box" not in workbooks.view(OpenCase())


def test_files_are_merged_and_what_came_of_them_is_said() -> None:
    one, handle = Advocate(), OpenCase()
    one.arrive(own_words="To walk", decide_by="2026-12-24")
    one.arrive(b"age-encryption.org/v1\n" + os.urandom(400))
    one.arrive(b"age-encryption.org/v1\n" + os.urandom(400))
    shown = press(handle)
    assert "Knee" in shown
    assert "2 new answers." in shown
    assert f"2 files were set aside. {key.DAMAGED}" in shown
    assert str(box.place() / box.ASIDE) in shown
    assert "waiting" not in shown
    assert read(open_store().read("knee")[1]).goal.own_words == "To walk"
    assert "From your clients" not in workbooks.view(OpenCase()), "it is said once"


def test_an_answer_that_differs_is_said() -> None:
    one = Advocate()
    case = put(read(open_store().read("knee")[1]), "goal.own_words", "To run")
    open_store().change("knee", "me", lambda _: case.model_dump(mode="json"), alone=True)
    one.arrive(own_words="To walk")
    assert "Yours were kept. Open it to choose." in press(OpenCase())


def test_a_locked_key_needs_its_passphrase() -> None:
    one, handle = Advocate("four Plain words"), OpenCase()
    one.arrive(own_words="To walk")
    assert 'type="password"' in workbooks.view(handle)
    shown = press(handle, {"passphrase": "not these words"})
    assert encryption.WRONG in shown
    assert 'aria-invalid="true"' in shown
    assert "1 file is waiting" in shown
    assert "1 new answer." in press(handle, {"passphrase": "four Plain words"})


def test_a_key_that_is_none_is_said() -> None:
    one = Advocate()
    one.arrive()
    key.place().write_text("nonsense")
    assert key.NOT_A_KEY in press(OpenCase())
    assert len([*box.place().glob("*.age")]) == 1


def test_what_was_merged_before_an_error_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    one, handle, count = Advocate(), OpenCase(), 0
    for words in ("To walk", "To run", "To dance"):
        one.arrive(own_words=words)

    def fails(*given: Any) -> Merged:
        nonlocal count
        count += 1
        if count == 3:
            raise StoreTrouble("The disk is full.")
        return merge(*given)

    with monkeypatch.context() as patch:
        patch.setattr(opening, "merge", fails)
        shown = press(handle)
    assert "The disk is full." in shown
    assert "1 file is waiting in your drop box." in shown
    assert shown.count("Knee</span>:") + shown.count("Knee</a>:") == 2
    assert "is waiting" not in press(handle)


def test_a_box_that_another_program_opens_is_said() -> None:
    one, handle = Advocate(), OpenCase()
    one.arrive(own_words="To walk")
    with box.Box(box.place()).opening():
        shown = press(handle)
    assert box.BUSY in shown
    assert "1 file is waiting" in shown
    assert "1 new answer." in press(handle)


def test_a_box_that_cannot_be_read_is_said_in_its_section_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    Advocate().arrive()

    def closed(_self: box.Box) -> list[Path]:
        raise PermissionError

    monkeypatch.setattr(box.Box, "waiting", closed)
    assert "drop box" not in home._begin(OpenCase())
    for shown in (workbooks.view(OpenCase()), press(OpenCase())):
        assert received.UNREAD in shown
        assert "Knee" in shown
        assert "waiting" not in shown


def test_files_are_opened_on_the_real_day_while_a_demo_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    one, days = Advocate(), list[dt.date]()
    open_store().create(builders.case("demo").model_copy(update={"demo_today": "2026-01-02", "synthetic": True}))
    handle = OpenCase(wanted="demo")
    assert handle.today() == dt.date(2026, 1, 2)
    one.arrive(own_words="To walk")

    def on(*given: Any) -> Merged:
        days.append(given[2])
        return merge(*given)

    monkeypatch.setattr(opening, "merge", on)
    press(handle)
    assert days == [dt.date.today()]  # noqa: DTZ011 - the test's own day


def test_a_public_demo_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    Advocate().arrive()
    monkeypatch.setenv("WORKBOOK_DEMO_ONLY", "1")
    assert "drop box" not in workbooks.view(OpenCase())

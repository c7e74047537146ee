"""A site for one client brings their workbook along, locked; what they add comes back and is merged."""

from __future__ import annotations

import base64
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.site.whole_site import Visitor, Whole
from workbook.case import Case, add, dump, parse, put, read
from workbook.cli import main
from workbook.documents import encryption
from workbook.session.merge import handed_out, merge
from workbook.site import content_file
from workbook.store import open_store
from workbook.ui import prepared
from workbook.ui.asking.pages import notebooks_dir
from workbook.ui.handle import OpenCase
from workbook.ui.panels import encrypted_files, home, workbooks

DAY = dt.date(2026, 11, 30)
WORDS = "four Plain words"


def stored() -> Case:
    case = put(builders.case("knee"), "nickname", "Knee")
    open_store().create(add(case, "notes", {"id": "n1", "text": "SECRET", "visibility": "advocate_private"}))
    return case


@pytest.fixture
def brought(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    """The browser of a client whose site has this workbook."""
    case = builders.case("knee")
    file = tmp_path / prepared.FILE
    file.parent.mkdir()
    file.write_text(base64.b64encode(encryption.close(dump(case), WORDS)).decode(), "ascii")
    monkeypatch.setenv("WORKBOOK_PACKS", str(tmp_path))
    monkeypatch.setenv("WORKBOOK_APP", "browser")
    monkeypatch.setenv("QUERY_STRING", "")
    return case


def test_the_first_page_offers_the_workbook_and_the_passphrase_opens_it(brought: Case) -> None:
    handle = OpenCase()
    assert "A workbook is ready for you" in home.view(handle)
    assert "Who is it for?" not in home.view(handle)
    shown = workbooks.view(handle)
    assert 'id="wb-passphrase"' in shown
    assert shown.index("Open your workbook") < shown.index("Where your answers are saved"), "it is the first thing"
    assert "who is it for?" not in shown, "nobody starts an empty workbook by mistake"
    assert "The file you chose" not in shown
    wrong = workbooks.presses()["unlock"](handle, {"passphrase": "not these words"})
    assert encryption.WRONG in str(wrong)
    workbooks.presses()["unlock"](handle, {"passphrase": WORDS})
    (row,) = open_store().cases()
    assert row.id == brought.id
    assert "A workbook is ready for you" not in home.view(OpenCase())
    assert 'id="wb-passphrase"' not in workbooks.view(OpenCase())


def test_it_can_be_put_aside(brought: Case) -> None:
    handle = OpenCase()
    workbooks.view(handle)
    workbooks.presses()["give_up"](handle, "")
    assert not encrypted_files.waits(handle)
    assert 'id="wb-passphrase"' not in workbooks.view(handle)


def test_a_computer_and_a_site_for_everybody_offer_nothing(brought: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_APP", "voila")
    assert prepared.locked() is None
    monkeypatch.setenv("WORKBOOK_APP", "browser")
    monkeypatch.delenv("WORKBOOK_PACKS")
    assert prepared.locked() is None


def test_the_name_of_the_file_is_the_same_on_both_sides() -> None:
    assert content_file.PREPARED == prepared.FILE
    text = content_file.content(notebooks_dir(), None, b"locked").decode()
    assert json.loads(text)["packs"] == {prepared.FILE: base64.b64encode(b"locked").decode()}


def test_the_command_locks_the_workbook_without_private_notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case, built = stored(), {}
    monkeypatch.setattr("workbook.site.parts.prepare", lambda **_: [])
    monkeypatch.setattr("workbook.site.build.build", lambda *_, **more: built.update(more))
    (tmp_path / "words.txt").write_text(WORDS, "utf-8")
    given = ["--for", case.id, "--passphrase-file", str(tmp_path / "words.txt")]
    assert main(["site", "--to", str(tmp_path / "out"), *given]) == 0
    copy = parse(encryption.open_(built["locked"], WORDS))
    assert (copy.id, copy.nickname, [*copy.notes]) == (case.id, "Knee", [])
    assert b"SECRET" not in built["locked"]
    assert [*read(open_store().read(case.id)[1]).notes] == ["n1"]


def test_an_unknown_client_is_said_before_a_passphrase_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["site", "--to", str(tmp_path / "out"), "--for", "nobody"]) == 1
    assert "passphrase" not in capsys.readouterr().err.lower()
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
@pytest.mark.usefixtures("real_sealing")
def test_a_client_opens_it_on_a_phone_and_the_file_comes_back(tmp_path: Path, browser: Any) -> None:
    case, store = stored(), open_store()
    site = Whole(tmp_path, locked=encryption.close(dump(handed_out(store, case.id, DAY)), WORDS))
    person = Visitor(browser, site)
    try:
        page = person.enter().page
        page.get_by_role("link", name="Open my workbook").click()
        page.wait_for_selector("#wb-passphrase")
        page.set_default_timeout(180_000)
        page.fill("#wb-passphrase", WORDS)
        page.get_by_role("button", name="Open my workbook").click()
        page.wait_for_function("() => location.search.includes('case=')")
        person.ready()
        assert "Knee" in page.locator("#wb-side summary").first.inner_text()
        back = parse(person.go("workbooks").download("Download"))
    finally:
        person.leave()
        site.stop()
    assert person.errors == []
    merge(store, put(back, "goal.own_words", "To climb stairs"), DAY)
    (row,) = store.cases()
    ours = read(store.read(row.id)[1])
    assert (ours.goal.own_words, [*ours.notes]) == ("To climb stairs", ["n1"])

"""Python's side of a page in the browser alone: pages, messages, and the file that the browser keeps."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests import builders
from workbook import where
from workbook.errors import Awaited, StoreTrouble
from workbook.store import home_dir, open_store
from workbook.ui import browser, links


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("WORKBOOK_APP", "browser")
    monkeypatch.setenv("SCRIPT_NAME", "/index.ipynb")
    monkeypatch.setenv("QUERY_STRING", "")
    monkeypatch.setattr(where, "in_browser", lambda: True)  # the store is one file there
    yield
    browser._groups.clear()
    browser._outbox.clear()
    browser._known[:] = [b"", frozenset()]


def shown(name: str, query: str = "", number: int = 1, on_screen: int = 0) -> dict[str, Any]:
    return json.loads(browser.page(name, query, number, on_screen))


def widgets(page: dict[str, Any]) -> list[dict[str, Any]]:
    """What the page says of its widgets."""
    pieces = page["html"].split('<script type="application/json">')[1:]
    return [json.loads(piece.partition("</script>")[0]) for piece in pieces]


def form(page: dict[str, Any]) -> dict[str, Any]:
    return next(one for one in widgets(page) if one["kind"] == "form")


def said() -> list[dict[str, Any]]:
    return [json.loads(text) for text, _ in browser.outbox()]


def save(page: dict[str, Any], words: str, rev: int = 1) -> list[dict[str, Any]]:
    change = {"op": "put", "path": "goal.own_words", "value": words, "based": None}
    where = next(one for one in widgets(page) if "goal.own_words" in json.dumps(one))
    content = {"do": "save", "page": "p", "rev": rev, "changes": [change]}
    browser.hear(where["id"], json.dumps(content), [])
    return said()


def test_a_page_has_its_words_its_map_and_its_widgets_with_their_first_message() -> None:
    open_store().create(builders.case("knee"))
    page = shown("1-goal", "case=knee")
    assert (page["do"], page["title"], page["steps"]) == ("page", "Set the goal", True)
    assert {one["kind"] for one in widgets(page)} == {"form", "panel"}
    assert form(page)["first"]["do"] == "state"
    assert 'href="2-clinician.html' in page["html"]
    assert ".ipynb" not in page["html"]
    assert links.here() == "1-goal"


def test_no_other_file_is_a_page() -> None:
    for name in ("../pyproject", "missing", "", ".hidden", "a/b"):
        assert shown(name) == {"do": "missing"}


def test_an_answer_is_acknowledged_and_the_file_to_keep_has_changed() -> None:
    open_store().create(builders.case("knee"))
    page = shown("1-goal", "case=knee")
    browser.kept()
    assert browser.image() is None
    [reply] = [one for one in save(page, "To walk again.") if one["content"]["do"] == "saved"]
    assert reply["content"]["rev"] == 1
    image = browser.image()
    assert image is not None
    data, erased = image
    assert data.startswith(b"SQLite format 3\0")
    assert not erased
    browser.kept()
    assert browser.image() is None


def test_an_erased_case_leaves_no_older_image() -> None:
    open_store().create(builders.case("knee"))
    browser.kept()
    open_store().erase("knee")
    image = browser.image()
    assert image is not None
    assert image[1] is True


def test_what_was_kept_comes_back(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store().create(builders.case("knee"))
    save(shown("1-goal", "case=knee"), "To walk again.")
    store = open_store()
    store.close()
    data = (home_dir() / "workbook.db").read_bytes()
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path / "new"))
    browser.restore(data)
    assert [row.id for row in open_store().cases()] == ["knee"]
    assert browser.image() is None, "it is kept already"


def test_the_page_before_can_still_save_its_last_words_and_older_ones_cannot() -> None:
    open_store().create(builders.case("knee"))
    first = shown("1-goal", "case=knee", 1)
    shown("2-clinician", "case=knee", 2, on_screen=1)
    assert any(one["content"]["do"] == "saved" for one in save(first, "Just in time."))
    shown("3-insurance", "case=knee", 3, on_screen=2)
    assert save(first, "Too late.", rev=2) == []


def test_the_page_on_screen_saves_while_others_are_asked_for_and_not_shown() -> None:
    open_store().create(builders.case("knee"))
    first = shown("1-goal", "case=knee", 1)
    for number in (2, 3, 4):  # three quick taps
        shown("2-clinician", "case=knee", number, on_screen=1)
    assert any(one["content"]["do"] == "saved" for one in save(first, "Still here."))
    assert len(browser._groups) == 2


def test_a_store_that_cannot_be_read_is_not_taken_for_an_erased_case(monkeypatch: pytest.MonkeyPatch) -> None:
    open_store().create(builders.case("knee"))
    browser.kept()
    store = open_store()

    def unreadable(*_: Any) -> None:
        raise StoreTrouble("damaged")

    store.create(builders.case("hip"))
    monkeypatch.setattr(type(store), "cases", unreadable)
    image = browser.image()
    assert image is not None
    assert image[1] is False, "the older image stays"


def test_a_job_ends_the_message_and_nothing_of_it_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    open_store().create(builders.case("knee"))
    page = shown("1-goal", "case=knee")

    def waits(*_: Any) -> None:
        raise Awaited({"do": "load", "what": "typst", "key": "k"})

    where = form(page)["id"]
    monkeypatch.setattr(browser._groups[1][where], "_on_open", waits)
    assert browser.hear(where, json.dumps({"do": "open"}), []) == {"do": "load", "what": "typst", "key": "k"}
    assert said() == []


def test_a_message_to_nobody_is_ignored() -> None:
    assert browser.hear("w999999", json.dumps({"do": "open"}), []) is None
    assert said() == []


def test_nothing_of_jupyter_is_loaded() -> None:
    code = (
        "import os, sys; os.environ.update(WORKBOOK_APP='browser', SCRIPT_NAME='/index.ipynb', QUERY_STRING='')\n"
        "from workbook.ui import browser; browser.page('1-goal', ''); browser.page('summary', '')\n"
        "print([m for m in ('IPython', 'ipywidgets', 'anywidget', 'traitlets', 'comm', 'tornado') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_the_next_pages_need_is_readied_piece_by_piece() -> None:
    """In a fresh Python: it ends, nothing is sent or stored by it, and the pages then import nothing more."""
    program = """
import sys
from workbook.ui import browser
from workbook.ui.panels.base import environment
browser.page("index", "")
browser.outbox(), browser.kept()
pieces = 1
while browser.warm():
    pieces += 1
assert not browser.warm() and browser.outbox() == [] and browser.image() is None, "nothing was written"
known = {*sys.modules}
made = environment().cache
for name in ("3-insurance", "4-records", "6-compare", "7-packet", "summary"):
    browser.page(name, "")
print(pieces > 20, sorted(n for n in {*sys.modules} - known if n.startswith("workbook.documents")), len(made) > 15)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "True [] True", done.stderr[-800:]

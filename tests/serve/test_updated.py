"""After an update under a running server, a page says to close it and start it again; a reload would not help."""

from __future__ import annotations

from pathlib import Path

from workbook.page.notices import WORDS
from workbook.page.templates import environment
from workbook.serve.frame import ServerSettings
from workbook.serve.updated import stamp


def test_a_changed_program_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    file = tmp_path / "deep" / "one.py"
    file.write_text("a = 1\n")
    before = stamp(tmp_path)
    assert stamp(tmp_path) == before
    file.write_text("a = 22\n")
    after = stamp(tmp_path)
    assert after != before
    (tmp_path / "two.py").write_text("")
    assert stamp(tmp_path) not in (before, after)
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "two.py").unlink()
    assert stamp(tmp_path) == after, "other files are no program"


def test_a_server_knows_what_it_started_with() -> None:
    place = ServerSettings(notebooks=Path())
    assert not place.is_updated
    place.began = "another program"
    assert place.is_updated


def test_the_page_says_what_to_do() -> None:
    assert "Close it and start it again" in WORDS["updated"]
    for updated in (True, False):
        frame = {
            "w": WORDS,
            "title": "",
            "lang": "en",
            "direction": "ltr",
            "ours": "",
            "base": "",
            "home": "",
            "links": [],
        }
        parts = environment().get_template("index.html.j2").make_module({**frame, "steps": False, "updated": updated})
        top, stopped = parts.top([]), parts.stopped()  # type: ignore[attr-defined]
        assert (WORDS["updated"] in top) is updated
        assert ("Reload" in stopped) is not updated

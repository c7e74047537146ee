"""With an unreadable database, the page says so, offers the newest good copy, and restores it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .flow import App

pytestmark = pytest.mark.slow


def test_the_daily_copy_is_restored(tmp_path: Path, browser: Any, person: Any) -> None:
    home = tmp_path / "home"
    app = App(home)
    try:
        key = app.run("new", "--nickname", "Phoenix")
        for empty in (home / "copies").glob("*.db"):
            empty.unlink()  # made before the first change ever; the next one contains Phoenix
        app.run("new", "--nickname", "Ash")
        assert list((home / "copies").glob("*.db"))
        app.stop()
        for side in ("-wal", "-shm"):
            (home / f"workbook.db{side}").unlink(missing_ok=True)
        database = home / "workbook.db"
        whole = database.read_bytes()
        database.write_bytes(whole[:100] + b"\x00damaged\x00" * (len(whole) // 9))
        app.start()

        me = person(app)
        me.enter()
        me.page.get_by_role("alert").first.wait_for()
        assert "Traceback" not in me.page.inner_text("main")
        me.follow("See what you can do", "workbooks")
        me.page.get_by_role("button", name="Bring back the copy from").click()
        me.page.get_by_text("The copy is back in place.").wait_for()
        assert "Phoenix" in me.page.inner_text("main")
        assert key in app.run("list")
        me.leave()
    finally:
        app.stop()

"""The short walk in Firefox and WebKit: start, type, saved, reload, step to step, then without a connection."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site.walk.other_browsers import Driven, Firefox, WebKit
from tests.site.walk.place import READY, Place

pytestmark = pytest.mark.slow
WORDS = "Is there a way without it?"
WISH = (
    "[...document.querySelectorAll('main textarea, main input')]"
    ".find((one) => one.labels?.[0]?.textContent.startsWith('Say it in your own words'))"
)
SAVED = "[...document.querySelectorAll('.wb-save')].some((one) => one.dataset.state === 'saved')"


def step(web: Driven, name: str) -> float:
    began = time.monotonic()
    web.run(f"[...document.querySelectorAll('a[href]')].find((a) => a.href.includes('/{name}.html')).click()")
    web.wait(f"location.pathname.endsWith('/{name}.html') && !document.body.hasAttribute('aria-busy')")
    web.wait(f"({READY})()")
    return time.monotonic() - began


@pytest.mark.parametrize("start", [Firefox, WebKit])
def test_the_short_walk(place: Place, tmp_path: Path, start: Callable[[Path], Driven]) -> None:
    place.start()
    seconds: dict[str, float] = {}
    web = start(tmp_path / "browser")
    try:
        began = time.monotonic()
        web.go(place.base)
        web.wait(f"({READY})()")
        seconds["first visit"] = time.monotonic() - began
        web.run("document.querySelector('button[data-press=start]').click()")
        web.wait("location.search.includes('start=about')")
        web.wait(f"({READY})()")
        web.run("document.querySelector('main form input').focus()")
        web.type("Knee")
        seconds["step"] = step(web, "1-goal")
        web.run(f"{WISH}.focus()")
        web.type(WORDS)
        seconds["saved"] = web.wait(SAVED)
        began = time.monotonic()
        web.go(str(web.run("location.href")))
        web.wait(f"({READY})()")
        seconds["reload"] = time.monotonic() - began
        assert web.run(f"{WISH}.value") == WORDS
        assert web.run("document.cookie") == ""
        for name in ("2-clinician", "7-packet", "summary", "1-goal"):
            seconds[f"to {name}"] = step(web, name)

        if web.run("'serviceWorker' in navigator"):
            web.wait("navigator.serviceWorker.ready.then(() => !!navigator.serviceWorker.controller)")
            place.stop()
            web.go(str(web.run("location.href")))
            web.wait(f"({READY})()")
            assert web.run(f"{WISH}.value") == WORDS
            step(web, "6-compare")
        print(json.dumps({name: round(value, 2) for name, value in seconds.items()}))
    finally:
        web.end()
        place.start()

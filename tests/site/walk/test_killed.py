"""A browser that is killed while it saves: what was acknowledged is there. Its own module: it starts many browsers."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import time
from pathlib import Path

import psutil
import pytest

from tests.chromium import ARGS, chromium
from tests.site.walk.place import Guest, Place

pytestmark = pytest.mark.slow
WISH = "Say it in your own words"


def killed_while_saving(place: Place, profile: Path, chance: random.Random, times: int) -> int:
    """Kills the browser at random moments while someone types; returns how many answers were acknowledged."""
    from playwright.sync_api import sync_playwright

    acknowledged, case = "", ""
    count = 0
    with sync_playwright() as play:
        for n in range(times + 1):
            context = play.chromium.launch_persistent_context(
                str(profile), executable_path=chromium(), args=ARGS, viewport={"width": 390, "height": 844}
            )
            me = Guest(context.pages[0], place)
            if not case:
                me.begin("Knee")
                case = me.case
            me.case = case
            me.go("1-goal")
            there = int(me.box(WISH).input_value() or 0)  # the last one may be kept without its acknowledgement
            assert there >= int(acknowledged or 0), "what was acknowledged is there"
            if n == times:
                context.close()
                break
            me.page.evaluate(_TYPE, [WISH, max(there, int(acknowledged or 0))])
            began, until = time.monotonic(), 0.0
            while not until or time.monotonic() < until:
                now = int(me.page.evaluate("() => window.wbSaved ?? 0"))
                acknowledged = str(max(now, int(acknowledged or 0)))
                if not until and (now or time.monotonic() - began > 60):
                    until = time.monotonic() + chance.uniform(0, 1.5)  # in the middle of one of the next saves
            for process in psutil.process_iter(["cmdline"]):
                if any(str(profile) in part for part in process.info["cmdline"] or []):
                    os.kill(process.pid, signal.SIGKILL)
            count = int(acknowledged)
            with contextlib.suppress(Exception):  # it is dead
                context.close()
    return count


# Types the next number whenever the last one was saved, and notes the last one that was acknowledged.
_TYPE = """([label, from]) => {
  const boxes = [...document.querySelectorAll('main textarea, main input')];
  const box = boxes.find((one) => one.labels?.[0]?.textContent.startsWith(label));
  let now = from;
  const next = () => {
    now += 1;
    box.value = String(now);
    box.dispatchEvent(new Event('input', { bubbles: true }));
    box.dispatchEvent(new Event('change', { bubbles: true }));
    box.blur();
  };
  const line = box.closest('form').querySelector('.wb-save');
  new MutationObserver(() => {
    if (line.dataset.state === 'saved') { window.wbSaved = now; setTimeout(next, 5); }
  }).observe(line, { attributes: true, attributeFilter: ['data-state'] });
  next();
}"""


def test_a_killed_browser_loses_nothing_acknowledged(place: Place, tmp_path: Path) -> None:
    place.start()
    assert killed_while_saving(place, tmp_path / "profile", random.Random(1), 5) >= 5


@pytest.mark.long
def test_a_browser_killed_a_hundred_times_loses_nothing_acknowledged(place: Place, tmp_path: Path) -> None:
    place.start()
    assert killed_while_saving(place, tmp_path / "profile", random.Random(), 100) >= 100

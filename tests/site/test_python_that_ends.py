"""Python that ends while someone types: the page says so, keeps the text, and starts it again."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.slow

BOX = "Say it in your own words"
STOPPED = "The workbook stopped. What you typed is still on this page."
SILENT = "The workbook is busy or stuck."
# Ways to end: the worker is gone, Python failed for good, or it never answers again.
WAYS = """
new BroadcastChannel("end").onmessage = ({ data }) => {
  if (data === "gone") return self.close();
  if (data === "stuck") for (;;);
  try { python._api.fatal_error(new Error("a test")); } catch { /* as Python's own callers do */ }
};
"""


def _endable(context: Any) -> None:
    """Lets the test end the worker from the page."""

    def answer(route: Any) -> None:
        reply = route.fetch()
        route.fulfill(response=reply, body=reply.text() + WAYS)

    context.route("**/worker.js", answer)


def _end(page: Any, how: str) -> None:
    page.evaluate("(how) => new BroadcastChannel('end').postMessage(how)", how)


@pytest.mark.parametrize(("how", "words"), [("gone", STOPPED), ("failed", STOPPED), ("stuck", SILENT)])
def test_the_text_is_kept_and_sent_again(visitor: Any, how: str, words: str) -> None:
    person = visitor(service_workers="block")
    _endable(person.context)
    page = person.enter().begin().go("1-goal").page
    page.get_by_role("button", name="Show all questions").first.click()
    box = page.get_by_label(BOX)
    box.fill("To walk again")
    page.get_by_text("Saved at").first.wait_for()
    _end(page, how)
    box.fill("To walk again without pain")
    line = page.locator("#wb-conn", has_text=words)
    line.wait_for()
    assert box.input_value() == "To walk again without pain"
    line.get_by_role("button", name="Start it again").click()
    page.get_by_text("Saved at").first.wait_for()
    assert box.input_value() == "To walk again without pain"
    assert line.count() == 0
    page.reload()
    person.ready()
    assert page.get_by_label(BOX).input_value() == "To walk again without pain"


def test_a_button_works_again_and_the_place_on_the_page_stays(visitor: Any) -> None:
    person = visitor(service_workers="block")
    _endable(person.context)
    page = person.enter().begin().go("1-goal").page
    page.get_by_role("button", name="Show all questions").first.click()
    page.get_by_label(BOX).focus()
    page.evaluate("() => scrollBy(0, 150)")
    place = page.evaluate("() => scrollY")
    _end(page, "gone")
    page.locator("#wb-conn").get_by_role("button", name="Start it again").click()
    page.wait_for_function("() => !document.getElementById('wb-conn').textContent")
    assert page.evaluate("() => scrollY") == place
    assert b"<html" in person.go("7-packet").download("Download the summary (Web page)")


def test_a_site_needs_no_connection(visitor: Any) -> None:
    person = visitor()
    page = person.enter().begin().page
    person.context.set_offline(True)
    page.wait_for_timeout(3000)
    assert page.locator("#wb-conn").inner_text() == ""

"""A browser that cannot run the workbook says why in a sentence, and offers the blank workbook to print."""

from __future__ import annotations

from typing import Any

import pytest

from tests.site.walk.place import Place

pytestmark = pytest.mark.slow
BLANK = "Blank workbook to print"


def said(context: Any, address: str) -> str:
    page = context.new_page()
    page.goto(address)
    page.wait_for_function("() => document.getElementById('wb-starting').textContent.length > 20")
    return str(page.locator("#wb-starting").inner_text())


@pytest.fixture
def context(browser: Any) -> Any:
    made = browser.new_context(service_workers="block")
    yield made
    made.close()


def test_opened_from_a_disk(place: Place, context: Any) -> None:
    text = said(context, (place.root / place.folder / "index.html").as_uri())
    assert "opened as a file" in text
    assert BLANK in text


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("delete globalThis.WebAssembly", "too old"),
        ("delete globalThis.Worker", "too old"),
        ("delete globalThis.BigInt", "too old"),
        ("HTMLScriptElement.supports = undefined", "too old"),
        ("Object.defineProperty(globalThis, 'isSecureContext', { value: false })", "https://"),
        ("Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })", "too old"),
    ],
)
def test_something_is_missing(place: Place, context: Any, missing: str, sentence: str) -> None:
    place.start()
    context.add_init_script(missing)
    text = said(context, place.base)
    assert sentence in text
    assert BLANK in text


def test_workers_that_are_not_modules(place: Place, context: Any) -> None:
    place.start()
    context.add_init_script(
        "const Plain = Worker; globalThis.Worker = function (url) { return new Plain(url); };"  # ignores the type
    )
    page = context.new_page()
    page.goto(place.base)
    page.get_by_text("too old").wait_for()
    page.get_by_role("link", name=BLANK).wait_for()


def test_the_page_is_newer_than_the_browser(place: Place, context: Any) -> None:
    place.start()
    context.route("**/page.js", lambda route: route.fulfill(body="this is no script", content_type="text/javascript"))
    text = said(context, place.base)
    assert "too old" in text
    assert BLANK in text


def test_the_script_does_not_arrive(place: Place, context: Any) -> None:
    place.start()
    context.route("**/page.js", lambda route: route.abort())
    text = said(context, place.base)
    assert "could not be downloaded" in text
    assert "too old" not in text


def test_the_blank_workbook_is_a_page_without_a_day(place: Place, context: Any) -> None:
    place.start()
    page = context.new_page()
    answer = page.goto(place.base + "blank.html")
    assert answer.ok
    text = page.locator("body").inner_text()
    assert "Second Opinion Workbook, on paper" in text
    assert "Printed" not in text
    # And it is there without a connection, once the workbook was opened.
    assert "blank.html" in (place.root / place.folder / "files.json").read_text("utf-8")


def test_an_address_that_is_not_there(place: Place, context: Any) -> None:
    place.start()
    page = context.new_page()
    page.goto(place.base)
    assert page.goto(place.base + "nothing.html").status == 404

"""The page frame in a real browser: accessible, on every screen, and without external resources."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.slow
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
STATES = {
    "desktop": (DESKTOP, {}),
    "phone": (PHONE, {}),
    "dark": (DESKTOP, {"color_scheme": "dark"}),
    "dark phone": (PHONE, {"color_scheme": "dark"}),
    "forced colors": (PHONE, {"forced_colors": "active"}),
}


@pytest.fixture(scope="module")
def shared(server, chromium):
    """One page for all tests that do not modify it."""
    page = chromium.new_page()
    page.goto(server.address)
    page.wait_for_selector("button.ping", timeout=60_000)
    yield page
    page.close()


@pytest.fixture
def page(shared):
    shared.set_viewport_size(DESKTOP)
    shared.emulate_media(color_scheme="light", forced_colors="none")
    return shared


def violations(page):
    found = Axe().run(page, options={"rules": {"target-size": {"enabled": True}}}).response["violations"]
    return [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found]


@pytest.mark.parametrize("state", STATES)
def test_the_page_is_accessible(page, state):
    size, media = STATES[state]
    page.set_viewport_size(size)
    page.emulate_media(**media)
    assert violations(page) == []
    assert page.locator("main").count() == 1
    assert page.locator("h1").count() == 1
    assert page.get_attribute("html", "lang") == "en"
    assert page.title() == "Begin here – Second Opinion Workbook"


def test_error_pages_are_accessible_too(visit, server):
    page = visit(viewport=PHONE)
    assert page.goto(server.base + "/nowhere").status == 404
    assert violations(page) == []


def test_the_accessibility_check_finds_planted_faults(visit):
    page = visit()
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input><img src=\"data:,\">')")
    assert {"label", "image-alt"} <= {name for name, _ in violations(page)}


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("large", [False, True])
def test_nothing_overflows_the_window(page, width, large):
    page.set_viewport_size({"width": width, "height": 700})
    page.evaluate("on => document.documentElement.classList.toggle('wb-large', on)", large)
    past = page.evaluate("""[...document.body.querySelectorAll('*')].filter(e => {
        const r = e.getBoundingClientRect();
        return r.width && r.height && (r.right > innerWidth + 1 || (r.left < -1 && r.right > 0));
    }).map(e => e.outerHTML.slice(0, 80))""")
    page.evaluate("document.documentElement.classList.remove('wb-large')")
    assert past == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_name_is_one_line_on_a_phone(page):
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.locator(".wb-name span").evaluate("e => e.getClientRects().length") == 1
    assert page.locator(".wb-name").bounding_box()["height"] < 60


def test_nothing_is_loaded_from_other_hosts(visit, server):
    page = visit()
    page.click("button.ping")
    page.wait_for_function("document.querySelector('button.ping').textContent === 'Ping 1'")
    page.wait_for_timeout(1000)
    assert page.hosts - {""} == {server.base.removeprefix("http://")}


def test_our_font_is_used(page):
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Atkinson Hyperlegible\"'))")
    assert page.evaluate("[...document.fonts].some(f => f.status === 'loaded')")


def test_larger_text_is_remembered(visit, server):
    page = visit()
    size = "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    usual = page.evaluate(size)
    page.click("#wb-large")
    assert page.evaluate(size) >= usual * 1.2
    page.goto(server.base + "/nowhere")
    assert "wb-large" in page.get_attribute("html", "class")


def test_escaped_markup_is_shown_as_text(visit):
    page = visit()
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x onerror=\"document.title=1\">')"
    )
    page.wait_for_timeout(300)
    assert page.title() != "1", "no inline script runs, even where escaping was forgotten"


def test_the_map_is_next_to_the_page(page):
    side, main = page.locator("#wb-side nav").bounding_box(), page.locator("main").bounding_box()
    assert side["x"] + side["width"] <= main["x"]


def test_links_keep_the_case(visit, server):
    page = visit()
    page.goto(server.base + "/voila/render/index.ipynb?case=ab12cd")
    page.wait_for_selector("button.ping")
    assert page.get_attribute("main a", "href").endswith("/voila/render/1-step.ipynb?case=ab12cd")

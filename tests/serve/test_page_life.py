"""The life of a page: kernels, lost connections, and leaving in a hurry."""

from __future__ import annotations

import time

import pytest

pytestmark = pytest.mark.slow


def test_one_kernel_is_left_after_eight_pages(start, server, chromium, tmp_path):
    process, address, _ = start(server.notebooks, tmp_path / "home")
    other = type(server)(process, address, server.notebooks, tmp_path / "home", server.log)
    page = chromium.new_page()
    page.goto(address)
    for number in range(1, 8):
        page.wait_for_selector("button.ping", timeout=60_000)
        page.goto(f"{other.base}/voila/render/{number}-step.ipynb")
    page.wait_for_selector("button.ping", timeout=60_000)
    assert other.wait_for_kernels(1) == 1
    page.click("button.ping")
    page.wait_for_function("document.querySelector('button.ping').textContent === 'Ping 1'")
    page.close(run_before_unload=True)
    assert other.wait_for_kernels(0) == 0


def test_a_call_from_the_page_does_not_end_its_kernel(visit, server):
    page = visit("1-step")
    kernel = page.evaluate("JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId")
    page.evaluate("k => navigator.sendBeacon('/voila/api/shutdown/' + k)", kernel)  # as a tel: link makes it do
    page.wait_for_timeout(6000)
    page.click("button.ping")
    page.wait_for_function("document.querySelector('button.ping').textContent === 'Ping 1'")


def test_a_dead_kernel_is_reported_and_a_reload_helps(visit, server):
    page = visit("2-step", viewport={"width": 390, "height": 844})
    max(server.kernels(), key=lambda p: p.create_time()).kill()
    page.wait_for_selector("#wb-conn button", timeout=15_000)
    assert "The workbook stopped. What was saved is safe. Reload to go on." in page.inner_text("#wb-conn")
    bar = page.locator("#wb-conn").bounding_box()
    assert bar["y"] > 844 / 2, "below; the line that says Saved sticks above"
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    last = page.locator(".wb-foot li").last.bounding_box()
    assert last["y"] + last["height"] <= bar["y"] + 1, "the end of the page is not under it"
    page.click("#wb-conn button")
    page.wait_for_selector("button.ping")
    assert page.inner_text("#wb-conn") == ""


def test_a_lost_connection_is_reported_until_it_is_back(visit):
    page = visit("3-step")
    page.context.set_offline(True)
    page.wait_for_function("document.getElementById('wb-conn').textContent.includes('connection is lost')")
    page.context.set_offline(False)
    page.wait_for_function("document.getElementById('wb-conn').textContent === ''", timeout=20_000)


@pytest.mark.parametrize("way", ["button", "escape"])
def test_quick_exit_hides_the_page_at_once(visit, server, way):
    page = visit("4-step")
    asked = []
    page.on("dialog", lambda d: (asked.append(d.message), d.dismiss()))
    page.click("button.ping")  # a browser asks only after user interaction
    page.evaluate("addEventListener('beforeunload', e => { e.preventDefault(); e.returnValue = 'x' })")
    begun, kernels = time.monotonic(), len(server.kernels())
    if way == "button":
        page.click("#wb-hide")
    else:
        for _ in range(3):
            page.keyboard.press("Escape")
    page.wait_for_url("about:blank", timeout=5000)
    assert time.monotonic() - begun < 3
    assert asked == []
    assert page.inner_text("body") == ""
    assert server.wait_for_kernels(kernels - 1) == kernels - 1


def test_two_escapes_are_not_enough(visit):
    page = visit("5-step")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_timeout(500)
    assert page.url != "about:blank"


def test_prose_is_shown_before_the_kernel_is_ready(visit, server, chromium):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(server.address)
    page.goto(server.base + "/voila/render/6-step.ipynb", wait_until="commit")
    page.wait_for_selector("main h1")
    assert page.locator("button.ping").count() == 0
    page.wait_for_selector("button.ping")
    context.close()


def test_the_public_demo_says_so(start, server, visit, tmp_path):
    _, address, _ = start(server.notebooks, tmp_path / "home", WORKBOOK_DEMO_ONLY="1")
    page = visit(address=address)
    assert "Do not type real names" in page.inner_text(".wb-demo")

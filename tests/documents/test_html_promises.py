"""A web page runs no script, loads nothing, and is accessible."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from workbook.documents.render import html
from workbook.documents.tree import blocks as B  # noqa: N812

from .kinds import document


def test_policy_names_the_one_style_sheet_and_nothing_else():
    page = html.render(document())
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{digest}'" in policy[1].replace("&#39;", "'")
    assert "script" not in page.lower()


def test_the_only_addresses_are_links_of_the_text():
    page = html.render(document())
    assert set(re.findall(r"https?://[^\"' <]+", page)) == {"https://example.org/"}
    assert "url(" not in page
    assert "@import" not in page


def test_headings_skip_no_level_and_title_is_the_only_first():
    doc = B.document(
        "T", [B.heading(2, "a"), B.heading(5, "b"), B.callout("c", [B.heading(6, "d")]), B.heading(2, "e")]
    )
    assert re.findall(r"<h(\d)", html.render(doc)) == ["1", "2", "3", "4", "2"]


@pytest.mark.parametrize(("lang", "way"), [("en", "ltr"), ("ar", "rtl"), ("es-MX", "ltr")])
def test_language_and_direction(lang, way):
    assert f'<html lang="{lang}" dir="{way}">' in html.render(B.document("T", [], lang=lang))


def test_a_paragraph_has_its_own_direction():
    page = html.render(B.document("T", [B.para("هل يمكن"), B.para("plain")]))
    assert '<p dir="rtl">هل يمكن</p>' in page
    assert "<p>plain</p>" in page


def test_large_print_and_paper_reach_the_printed_page():
    page = html.render(document(size=14, paper="a4"))
    assert "size: A4" in page
    assert "font-size: 14.0pt" in page


def test_text_in_the_style_sheet_cannot_end_it():
    page = html.render(B.document("T", [], watermark='Made "up" } </style>'))
    style = page.split("<style>")[1].split("</style>")[0]
    written = re.search(r'@top-right \{ content: "((?:\\[0-9a-f]{6})+)";', style)
    assert written is not None
    assert "".join(chr(int(code, 16)) for code in written[1].split("\\")[1:]) == 'Made "up" } </style>'


@pytest.mark.slow
def test_a_browser_and_axe_find_no_fault(tmp_path, browser):
    from axe_playwright_python.sync_playwright import Axe

    path = tmp_path / "kinds.html"
    path.write_text(html.render(document(watermark="Made-up example", lang="en")), "utf-8")
    plain = browser.new_page()
    said: list[str] = []
    asked: list[str] = []
    plain.on("console", lambda message: said.append(message.text))
    plain.on("request", lambda request: asked.append(request.url))
    plain.goto(path.as_uri())
    assert plain.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(11, 92, 107)"
    for width in (1000, 390, 320):
        plain.set_viewport_size({"width": width, "height": 800})
        assert plain.evaluate("document.documentElement.scrollWidth") <= width
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    # axe is a script, so it needs a page without the content policy.
    looked_at = browser.new_context(bypass_csp=True).new_page()
    looked_at.goto(path.as_uri())
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(looked_at, options={"runOnly": tags})
    assert [fault["id"] for fault in found.response["violations"]] == []

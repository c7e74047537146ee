"""Every response has the same security headers, and only files without personal data are cacheable."""

from __future__ import annotations

import pytest

from workbook.page import assets

PATHS = ["/voila/render/1-step.ipynb", "/nowhere", "/voila/static/0.5.13/voila.js", "/voila/hello"]


@pytest.mark.parametrize("path", PATHS)
def test_every_response_has_security_headers(server, path):
    headers = server.get(path).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert policy["script-src"] == f"'self' blob: {assets.early_hash()}", "no other inline script runs"
    assert policy["frame-ancestors"] == "'none'"
    for name in ("connect-src", "img-src", "font-src"):
        assert policy[name] == "'self' data: blob:"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Tornado" not in headers.get("Server", "")


@pytest.mark.parametrize("path", ["/voila/render/1-step.ipynb", "/nowhere", "/voila/hello"])
def test_pages_are_not_cached(server, path):
    assert "no-store" in server.get(path).headers["Cache-Control"]


def test_versioned_files_are_cached_and_compressed(server):
    answer = server.get("/voila/static/0.5.13/voila.js")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] == "gzip"


def test_the_font_is_served_locally(server):
    page = server.get("/nowhere").text
    folder = page.partition('href="/voila/page/')[2].partition("/")[0]
    font = server.get(f"/voila/page/{folder}/fonts/AtkinsonHyperlegible-Regular.woff2")
    assert font.status_code == 200
    assert font.content[:4] == b"wOF2"
    assert server.get(f"/voila/page/{folder}/fonts/other.ttf").status_code in (403, 404)


def test_errors_are_shown_calmly(server):
    page = server.get("/nowhere?case=abc").text
    assert page.count("<h1>") == 1
    assert 'href="/voila/render/index.ipynb?case=abc"' in page
    assert "Traceback" not in page
    assert "404" not in page

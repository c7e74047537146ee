"""A new user with a phone fills a whole case, comes back another day, and takes the summary to the doctor."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest

from .flow import PHONE, App, Person
from .whole_case import STEPS, fill

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def own_app(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Iterator[App]:
    """A separate program, because it is stopped and restarted."""
    started = App(tmp_path_factory.mktemp("stranger") / "home")
    yield started
    started.stop()


def download(me: Person, kind: str) -> bytes:
    with me.page.expect_download() as got:
        me.page.get_by_role("button", name=f"Download the summary ({kind})").click()
    return Path(got.value.path()).read_bytes()


@pytest.mark.walk
def test_a_new_user_fills_a_case_returns_and_downloads_it(own_app: App, person: Any) -> None:
    me = person(own_app, viewport=PHONE, is_mobile=True, has_touch=True)
    fill(me)
    said, case = me.said, me.case
    assert len(said) > 50
    me.leave()
    own_app.stop()

    own_app.start()
    me = person(own_app, viewport=PHONE, is_mobile=True, has_touch=True)
    me.enter()
    assert me.page.get_by_text("Dance").count(), "the only workbook stands open on the first page"
    for _link, name, _parts in STEPS:
        me.go(name, case=case)
        here = me.answers()
        assert [(q, a) for at, q, a in said if at == name and (q, a) not in here] == []
        if name != "7-packet":
            assert me.page.get_by_label("I am done with this step").is_checked()

    text = " ".join(me.page.get_by_role("main").text_content().split())
    for words in ("REF-90210-K", "Harbor Imaging", "Quill Marrowby", "No referral for a spine clinic"):
        assert words in text, "the page to check the answers on shows all of them"
    pages = [p.extract_text() for p in pypdf.PdfReader(io.BytesIO(download(me, "PDF"))).pages]
    papers = {"pdf": " ".join(" ".join(pages).split()), "html": download(me, "Web page").decode()}
    for kind, paper in papers.items():
        for words in (
            "Quill Marrowby",
            "Is there a way without the operation?",
            "What happens if I dance before it heals?",
            "Fusion in March",
            "Exercise for three months",
            "Gabapentin",
            "Film of the lower back, standing",
        ):
            assert words in paper, (kind, words)
    assert "<script" not in papers["html"]

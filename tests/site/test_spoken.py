"""What a screen reader says on each page, before Python is there and after: held to the kept transcripts."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.site import screen_reader
from tests.site.screen_reader import SPOKEN, Listener, NoReader

pytestmark = pytest.mark.slow
AGAIN = "Read the new words as somebody who sees nothing. If they are right: uv run python -m tests.site.screen_reader"


@pytest.fixture(scope="module")
def listeners(browser: Any) -> Iterator[dict[str, Listener]]:
    try:
        script = screen_reader.reader()
    except NoReader as reason:
        pytest.skip(str(reason))
    with screen_reader.site() as address:
        made = {kind: Listener(browser, address, script, alive=kind == "alive") for kind in ("words", "alive")}
        yield made
        for listener in made.values():
            listener.leave()


@pytest.mark.parametrize("kind", ["words", "alive"])
@pytest.mark.parametrize("name", screen_reader.names())
def test_a_page_says_what_it_said(listeners: dict[str, Listener], name: str, kind: str) -> None:
    kept = (SPOKEN / f"{name}.{kind}.txt").read_text("utf-8").splitlines()
    said = listeners[kind].hear(name)
    changes = list(difflib.unified_diff(kept, said, "kept", "said now", lineterm="", n=1))
    assert not changes, "\n".join([AGAIN, *changes[:60]])


def test_nothing_that_can_be_used_is_without_a_name() -> None:
    """Also no table is called "Row", and no list of a form is without a name."""
    bare = {"button", "link", "textbox", "combobox", "checkbox", "radio", "image", "columnheader", "columnheader, Row"}
    for file in SPOKEN.glob("*.txt"):
        said = file.read_text("utf-8").splitlines()
        assert not bare & {*said}, file.name
        longest = max(len(line) for line in said if line.startswith(("link, Go to", "How we know")) or line == "main")
        assert longest < 120, f"{file.name}: a link says a whole paragraph again"

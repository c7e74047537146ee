"""A hub in a real browser: a client types an answer, the advocate has it, and the advocate of another team does not."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from tests.browser.flow import PHONE, Person
from tests.chromium import PATIENCE
from tests.deploy.hub import Hub

pytestmark = pytest.mark.slow
WISH, WORDS = "Say it in your own words", "To hear a second surgeon before I decide"


@pytest.fixture(scope="module")
def case(hub: Hub) -> str:
    """A workbook that the advocate began, and opened to the client it is about."""
    made = hub.workbook("ada", "new", "--nickname", "River")
    hub.sql("ada", f"select workbook.invite('{made}', '{hub.people['pat'].name}')")
    return made


@pytest.fixture
def signed_in(hub: Hub, browser: Any) -> Iterator[Any]:
    """Opens a browser of somebody's own, signed in by typing."""
    contexts = []

    def enter(name: str) -> Person:
        contexts.append(browser.new_context(viewport=PHONE))
        page = contexts[-1].new_page()
        somebody = hub.people[name]
        person = Person(page, SimpleNamespace(base=f"{hub.base}/user/{somebody.name}"))  # type: ignore[arg-type]
        page.goto(f"{hub.base}/hub/login")
        page.locator("input[name=username]").fill(somebody.name)
        page.locator("input[name=password]").fill(somebody.password)
        page.locator("input[type=submit]").click()
        page.wait_for_url(f"**/user/{somebody.name}/**", timeout=PATIENCE)
        return person

    yield enter
    for context in contexts:
        context.close()


def test_a_client_answers_and_only_those_of_the_case_have_it(hub: Hub, case: str, signed_in: Any) -> None:
    pat = signed_in("pat")
    pat.go("1-goal", case=case)
    pat.write(WISH, WORDS)
    pat.page.get_by_text("Saved at").first.wait_for()
    answers = f"select count(*) from workbook.open_case('{case}', false) where body like '%{WORDS}%'"
    assert hub.sql("ada", answers) == "1", "the control"
    assert hub.sql("ben", answers) == "0"
    ada = signed_in("ada")
    ada.go("1-goal", case=case)
    assert ada.box(WISH).input_value() == WORDS
    ben = signed_in("ben")
    ben.go("index", case=case)
    assert WORDS not in ben.page.content()
    assert "River" not in ben.page.content()
    assert [p.errors for p in (pat, ada, ben)] == [[], [], []]


def test_the_board_shows_the_teams_cases(hub: Hub, case: str, signed_in: Any) -> None:
    ada = signed_in("ada")
    ada.page.goto(f"{ada.app.base}/voila/render/board.ipynb")
    ada.page.get_by_text("River").first.wait_for()
    ben = signed_in("ben")
    ben.page.goto(f"{ben.app.base}/voila/render/board.ipynb")
    ben.ready("board")
    assert "River" not in ben.page.content()

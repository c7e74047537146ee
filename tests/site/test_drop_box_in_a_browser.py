"""A client's site sends its sealed file from a real browser; the advocate opens it, and the answers are in the case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.browser.test_flow_axe import violations
from tests.drop_box.running import Running
from tests.site.parts_box import real
from tests.site.whole_site import Visitor
from workbook.case import Case, add, put, read
from workbook.cli import main
from workbook.drop_box.box import Box
from workbook.drop_box.limits import Limits
from workbook.store import home_dir, open_store

pytestmark = pytest.mark.slow
WORDS = "four Plain words"


class Client:
    """A site for one client, as the commands make it, on the practice's server; and the client's browser."""

    def __init__(self, folder: Path, browser: Any, limits: Limits) -> None:
        real()
        self.case = put(builders.case("knee"), "nickname", "Knee")
        open_store().create(add(self.case, "notes", {"id": "n1", "text": "OURS", "visibility": "advocate_private"}))
        (folder / "words.txt").write_text(WORDS, "utf-8")
        practice, out = folder / "practice", folder / "out"
        assert main(["init", str(practice), "--name", "River Street"]) == 0
        assert main(["drop-box", "key", str(practice)]) == 0
        given = ["--for", self.case.id, "--passphrase-file", str(folder / "words.txt")]
        assert main(["site", str(practice), "--to", str(out), *given]) == 0
        self.server = Running(Box(home_dir() / "drop-box", limits, free=lambda _: 10**12), out)
        self.person = Visitor(browser, self.server)  # type: ignore[arg-type]
        self.page = self.person.page
        self.page.set_default_timeout(30_000)

    def enter(self) -> None:
        self.person.enter()
        self.page.get_by_role("link", name="Open my workbook").click()
        self.page.wait_for_selector("#wb-passphrase")
        self.page.fill("#wb-passphrase", WORDS)
        self.page.get_by_role("button", name="Open my workbook").click()
        self.page.wait_for_function("() => location.search.includes('case=')")
        self.person.ready()

    def answer(self, words: str) -> None:
        self.person.go("1-goal")
        show_all = self.page.get_by_role("button", name="Show all questions").first
        if show_all.is_visible():  # the choice stays
            show_all.click()
        self.page.get_by_label("In your own words").fill(words)
        self.page.get_by_text(re.compile("Saved at")).first.wait_for()

    def send(self, then: str) -> None:
        self.person.go("workbooks")
        self.page.get_by_role("button", name="Send to your advocate").click()
        self.page.get_by_text(then).wait_for()

    def stop(self) -> None:
        self.person.leave()
        self.server.stop()
        assert self.person.errors == []


@pytest.fixture
def client(tmp_path: Path, browser: Any) -> Iterator[Any]:
    made: list[Client] = []

    def come(limits: Limits | None = None) -> Client:
        made.append(Client(tmp_path, browser, limits or Limits()))
        made[-1].enter()
        return made[-1]

    yield come
    for one in made:
        one.stop()


def ours(key: str) -> Case:
    return read(open_store().read(key)[1])


def test_what_a_client_sends_is_in_the_case(client: Any, capsys: pytest.CaptureFixture[str]) -> None:
    one = client()
    one.answer("To climb stairs")
    one.send("Sent. Your advocate's drop box has it.")
    assert violations(one.page) == []
    assert "Last sent on" in one.page.locator("main").inner_text()
    (file,) = one.server.box.waiting()
    assert b"climb" not in file.read_bytes()
    assert main(["drop-box", "open"]) == 0
    case = ours(one.case.id)
    assert (case.goal.own_words, [*case.notes]) == ("To climb stairs", ["n1"])
    one.answer("To dance")
    one.send("Sent. Your advocate's drop box has it.")
    capsys.readouterr()
    assert main(["drop-box", "open"]) == 0
    assert "Changed on both sides" not in capsys.readouterr().err
    assert ours(one.case.id).goal.own_words == "To dance"
    assert one.server.box.waiting() == []


def test_a_full_box_and_a_server_that_is_gone_are_said_and_the_file_can_be_saved(client: Any) -> None:
    one = client(Limits(files=0))
    one.send("The drop box is full. Tell your advocate, and save the file.")
    assert one.page.get_by_role("alert").inner_text().startswith("It was not sent. Your answers are safe")
    assert violations(one.page) == []
    assert b'"id": "knee"' in one.person.download("Save the file").replace(b'"id":"', b'"id": "')
    one.page.context.set_offline(True)
    one.page.get_by_role("button", name="Send to your advocate").click()
    one.page.get_by_text("The drop box could not be reached.").wait_for()
    one.page.context.set_offline(False)
    assert one.server.box.waiting() == []

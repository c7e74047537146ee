"""Files with a passphrase, made and opened by a page alone: the same files and sentences as on a computer."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pyrage
import pytest

from tests import builders
from tests.cli.test_seal_age import at_a_terminal
from workbook.case import Case, dump, parse, put
from workbook.documents import encryption

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("real_sealing")]
WORDS = "four Plain words, más"


def _knee() -> Case:
    return put(builders.case("knee"), "nickname", "Knee")


def _unlock(page: Any, passphrase: str) -> None:
    page.set_default_timeout(180_000)
    page.fill("#wb-passphrase", passphrase)
    page.get_by_role("button", name="Open the file").click()


def _choose(page: Any, data: bytes) -> None:
    upload = page.locator("main input[type=file]").first
    upload.set_input_files({"name": "closed.json.age", "mimeType": "application/octet-stream", "buffer": data})


def test_a_file_locked_in_the_browser_opens_everywhere(visitor: Any, tmp_path: Path) -> None:
    person = visitor().enter().begin("Knee").go("workbooks")
    page = person.page
    page.context.set_offline(True)  # what locks came with the first visit
    person.unfold()
    page.get_by_label("New passphrase").fill(WORDS)
    page.get_by_label("The same passphrase again").fill(WORDS)
    closed = person.download("Download the locked file")
    assert parse(pyrage.passphrase.decrypt(closed, WORDS)).nickname == "Knee"
    assert b"-> scrypt" in closed.split(b"\n")[1]
    assert int(closed.split(b"\n")[1].split()[-1]) >= 18
    if shutil.which("age"):
        (tmp_path / "closed.age").write_bytes(closed)
        at_a_terminal(["age", "--decrypt", "-o", str(tmp_path / "open"), str(tmp_path / "closed.age")], WORDS)
        assert parse((tmp_path / "open").read_bytes()).nickname == "Knee"
    # And in the browser itself.
    _choose(page, closed)
    page.get_by_text("This file is locked with a passphrase. Ask").wait_for()
    before = page.url
    _unlock(page, WORDS)
    page.wait_for_function("(before) => location.href !== before && location.search.includes('case=')", arg=before)
    person.ready()
    assert person.go("workbooks").page.locator(".wb-book").count() == 2


def test_a_file_locked_on_a_computer_opens_in_the_browser_and_a_wrong_passphrase_can_be_tried_again(
    visitor: Any, tmp_path: Path
) -> None:
    closed = encryption.close(dump(_knee()), WORDS)
    page = visitor().enter("workbooks").page
    _choose(page, closed)
    page.wait_for_selector("#wb-passphrase")
    _unlock(page, "four plain words")
    page.get_by_text(encryption.WRONG).wait_for()
    _unlock(page, WORDS)
    page.wait_for_function("() => location.search.includes('case=')")
    page.locator("#wb-side summary").wait_for()
    assert "Knee" in page.locator("#wb-side summary").inner_text()


@pytest.mark.skipif(shutil.which("age") is None, reason="the age program is not installed")
@pytest.mark.parametrize("armor", [[], ["--armor"]])
def test_a_file_of_the_age_program_opens(visitor: Any, tmp_path: Path, armor: list[str]) -> None:
    (tmp_path / "open.json").write_bytes(dump(_knee()))
    closed = tmp_path / "closed.age"
    at_a_terminal(
        ["age", "--encrypt", "--passphrase", *armor, "-o", str(closed), str(tmp_path / "open.json")], WORDS, WORDS
    )
    page = visitor().enter("workbooks").page
    _choose(page, closed.read_bytes())
    page.wait_for_selector("#wb-passphrase")
    _unlock(page, WORDS)
    page.wait_for_function("() => location.search.includes('case=')")


def test_a_damaged_file_has_the_sentence_of_a_computer(visitor: Any) -> None:
    closed = encryption.close(dump(_knee()), WORDS)
    for bad in (closed[:-5], closed[:-1] + bytes([closed[-1] ^ 1])):
        with pytest.raises(Exception, match="damaged") as told:
            encryption.open_(bad, WORDS)
        page = visitor().enter("workbooks").page
        _choose(page, bad)
        page.wait_for_selector("#wb-passphrase")
        _unlock(page, WORDS)
        page.get_by_text(str(told.value)).wait_for()

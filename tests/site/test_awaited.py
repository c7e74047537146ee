"""What Python in the browser cannot do at once is asked for, done by others, and used once. Run on a computer."""

from __future__ import annotations

import asyncio
import datetime as dt
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import workbook as wb
from tests import builders
from tests.scan import papers
from tests.ui.driver import Driver
from tests.ui.pagekit import opened, page
from workbook import awaited, where
from workbook.case import dump
from workbook.documents import encryption, export
from workbook.documents.render.pdf import typeset
from workbook.errors import Awaited, BadFile, CannotExport, NotebookMistake
from workbook.scan.formats import dispatch
from workbook.store import open_store
from workbook.ui.handle import OpenCase
from workbook.ui.panels import scan_run
from workbook.ui.panels.scan import Disc

WORDS = "four blue herons"
TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def browser_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As in the browser, with what this computer has installed."""
    monkeypatch.setattr(where, "in_browser", lambda: True)
    yield
    awaited.forget()


@pytest.fixture
def without(browser_home: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As in the browser before anything was loaded."""
    for name in ("typst", "pypdfium2"):
        monkeypatch.setitem(sys.modules, name, None)
    real = importlib.util.find_spec
    monkeypatch.setattr("importlib.util.find_spec", lambda name, *_: None if name == "pypdfium2" else real(name))
    typeset._typst.cache_clear()
    yield
    typeset._typst.cache_clear()


def asked(doing: Any) -> dict[str, Any]:
    """The job that this asks for."""
    with pytest.raises(Awaited) as raised:
        doing()
    return raised.value.job


def test_a_result_is_used_once_and_only_for_its_own_input() -> None:
    job = {"do": "seal", "data": b"a", "passphrase": WORDS}
    key = asked(lambda: awaited.ready(job))["key"]
    awaited.hand_over(key, b"closed")
    for other in ({**job, "data": b"b"}, {**job, "passphrase": "x"}, {**job, "do": "unseal"}):
        asked(lambda other=other: awaited.ready(other))  # type: ignore[misc]
    assert awaited.ready(job) == b"closed"
    asked(lambda: awaited.ready(job))
    awaited.failed(key, "why")
    with pytest.raises(awaited.JobFailed, match="why"):
        awaited.ready(job)
    awaited.hand_over(key, b"closed")
    awaited.forget()
    asked(lambda: awaited.ready(job))


def test_a_job_is_no_fault_and_says_nothing_of_its_input() -> None:
    def guarded() -> None:
        try:
            awaited.ready({"do": "seal", "data": b"Marisol", "passphrase": WORDS})
        except Exception:  # noqa: BLE001 - that is the point
            raise AssertionError from None

    with pytest.raises(Awaited) as raised:
        guarded()
    assert str(raised.value) == "seal"
    assert WORDS not in raised.value.job["key"]


@pytest.mark.usefixtures("without")
def test_a_pdf_asks_for_typst_and_says_so_if_it_cannot_come(monkeypatch: pytest.MonkeyPatch) -> None:
    def early(*_: object, **__: object) -> None:
        raise AssertionError("the fonts come with Typst")

    monkeypatch.setattr("workbook.documents.render.pdf.printable.check", early)
    case = builders.case("hip")

    def make() -> bytes:
        return export.make(case, "summary", "pdf", TODAY)

    job = asked(make)
    assert (job["do"], job["what"]) == ("load", "typst")
    awaited.failed(job["key"], "offline")
    with pytest.raises(CannotExport, match="Connect to the internet"):
        make()
    assert asked(make) == job, "the next press tries again"
    assert export.make(case, "summary", "html", TODAY).startswith(b"<!doctype")


@pytest.mark.usefixtures("without")
def test_a_scan_asks_for_the_pdf_reader_first_and_goes_on_without_it() -> None:
    case = opened()
    disc = Disc()
    job = asked(lambda: disc.receive(case, "a.pdf", papers.pdf("One")))
    assert (job["do"], job["what"]) == ("load", "pypdfium2")
    assert disc.looking is None
    awaited.failed(job["key"], "offline")
    dispatch.prepare()
    row = dispatch.read(papers.source(papers.pdf("One")), "pdf", b"%PDF")
    assert (row.status, "Connect to the internet" in row.why) == ("refused", True)


@pytest.mark.usefixtures("browser_home")
def test_without_threads_a_scan_goes_on_between_the_messages_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_run, "SLICE", 0.001)
    case = opened()
    texts = [papers.source(papers.pdf(f"MAMMOGRAM {n}"), f"{n}.pdf") for n in range(60)]

    async def walk(cancel_at: int) -> tuple[Disc, list[int]]:
        disc = Disc()
        disc._begin(case, list(texts))
        assert disc.looking is not None
        seen: list[int] = []
        looking = disc.looking
        for _ in range(2000):
            seen.append(looking.done)
            if looking.over:
                break
            if looking.done >= cancel_at:
                disc._cancel(case, None)
            await asyncio.sleep(0)
        assert looking.over
        disc.looking = looking
        return disc, seen

    whole, seen = asyncio.run(walk(1000))
    assert whole.looking is not None
    assert whole.looking.found is not None
    assert len(whole.looking.found.files) == 60
    assert all(file.pages == 1 for file in whole.looking.found.files)
    assert "60" in whole.view(case)
    assert seen[0] < 60, "the page is heard before the end"
    stopped, seen = asyncio.run(walk(1))
    assert stopped.looking is not None
    assert (stopped.looking.found, stopped.looking.trouble) == (None, "You stopped. Nothing was saved.")
    assert seen[-1] < 60


@pytest.mark.usefixtures("browser_home")
def test_a_sealed_file_is_closed_and_opened_by_the_page() -> None:
    case = opened()
    listing, load = (page(part) for part in wb.workbooks(case).children)
    message = {"do": "press", "name": "save_closed", "value": {"case": "knee", "passphrase": WORDS, "again": WORDS}}
    job = asked(lambda: listing.ask(message))
    assert (job["do"], job["data"], job["passphrase"]) == ("seal", dump(case.case), WORDS)
    closed = seal(job)
    told = listing.ask(message)
    assert (told["do"], listing.buffers) == ("file", [closed])
    assert awaited._results == {}

    assert load.ask({"do": "upload", "name": "x.age"}, [closed])["do"] == "taken"
    before = len(open_store().cases())
    for words, why, says in (
        ("wrong", "no identity matched any of the file's recipients", "The passphrase does not open this file."),
        (WORDS, "invalid tag", "damaged or cut short"),
    ):
        if "tag" in why:
            load.ask({"do": "upload", "name": "x.age"}, [closed])
        press: dict[str, Any] = {"do": "press", "name": "unlock", "value": {"passphrase": words}}
        job = asked(lambda press=press: listing.ask(press))  # type: ignore[misc]
        assert (job["do"], job["data"], job["passphrase"]) == ("unseal", closed, words)
        awaited.failed(job["key"], why)
        assert says in listing.ask(press)["html"]
    load.ask({"do": "upload", "name": "x.age"}, [closed])
    job = asked(lambda: listing.ask(press))
    assert len(open_store().cases()) == before, "nothing is changed before the job is done"
    awaited.hand_over(job["key"], dump(case.case))
    listing.ask(press)
    assert len(open_store().cases()) == before + 1


def seal(job: dict[str, Any]) -> bytes:
    """Does the job as the worker would."""
    import pyrage

    closed: bytes = pyrage.passphrase.encrypt(job["data"], job["passphrase"])
    awaited.hand_over(job["key"], closed)
    return closed


@pytest.mark.usefixtures("browser_home")
def test_an_armored_file_is_handed_on_as_bytes_and_a_hopeless_one_not_at_all() -> None:
    import base64

    with pytest.MonkeyPatch.context() as on_a_computer:
        on_a_computer.setattr(where, "in_browser", lambda: False)
        closed = encryption.close(b"{}", WORDS)
    coded = base64.encodebytes(closed)
    armored = b"-----BEGIN AGE ENCRYPTED FILE-----\n" + coded + b"-----END AGE ENCRYPTED FILE-----\n"
    assert asked(lambda: encryption.open_(armored, WORDS))["data"] == closed
    assert asked(lambda: encryption.open_(armored.replace(b"\n", b"\r\n"), WORDS))["data"] == closed
    for bad in (armored[:-60], armored.replace(coded[:20], b"*" * 20), closed[:-400] + b"x"):
        with pytest.raises(BadFile, match="damaged"):
            encryption.open_(bad[:200] if bad.startswith(b"age") else bad, WORDS)


@pytest.mark.usefixtures("browser_home")
def test_word_is_not_offered_and_says_where_it_can_be_made() -> None:
    case = opened()
    for part in (page(wb.downloads(case, "records-request", "call-log")), page(wb.packet(case))):
        assert "Word</button>" not in part.html
        assert "(Word)" not in part.html
        assert part.html.count("A Word file can only be made by the workbook on a computer.") == 1
        assert "Web page" in part.html
    assert "Word file" not in page(wb.downloads(case, "visit-sheet")).html, "it never comes as Word"
    with pytest.raises(CannotExport, match="only be made by the workbook on a computer"):
        export.make(case.case, "summary", "docx", TODAY)
    with pytest.raises(NotebookMistake, match="on a computer"):
        wb.tables(case)


def test_on_a_computer_word_is_offered_as_before() -> None:
    case = opened()
    for part in (page(wb.downloads(case, "records-request")), page(wb.packet(case))):
        assert "Word" in part.html
        assert "on a computer" not in part.html


@pytest.mark.usefixtures("browser_home")
def test_the_store_is_one_file_that_can_be_kept_as_it_is(home: Path, tmp_path: Path) -> None:
    case = opened()
    driver = Driver(wb.form(case, "goal.own_words"))
    driver.open()
    driver.change({"op": "put", "path": "goal.own_words", "value": "To walk"})
    assert [path.name for path in home.iterdir()] == ["workbook.db"]
    other = tmp_path / "other"
    other.mkdir()
    (other / "workbook.db").write_bytes((home / "workbook.db").read_bytes())
    assert OpenCase(open_store(other)).case.goal.own_words == "To walk"


@pytest.mark.usefixtures("browser_home")
def test_a_lock_too_heavy_for_a_browser_is_said_so_before_it_is_tried() -> None:
    with pytest.MonkeyPatch.context() as on_a_computer:
        on_a_computer.setattr(where, "in_browser", lambda: False)
        closed = encryption.close(b"{}", WORDS)
    head, stanza, rest = closed.split(b"\n", 2)
    heavy = b"\n".join([head, stanza.rsplit(b" ", 1)[0] + b" 20", rest])
    with pytest.raises(BadFile, match="too heavy for a browser"):
        encryption.open_(heavy, WORDS)

"""On a slow disc the first useful words come within two seconds, long before everything is listed or read."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.scan import made
from tests.scan.found import case
from workbook.cli import scan as command
from workbook.scan import inventory, sources
from workbook.scan.match import checking
from workbook.scan.values import Inventory
from workbook.ui.panels import scan_run

SEEK = 0.15  # seconds an optical disc takes to find a place
ADA = {"name": "Ada Quill", "birth_date": "1970-01-02"}


class Clock:
    """Time that passes only when the disc is asked for something."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def slow(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same function on a slow disc."""

        def slowly(*args: Any) -> Any:
            self.now += SEEK
            return work(*args)

        return slowly


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(sources, "_listing", made.slow(sources._listing))
    monkeypatch.setattr(os, "open", made.slow(os.open))
    for module in (inventory, command, scan_run):
        monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=made))
    return made


def folders(root: Path, count: int = 60) -> Path:
    """A scan of which each image has its folder; listing them all takes nine seconds."""
    for number in range(1, count + 1):
        (root / f"F{number:03d}").mkdir(parents=True)
        (root / f"F{number:03d}" / "I").write_bytes(made.image(number))
    return root


@pytest.mark.parametrize("with_directory", [True, False], ids=["DICOMDIR", "none"])
def test_a_page_soon_says_whose_it_is(tmp_path: Path, clock: Clock, *, with_directory: bool) -> None:
    root = folders(made.disc(tmp_path / "disc") if with_directory else tmp_path)
    seen: dict[str, float] = {}

    def tell() -> None:
        if run.whose:
            seen.setdefault("whose", clock.now - begun)
        if run.named:
            seen.setdefault("scans", clock.now - begun)

    begun = clock.now
    run = scan_run.ScanRun(root, case(person=ADA), tell, lambda: None)
    run._all(run._steps())
    assert run.whose == "Ada Quill, born January 2, 1970. This is you."
    assert seen["whose"] < 2
    assert seen.get("scans", 0) < 2
    assert bool(run.named) == with_directory
    assert clock.now - begun > 10, "the disc is slow"


def test_a_terminal_soon_says_whose_it_is(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[float, str]] = []

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

        def write(self, words: str) -> int:
            said.append((clock.now, words))
            return len(words)

    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("COLUMNS", "60")
    begun = clock.now
    checking.look(folders(made.disc(tmp_path / "disc")), None, command._Ticker())
    first = next((when, words) for when, words in said if "Ada Quill. The disc lists 1 scan." in words)
    assert first[0] - begun < 2
    assert all(len(words.removeprefix("\r\x1b[K")) < 60 for _, words in said)


def test_a_log_has_a_first_line_soon_and_no_name(
    tmp_path: Path, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    first: list[float] = []
    ticker = command._Ticker()
    begun = clock.now

    def progress(done: int, of: int, found: Inventory) -> bool:
        ticker(done, of, found)
        if not first and (words := capsys.readouterr().err):
            first.append(clock.now - begun)
            assert words.startswith("The disc lists 1 scan. Reading")
        return True

    checking.look(folders(made.disc(tmp_path / "disc")), None, progress)
    assert first[0] < 2
    assert "Quill" not in capsys.readouterr().err


def test_another_persons_slow_disc_stops_while_it_is_listed(tmp_path: Path, clock: Clock) -> None:
    begun = clock.now
    found = checking.look(folders(tmp_path), case())
    assert checking.is_someone_else(found)
    assert clock.now - begun < 2
    assert not found.files
    assert "It names another person." in command.text(found, case())


def test_a_slow_disc_can_be_left_while_it_is_listed(tmp_path: Path, clock: Clock) -> None:
    begun = clock.now
    found = checking.look(folders(tmp_path), None, lambda *_: clock.now - begun < 1)
    assert found.stopped == "Reading stopped before the end."
    assert clock.now - begun < 2


def test_the_result_is_the_same_as_of_a_fast_disc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = folders(tmp_path, 20)
    (root / "F000").mkdir()
    (root / "F000" / "a.txt").write_text("a note")
    fast = checking.look(root)
    ticks = iter(range(10**6))
    monkeypatch.setattr(inventory, "time", SimpleNamespace(monotonic=lambda: float(next(ticks))))
    slow = checking.look(root)
    assert (slow.files, slow.studies, slow.patients) == (fast.files, fast.studies, fast.patients)

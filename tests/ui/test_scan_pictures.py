"""The records page shows small pictures of what is on a disc: after the result, and never of another person's."""

from __future__ import annotations

import base64
import re
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.scan import made
from tests.scan.discs import wrong_disc
from tests.ui.test_scan_page import at_home, looked, panel, story
from workbook.scan.pictures import album
from workbook.scan.pictures.drawing import Picture
from workbook.ui.panels import scan_run

__all__ = ["at_home"]
SIDE = 32
MARISOL: dict[str, Any] = {"PatientName": "QUINTERO-BATHORY^MARISOL", "PatientBirthDate": "19720309"}
IMAGE: dict[str, Any] = {
    "Rows": SIDE,
    "Columns": SIDE,
    "BitsAllocated": 8,
    "BitsStored": 8,
    "HighBit": 7,
    "PhotometricInterpretation": "MONOCHROME2",
    "PixelData": bytes(range(0, 256, 8)) * SIDE,
}


def series_disc(root: Path, series: int, images: int = 4) -> Path:
    """A scan with some series; the second image of the first series is not there."""
    for s in range(series):
        for n in range(1, images + 1):
            if (s, n) == (0, 2):
                continue
            named = {"SeriesNumber": str(s + 1), "SeriesDescription": f"AX {s}", "InstanceNumber": str(n)}
            file = root / f"S{s:02d}" / f"I{n}"
            file.parent.mkdir(parents=True, exist_ok=True)
            one = made.image(100 * s + n, study="1.2.9.7", series=f"1.2.9.7.{s}", **MARISOL, **IMAGE, **named)
            file.write_bytes(one)
    return root


def test_each_series_has_a_picture_its_numbers_and_what_is_not_here(at_home: Path) -> None:
    series_disc(at_home / "disc", 2, images=5)
    lie = made.image(900, study="1.2.9.7", series="1.2.9.7.9", **MARISOL, **{**IMAGE, "Rows": 9000}, SeriesNumber="9")
    (at_home / "disc" / "lie").write_bytes(lie)
    html = looked(story(0), "disc").html
    assert "A look inside (3 series)" in html
    assert "Is this the scan you think it is? Not for reading." in html
    assert "How to see all the images" in html
    assert "<strong>2. AX 1</strong><br>5 images" in html
    assert "In AX 0, 1 image is not here: number 2." in html.partition("<strong>1. AX 0</strong>")[2]
    pictures = re.findall(r'<img src="data:image/png;base64,([^"]+)" width="32" height="32" alt="([^"]+)">', html)
    assert [alt for _, alt in pictures] == ["AX 0: picture of image 3 of 4", "AX 1: picture of image 3 of 5"]
    assert all(base64.b64decode(data).startswith(b"\x89PNG") for data, _ in pictures)
    assert '<span class="wb-tile">No picture: damaged</span>' in html


def test_the_result_does_not_wait_for_the_pictures(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    series_disc(at_home / "disc", 2)
    drawing, go_on = threading.Event(), threading.Event()

    def slowly(_file: Any) -> Picture:
        drawing.set()
        assert go_on.wait(10)
        return Picture(why="odd")

    monkeypatch.setattr(album, "draw", slowly)
    driver, disc = panel(story(0))
    for button in ("your own folder", "disc", "Look at this folder"):
        driver.press(button)
    assert drawing.wait(10)
    driver.open()
    assert "This is the patient." in driver.html
    assert driver.html.count("Drawing…") == 2
    go_on.set()
    disc.looking.wait()
    driver.open()
    assert "Drawing…" not in driver.html
    assert driver.html.count("No picture: a kind we do not draw") == 2


def test_more_series_are_drawn_when_someone_asks(at_home: Path) -> None:
    series_disc(at_home / "disc", album.EACH + 3, images=1)
    case = story(0)
    shown = looked(case, "disc")
    assert shown.html.count("<img") == album.EACH
    assert "Show more<" in shown.html
    shown.press("Show more")
    first = f'id="wb-series-0-{album.EACH}" tabindex="-1" autofocus'
    assert first in shown.html, "the focus goes to what is new"
    assert "Show more<" not in shown.html


def test_another_persons_disc_is_not_drawn(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Any] = []
    monkeypatch.setattr(album, "draw", drawn.append)
    wrong_disc(at_home / "disc")
    html = looked(story(1), "disc").html
    assert "Stop here." in html
    assert "<img" not in html
    assert "A look inside" not in html
    assert not drawn


def test_drawing_ends_with_the_page_and_the_files_are_let_go_once(
    at_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    series_disc(at_home / "disc", 3)
    drawing, left, gone = threading.Event(), threading.Event(), []

    def slowly(_file: Any) -> Picture:
        drawing.set()
        assert left.wait(10)
        return Picture(why="odd")

    monkeypatch.setattr(album, "draw", slowly)
    run = scan_run.ScanRun(at_home / "disc", story(0).case, lambda: None, lambda: gone.append(1))
    run.start()
    assert drawing.wait(10)
    assert not gone, "the files are still needed"
    run.stop()
    left.set()
    run.wait(10)
    assert run.album is not None
    assert len(run.album.made) == 1
    assert gone == [1]


def test_files_are_kept_until_the_result_is_left(at_home: Path) -> None:
    gone: list[int] = []
    case = story(0).case
    for series in (2, album.EACH + 3):
        series_disc(at_home / f"disc{series}", series, images=1)
        gone.clear()
        root = at_home / f"disc{series}"
        run = scan_run.ScanRun(root, case, lambda: None, lambda: gone.append(1))
        run.start()
        run.wait(10)
        assert gone == [], "a packet can still be made of them"
        run.stop()
        assert gone == [1]

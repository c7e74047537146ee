"""Two accessibility checkers find nothing in a PDF with every kind of block, in large print, in any script."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pdfua
import pytest

from workbook.documents.render import pdf
from workbook.documents.tree import blocks as B  # noqa: N812

from .kinds import SEEN, document
from .test_word_languages import SCRIPTS

DAY = date(2026, 11, 22)
LETTER = B.letter(["Ada Example", "12 Elm Street"], "November 22, 2026", ["Harrow Ridge", "Records office"])
WORDS = [
    B.heading(2, "Scripts"),
    *(B.para(words) for words in SCRIPTS.values()),
    B.listing(list(SCRIPTS.values())),
    B.table("Words", ["Script", "Words"], [[name, words] for name, words in SCRIPTS.items()]),
    B.details(list(SCRIPTS.items())),
    *(B.pair([name], [words], "ar") for name, words in SCRIPTS.items()),
    B.timeline("Days", DAY, [(date(2026, 12, n), words, "visit") for n, words in enumerate(SCRIPTS.values(), 1)]),
]
DOCUMENTS = {
    "kinds": document(watermark="Made-up case."),
    "kinds-large-a4": document(paper="a4", size=14, lang="es-MX"),
    "letter": document(letter=LETTER),
    "letter-large-a4": document(letter=LETTER, paper="a4", size=14, footer=""),
    "scripts": B.document("Words in many scripts", WORDS, lang="vi"),
    "scripts-from-the-right": B.document("هل يمكن أن تنتظر", WORDS, lang="ar", size=14),
    "letter-in-two": B.document("Two", [B.pair(*[[b for k, (b, _w) in SEEN.items() if k != "pagebreak"]] * 2, "es")]),
}


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("kinds")
    for name, doc in DOCUMENTS.items():
        (folder / f"{name}.pdf").write_bytes(pdf.render(doc, DAY))
    return sorted(folder.iterdir())


def test_pdfua_finds_nothing(papers: list[Path]) -> None:
    found = {paper.name: [str(f) for f in pdfua.validate(str(paper)).findings] for paper in papers}
    assert found == {paper.name: [] for paper in papers}


@pytest.mark.slow
def test_outloud_finds_nothing(papers: list[Path]) -> None:
    """Checks what a screen reader would say: order, headings, tables, names of pictures."""
    program = Path(sys.executable).with_name("outloud")
    if not program.exists():
        assert not os.environ.get("WORKBOOK_REQUIRE_OUTLOUD"), "outloud is missing: uv sync --group pdf"
        pytest.skip("outloud is not installed: uv sync --group pdf")
    said = subprocess.run([program, "--fail-on", "warning", *papers], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout
    assert f"{len(papers)} pass" in said.stdout

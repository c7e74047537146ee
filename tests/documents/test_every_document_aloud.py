"""Two accessibility checkers for PDFs find nothing in any document, on both paper sizes and in large print."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pdfua
import pytest

from tests.documents.everything import DAY, DEMOS, abouts
from workbook.case import Case
from workbook.documents import catalog, export

pytestmark = pytest.mark.slow  # test_kinds_aloud checks the same for every kind of block, quickly
CASES = [*DEMOS.values(), Case(id="empty0")]


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every document of the demo cases and of an empty one; the summary for every reader."""
    folder = tmp_path_factory.mktemp("papers")
    for number, case in enumerate(CASES):
        for document in catalog.DOCUMENTS.values():
            if "pdf" not in document.formats:
                continue
            variants = [{"reader": r} for r in catalog.READERS] if document.name == "summary" else [{}]
            variants += [{"large": True}] if document.large else []
            for turn, wanted in enumerate([*variants, {"paper": "a4"}]):
                about = abouts(case, document.name)[0]
                made = export.make(case, document.name, "pdf", DAY, about=about, **wanted)
                (folder / f"{number}-{document.name}-{turn}.pdf").write_bytes(made)
    return sorted(folder.iterdir())


def test_outloud_finds_nothing(papers: list[Path]) -> None:
    """Checks what a screen reader would say: order, headings, tables, names of pictures. Its guesses, such as that a
    table to fill in by hand may be no table, are warnings and are looked at by people.
    """
    program = Path(sys.executable).with_name("outloud")
    if not program.exists():
        assert "WORKBOOK_REQUIRE_OUTLOUD" not in os.environ
        pytest.skip("outloud is not installed: uv sync --group pdf")
    said = subprocess.run([program, "--fail-on", "error", *papers], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout
    assert f"{len(papers)} file(s)" in said.stdout
    assert " 0 fail, 0 unreadable" in said.stdout


def test_pdfua_finds_nothing(papers: list[Path]) -> None:
    for paper in papers:
        report = pdfua.validate(str(paper))
        assert not report.findings, (paper.name, report.findings)

"""No printed document silently changes a name or loses text: the PDF is refused; Word and the web page keep all."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from nbformat import v4 as nbf

import workbook as wb
from tests.documents import lettered
from tests.documents.everything import DEMOS, texts
from tests.documents.test_nothing_to_the_sender import words_of
from tests.ui.pagekit import page
from workbook.case import Case, add, put
from workbook.cli import main
from workbook.documents import catalog, export
from workbook.documents.notebook.exporters import CaseHTMLExporter, CasePDFExporter
from workbook.documents.render.pdf import fonts, glyphs
from workbook.documents.tree import blocks
from workbook.errors import CannotExport
from workbook.store import open_store
from workbook.ui.handle import OpenCase

DAY = dt.date(2026, 11, 28)
CJK = any(family.module == "noto_cjk_sans_otc" for family in fonts.installed())
without_cjk = pytest.mark.skipif(CJK, reason="its font is installed")
NAMES = {
    "\u9673\u5927\u6587": "Chinese, Japanese or Korean",
    "\u5c71\u7530 \u82b1\u5b50 (Yamada Hanako)": "Chinese, Japanese or Korean",
    "\u3084\u307e\u3060": "Chinese, Japanese or Korean",
    "\ud64d\uae38\ub3d9": "Chinese, Japanese or Korean",
    "\u05d3\u05d5\u05d3 \u05dc\u05d5\u05d9": "Hebrew",
    "\u0540\u0561\u0575\u056f": "Armenian",
    "\u0e2a\u0e21\u0e0a\u0e32\u0e22": "Thai",
}
PRINTED = [
    "Nguy\u1ec5n Th\u1ecb H\u1ed3ng",
    "\u0623\u062d\u0645\u062f \u0639\u0644\u064a",
    "\u0418\u0432\u0430\u043d",
    "Zo\u00eb \u00d8rsted",
    "\u0393\u03b9\u03ce\u03c1\u03b3\u03bf\u03c2",
    "\u0905\u092e\u093f\u0924",
]
PLACES = (
    "person.name",
    "records.requests.q.to",
    "clinicians.second.name",
    "clinicians.second.facility",
    "parties.helper.name",
)


def named(place: str, name: str) -> Case:
    made = lettered.paper(lettered.case("advocate", "provider_to_provider"))
    return put(made, place, name)


@without_cjk
@pytest.mark.parametrize(
    ("place", "name"),
    [
        pytest.param(place, name, marks=() if n % len(PLACES) == m else pytest.mark.slow)
        for n, name in enumerate(NAMES)
        for m, place in enumerate(PLACES)
    ],
)
def test_a_name_without_glyphs_stops_the_pdf_and_stays_in_other_formats(place: str, name: str) -> None:
    case = named(place, name)
    with pytest.raises(CannotExport) as refused:
        export.make(case, "records-request", "pdf", DAY, about="q")
    said = str(refused.value)
    assert NAMES[name] in said
    assert ("uv sync --extra cjk" in said) is NAMES[name].startswith("Chinese")
    assert said.endswith("Choose Word or the web page instead. They show every letter.")
    assert name not in said
    for form in ("docx", "html"):
        assert name in words_of(export.make(case, "records-request", form, DAY, about="q"), form)


@pytest.mark.parametrize("name", PRINTED)
def test_a_name_with_glyphs_is_printed(name: str) -> None:
    for place in PLACES:
        export.make(named(place, name), "records-request", "pdf", DAY, about="q")


@without_cjk
@pytest.mark.parametrize("document", [d.name for d in catalog.DOCUMENTS.values() if "pdf" in d.formats])
def test_no_document_prints_a_patient_by_another_name(document: str) -> None:
    for case in DEMOS.values():
        named = put(case, "person.name", "\u9673\u5927\u6587")
        for about in [key for key, _ in catalog.subjects(catalog.DOCUMENTS[document], named, DAY)] or [""]:
            tree = export.tree(named, document, DAY, about=about)
            if "\u9673" not in " ".join(texts(tree)):
                continue  # this document does not name the patient
            with pytest.raises(CannotExport, match="uv sync --extra cjk"):
                export.make(named, document, "pdf", DAY, about=about)
            assert not export.made(named, document, "html", DAY, about=about).said


@without_cjk
def test_typed_text_is_not_lost_either() -> None:
    case = put(lettered.case(), "goal.own_words", "\u624b\u672f\u53ef\u4ee5\u7b49\u5230\u6625\u5929\u5417")
    with pytest.raises(CannotExport, match="would lose Chinese"):
        export.make(case, "summary", "pdf", DAY)


def test_an_emoji_in_a_sentence_is_replaced_by_its_name_with_a_message() -> None:
    case = put(lettered.case(), "goal.own_words", "Pain 7/10 \U0001f616")
    made = export.made(case, "summary", "pdf", DAY)
    assert made.said == "Symbols that cannot be printed, such as emoji, appear as words in brackets in this PDF."
    assert "[confounded face]" in words_of(made.data, "pdf")
    assert not export.made(lettered.case(), "summary", "pdf", DAY).said
    assert "\U0001f616" in words_of(export.make(case, "summary", "docx", DAY), "docx")


@pytest.mark.parametrize("place", PLACES)
def test_an_emoji_in_a_name_stops_the_pdf(place: str) -> None:
    with pytest.raises(CannotExport, match=r"would change a name.*Word or the web page"):
        export.make(named(place, "Ana \U0001f338 Example"), "records-request", "pdf", DAY, about="q")


def test_a_name_in_the_middle_of_a_document_counts_as_one() -> None:
    case = add(lettered.case(), "clinicians", {"id": "third", "name": "Dr. \U0001f338", "role": "third"})
    case = add(case, "opinions", {"id": "o", "clinician": "third", "diagnosis": "x", "on": "2026-11-01"})
    case = add(case, "opinions", {"id": "p", "clinician": "second", "diagnosis": "y", "on": "2026-11-01"})
    with pytest.raises(CannotExport, match="would change a name"):
        export.make(case, "comparison", "pdf", DAY)


def test_a_diacritic_without_a_glyph_is_part_of_a_name() -> None:
    assert glyphs.lost("Zoe\u0308 N\u0303") == (frozenset(), False)
    scripts, signs = glyphs.lost("a\u05b0")
    assert scripts
    assert not signs


@without_cjk
def test_the_command_line_reports_it_and_fails(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_store().create(put(lettered.case(), "person.name", "\u9673\u5927\u6587"))
    asked = ["export", "letter", "--document", "records-request", "--about", "q", "--to", str(tmp_path / "out")]
    assert main([*asked, "--as", "pdf"]) == 1
    assert "uv sync --extra cjk" in capsys.readouterr().err
    assert not list((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else True
    assert main([*asked, "--as", "docx"]) == 0


def test_the_command_line_lists_replaced_symbols(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_store().create(put(lettered.case(), "goal.own_words", "\U0001f616"))
    assert main(["export", "letter", "--document", "summary", "--as", "pdf", "--to", str(tmp_path)]) == 0
    assert "letter-summary.pdf: Symbols that cannot be printed" in capsys.readouterr().err


@without_cjk
def test_the_pages_report_it(home: Path) -> None:
    open_store().create(put(lettered.case(), "person.name", "\u9673\u5927\u6587"))
    case = OpenCase()
    letters, packet, one = page(wb.downloads(case, "records-request")), page(wb.packet(case)), page(wb.download(case))
    for told in (
        letters.ask({"do": "press", "name": "make", "value": "records-request|pdf|q"}),
        packet.ask({"do": "press", "name": "make", "value": "pdf"}),
        one.ask({"do": "make", "case": None}),
    ):
        assert told["do"] == "trouble"
        assert "uv sync --extra cjk" in told["text"]
    assert letters.ask({"do": "press", "name": "make", "value": "records-request|docx|q"})["do"] == "file"


def test_the_pages_list_replaced_symbols(home: Path) -> None:
    open_store().create(put(lettered.case(), "goal.own_words", "\U0001f616"))
    case = OpenCase()
    for told in (
        page(wb.packet(case)).ask({"do": "press", "name": "make", "value": "pdf"}),
        page(wb.download(case)).ask({"do": "make", "case": None}),
    ):
        assert told["do"] == "file"
        assert told["text"].startswith("Your file is ready. Symbols that cannot be printed")


def notebook(subject: str, words: str) -> Any:
    made = {"blocks": [blocks.meta(subject=subject), blocks.para(words)]}
    output = nbf.new_output("display_data", data={blocks.MIME: made, "text/plain": ""})
    return nbf.new_notebook(cells=[nbf.new_code_cell("1", outputs=[output])])


@without_cjk
def test_the_notebook_exporter_reports_it(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for book in (notebook("\u9673\u5927\u6587", "x"), notebook("Ana", "\u624b\u672f")):
        with pytest.raises(CannotExport, match="uv sync --extra cjk"):
            CasePDFExporter(run=False).from_notebook_node(book)
        page, _ = CaseHTMLExporter(run=False).from_notebook_node(book)
        assert "\u9673" in page or "\u624b" in page
    with pytest.raises(CannotExport, match="would change a name"):
        CasePDFExporter(run=False).from_notebook_node(notebook("Ana \U0001f338", "x"))
    CasePDFExporter(run=False).from_notebook_node(notebook("Ana", "\U0001f616"))
    assert "Symbols that cannot be printed" in capsys.readouterr().err

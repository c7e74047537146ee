"""A notebook becomes a document: parts and Markdown in order, never code, never a traceback."""

from __future__ import annotations

import base64
import io

import nbformat
import nbformat.v4 as nbf
import pytest
from nbconvert.exporters import get_export_names, get_exporter
from nbformat import NotebookNode
from pypdf import PdfReader

from workbook.documents.notebook.exporters import CaseHTMLExporter, CasePDFExporter
from workbook.documents.notebook.part import Part
from workbook.documents.tree import blocks as B  # noqa: N812
from workbook.errors import CannotExport

from .kinds import png


def shown(data: dict, **about) -> NotebookNode:
    return nbf.new_output("display_data", data=data, metadata=about)


def notebook(*outputs: NotebookNode) -> NotebookNode:
    """A notebook that has been executed."""
    return nbf.new_notebook(
        cells=[
            nbf.new_markdown_cell("## From Markdown"),
            nbf.new_code_cell("hidden_code = 1", outputs=list(outputs)),
            nbf.new_code_cell("1", outputs=[shown({"text/plain": "left out"})], metadata={"tags": ["skip-export"]}),
            nbf.new_markdown_cell("Last words"),
        ]
    )


def exported(nb: NotebookNode, **options) -> str:
    page, _resources = CaseHTMLExporter(run=False, **options).from_notebook_node(nb)
    return page


def test_parts_set_the_documents_title_and_keep_their_order():
    part = Part([B.heading(2, "Goal"), B.para("To walk")], title="My summary", subject="Ada", footer="Not advice")
    page = exported(notebook(shown(part._repr_mimebundle_())))
    assert "<title>My summary</title>" in page
    assert [page.index(word) for word in ("Ada", "From Markdown", "To walk", "Last words", "Not advice")] == sorted(
        page.index(word) for word in ("Ada", "From Markdown", "To walk", "Last words", "Not advice")
    )
    assert "hidden_code" not in page
    assert "left out" not in page


def test_a_part_shows_the_same_words_in_a_notebook():
    shows = Part([B.para("<b>To walk</b>")])._repr_mimebundle_()
    assert "&lt;b&gt;To walk&lt;/b&gt;" in shows["text/html"]
    assert shows[B.MIME] == {"blocks": [B.para("<b>To walk</b>")]}


@pytest.mark.parametrize(
    ("output", "seen"),
    [
        (shown({"text/html": "<table><thead><tr><th></th><th>x</th></tr></thead>"
                "<tr><th>0</th><td>&lt;i&gt;</td></tr></table>"}), '<th scope="row">0</th><td>&lt;i&gt;</td>'),
        (shown({"text/html": "<p>Words</p><script>alert(1)</script><p>More</p>"}), "<p>Words</p>\n<p>More</p>"),
        (shown({"image/png": base64.b64encode(png()).decode()}, alt="A knee"), 'alt="A knee"'),
        (shown({"image/png": "not base64"}, alt="A knee"), "[A knee]"),
        (shown({"text/markdown": "**bold**"}), "<strong>bold</strong>"),
        (shown({"text/plain": "<plain>"}), "&lt;plain&gt;"),
        (nbf.new_output("stream", name="stdout", text="printed"), "printed"),
    ],
)  # fmt: skip
def test_outputs_of_other_libraries(output, seen):
    assert seen in exported(notebook(output))


def test_errors_and_warnings_of_a_cell_are_left_out():
    noise = nbf.new_output("stream", name="stderr", text="a warning")
    assert "a warning" not in exported(notebook(noise))


def test_a_wide_pandas_table_is_split_and_loses_no_column():
    import pandas as pd

    frame = pd.DataFrame({f"col{n:02}": [f"value{n:02}"] for n in range(20)})
    page = exported(notebook(shown({"text/html": frame.to_html()})))
    assert page.count("<table") == 4
    assert all(page.count(f"col{n:02}") == 1 and page.count(f"value{n:02}") == 1 for n in range(20))


def test_invalid_blocks_are_rejected():
    with pytest.raises(CannotExport, match="cannot be made"):
        exported(notebook(shown({B.MIME: {"blocks": [{"k": "script", "t": "x"}]}})))


def test_nbconvert_lists_both():
    assert {"case_html", "case_pdf"} <= set(get_export_names())
    assert get_exporter("case_pdf") is CasePDFExporter
    assert not {"case-html", "case-pdf"} & set(get_export_names()), "JupyterLab's menu cannot use a hyphen"


@pytest.mark.notebooks
def test_the_notebook_is_executed_again_for_the_requested_case(tmp_path):
    cells = [
        nbf.new_code_cell("print('old')", outputs=[nbf.new_output("stream", name="stdout", text="stale words")]),
        nbf.new_code_cell("import os; print('case', os.environ['WORKBOOK_CASE'], os.environ['WORKBOOK_APP'])"),
    ]
    printed, _ = CasePDFExporter(case="k7q2mb", today="2026-11-22").from_notebook_node(nbf.new_notebook(cells=cells))
    reader = PdfReader(io.BytesIO(printed))
    text = reader.pages[0].extract_text()
    assert "case k7q2mb export" in text
    assert "stale words" not in text
    assert reader.metadata.creation_date.isoformat().startswith("2026-11-22")


@pytest.mark.notebooks
def test_a_failing_cell_is_named_in_one_sentence():
    cells = [
        nbf.new_markdown_cell("Title"),
        nbf.new_code_cell("class wb:\n    pass"),
        nbf.new_code_cell("wb.part('Mrs Secret')"),
    ]
    with pytest.raises(CannotExport) as problem:
        CaseHTMLExporter().from_notebook_node(nbf.new_notebook(cells=cells))
    assert str(problem.value).startswith("Cell 3 of the notebook, which begins with wb.part, did not run.")
    assert "Secret" not in str(problem.value)
    assert problem.value.__cause__ is None


def test_the_notebooks_program_finds_the_home_from_any_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORKBOOK_HOME", "answers")
    assert CaseHTMLExporter()._environment()["WORKBOOK_HOME"] == str(tmp_path / "answers")
    monkeypatch.delenv("WORKBOOK_HOME")
    assert "WORKBOOK_HOME" not in CaseHTMLExporter()._environment()


@pytest.mark.notebooks
@pytest.mark.parametrize("name", ["case_html", "case-html"])
def test_the_command_line_writes_a_file_named_by_the_case_and_never_beside_the_notebook(tmp_path, home, name):
    import subprocess
    import sys

    from tests import builders
    from workbook.store import open_store

    open_store().create(builders.case("knee"))
    open_store().create(builders.case("back"))
    (tmp_path / "nb").mkdir()
    (tmp_path / "out").mkdir()
    cells = [
        nbf.new_code_cell("import workbook as wb\n\ncase = wb.open_case()"),
        nbf.new_code_cell("wb.part(case, 'head')"),
    ]
    nbformat.write(nbf.new_notebook(cells=cells), tmp_path / "nb" / "mine.ipynb")

    def convert(*more, cwd=tmp_path, notebook="nb/mine.ipynb"):
        command = [sys.executable, "-m", "nbconvert", "--to", name, "--CaseExporter.case=back", notebook, *more]
        return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)

    done = convert()
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "mine-back.html").is_file()
    assert convert("--output-dir=out").returncode == 0
    assert (tmp_path / "out" / "mine-back.html").is_file()
    refused = convert(cwd=tmp_path / "nb", notebook="mine.ipynb")
    assert refused.returncode == 1
    assert refused.stderr.rstrip().endswith("such as --output-dir=../out")
    assert convert("--output-dir=nb").returncode == 1
    assert [file.name for file in (tmp_path / "nb").iterdir()] == ["mine.ipynb"]


def test_a_page_that_only_asks_says_what_to_export_instead():
    widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "a"}, "text/plain": "JupyterWidget()"}
    nb = notebook(shown(widget))
    nb.cells.insert(0, nbf.new_markdown_cell("# Set the goal"))
    with pytest.raises(CannotExport, match="nothing on it to print"):
        exported(nb)


def test_what_people_press_is_not_in_a_document():
    widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "a"}, "text/plain": "JupyterWidget()"}
    table = {"text/html": "<table><tr><td>Also here</td></tr></table>"}
    both = exported(notebook(shown(widget), shown(table)))
    assert "JupyterWidget" not in both
    assert "Also here" in both
    nb = notebook()
    nb.cells.append(nbf.new_markdown_cell("For authors", metadata={"tags": ["wb-lab"]}))
    assert "For authors" not in exported(nb)

"""CUSTOMIZE.md is correct: each snippet in it works unchanged, and each promise is true."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path
from typing import Any

import pypdf
import pytest

import workbook as wb
from tests.scan.discs import breast_disc
from tests.ui.driver import Driver
from tests.ui.pagekit import opened
from workbook.case import Case
from workbook.cli import main
from workbook.errors import NotebookMistake
from workbook.ui.asking.pages import pages
from workbook.ui.handle import OpenCase

TEXT = (Path(__file__).parents[1] / "CUSTOMIZE.md").read_text("utf-8")


def snippets(language: str) -> list[str]:
    """The code blocks of one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


def snippet(holds: str, language: str = "python") -> str:
    """The only code block with these words."""
    (found,) = [s for s in snippets(language) if holds in s]
    return found


def run(code: str, case: OpenCase) -> Any:
    """The value of a cell's last line, as a notebook shows it."""
    tree = ast.parse(code)
    space: dict[str, Any] = {"wb": wb, "case": case}
    last = tree.body.pop()
    exec(compile(tree, "cell", "exec"), space)
    assert isinstance(last, ast.Expr)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), space)


def page(code: str) -> Driver:
    """The form of a snippet as a page shows it."""
    driver = Driver(run(code, opened()))
    driver.open()
    return driver


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with a disc, from which the notebooks run."""
    (tmp_path / "here").mkdir()
    breast_disc(tmp_path / "here" / "disc")
    monkeypatch.chdir(tmp_path / "here")


@pytest.mark.parametrize("code", snippets("python"), ids=lambda code: " ".join(code.split())[:40])
def test_every_snippet_runs(code: str) -> None:
    assert run(code, opened()) is not None


def test_a_disc_as_tables() -> None:
    case = opened()
    shown = run(snippet("scan.look"), case)
    assert shown.images.tolist() == [4, 2]
    whose = run('import workbook.scan as scan\nscan.look("disc", case)', case)
    assert whose.inventory.patients[0].verdict
    promised = re.search(r"The tables are `found\.(\w+)`, (.*?) \(", TEXT, re.S)
    assert promised
    assert all(len(getattr(whose, name).columns) for name in [promised[1], *re.findall(r"`(\w+)`", promised[2])])


def test_texts_are_changed() -> None:
    asked = dict(page(snippet("By what date")).questions())
    assert list(asked) == ["goal.kinds", "goal.decide_by"]
    assert asked["goal.decide_by"]["question"] == "By what date do you want to be sure?"
    assert asked["goal.decide_by"]["hint"] == "A month is fine."


def test_user_defined_questions() -> None:
    asked = dict(page(snippet("own.ride_home")).questions())
    assert {path: spec["kind"] for path, spec in asked.items()} == {
        "own.ride_home": "text",
        "own.stairs": "yesno",
        "own.contact": "one",
    }
    assert asked["own.contact"]["options"] == [["phone", "By phone"], ["email", "By email"]]


@pytest.mark.parametrize("kind", re.findall(r"`(\w+)`", re.search(r"^Kinds:(.*?)\. With", TEXT, re.S | re.M)[1]))  # type: ignore[index]
def test_every_kind_mentioned_works(kind: str) -> None:
    choices = ', choices={"a": "One", "b": "Two"}' if kind in ("one", "many") else ""
    asked = dict(page(f'wb.form(case, wb.ask("own.x", "Is it so?", kind="{kind}"{choices}))').questions())
    assert asked["own.x"]["kind"] == kind


def test_a_question_inside_a_list_is_asked_of_each_entry() -> None:
    asked = [path for path, _ in page(snippet("own.parking")).questions()]
    assert "insurance.calls.call1.own.parking" in asked


def test_the_mistake_message_is_as_documented() -> None:
    said = " ".join(re.search(r"^> (.*?)\n\n", TEXT, re.S | re.M)[1].split())  # type: ignore[index]
    with pytest.raises(NotebookMistake) as told:
        run('wb.form(case, "goal.decide_bye")', opened())
    assert re.sub(r", line \d+|[\"']", "", str(told.value)) == re.sub(r"[\"']", "", said)


def test_lists_that_many_clients_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from workbook.content import seeds

    before = {e.id for e in seeds("visit.questions")}
    (name,) = re.findall(r"This is `(seeds/[\w.]+)`", TEXT)
    (tmp_path / "seeds").mkdir()
    (tmp_path / name).write_text(snippet("ask-wait", "toml"), "utf-8")
    monkeypatch.setenv("WORKBOOK_PACKS", str(tmp_path))
    after = {e.id: e for e in seeds("visit.questions")}
    assert after["ask-wait"].text == "What could happen if we wait until spring?"
    assert list(after)[list(after).index("ask-watch") + 1] == "own-insurance"
    assert before - set(after) == {"ask-tests"}


def test_a_kind_of_illness_in_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from workbook.content import can_change_plan, conditions, entries

    (name,) = set(re.findall(r"`(conditions/kidney\.toml)`", TEXT))
    (tmp_path / "conditions").mkdir()
    (tmp_path / name).write_text(snippet("[condition]", "toml"), "utf-8")
    monkeypatch.setenv("WORKBOOK_PACKS", str(tmp_path))
    (shipped,) = re.findall(r"There are\nfour: (.*?)\. To", TEXT)
    assert {*re.findall(r"`(\w+)`", shipped), "kidney"} == {*conditions()}
    case = Case.model_validate({"goal": {"conditions": ["kidney"]}})
    assert {"kidney-stone", "kidney-ask-again"} <= {*entries(case, "records.items"), *entries(case, "visit.questions")}
    assert can_change_plan("Stone analysis of May", ["kidney"])


def test_the_seven_steps_from_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import nbformat
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    lines = re.findall(r"^uv run workbook .*$", TEXT, re.MULTILINE)

    def says(verb: str) -> str:
        command = next(shlex.split(line)[3:] for line in lines if line.split()[3] == verb)
        assert main(command) == 0
        return capsys.readouterr().out

    says("demo")
    says("init")
    own = Path("my-practice", "notebooks")
    book = nbformat.read(own / "1-goal.ipynb", 4)
    form = next(cell for cell in book.cells if cell.source.startswith("wb.form"))
    form.source = snippet("By what date")
    nbformat.write(book, own / "1-goal.ipynb")
    (title,) = re.findall(r"such as `# (.*?)`", TEXT)
    cells = [new_code_cell(snippet(words)) for words in ("import workbook as wb", "own.next_call", "wb.done(case)")]
    nbformat.write(new_notebook(cells=[new_markdown_cell(f"# {title}"), *cells]), own / "8-after.ipynb")
    assert "8-demo-spine.ipynb" in says("new-notebook")
    assert says("check").count("my-practice/") == 0, "no file has a mistake"
    map_ = {page.name: page for page in pages(Path("my-practice"))}
    assert map_["8-after"].title == title
    assert map_["8-demo-spine"].title == "Before your surgery"
    assert "goal.decide_by" in map_["1-goal"].paths
    says("export")
    (paper,) = Path("out").iterdir()
    words = " ".join(part.extract_text() for part in pypdf.PdfReader(paper).pages)
    assert re.search(r"By what date (does|do) .*? want to be sure", words), "the practice's words, not the shipped ones"


def test_the_first_lines_make_a_custom_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import nbformat
    from nbformat.v4 import new_code_cell, new_notebook

    (name,) = set(re.findall(r"`(\d-\w+\.ipynb)`", TEXT)) - {"1-goal.ipynb"}
    nbformat.write(new_notebook(cells=[new_code_cell(snippet("import workbook as wb"))]), tmp_path / name)
    assert [p.name for p in pages(tmp_path) if p.step] == [name.removesuffix(".ipynb")]

"""A real JupyterLab over HTTP: its menu makes documents, its preview is our page, and saving changes no line."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import websocket
from pypdf import PdfReader

from tests.chromium import PATIENCE, started
from workbook.session import demo
from workbook.store import lab_choices, open_store

from .lab_server import KEY, running

ROOT = Path(__file__).parents[2]
NAMES = sorted(file.name for file in (ROOT / "notebooks").glob("*.ipynb"))
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "notebooks", folder / "nb", ignore=shutil.ignore_patterns(".*"))
    store = open_store(folder / "home")
    for case in demo.cases():
        store.create(case)
    store.close()
    return folder


@pytest.fixture(scope="module")
def ask(place: Path) -> Iterator[Any]:
    with running(place / "nb", place / "home", place) as server:
        yield server


def chosen(place: Path, case_id: str, name: str = "summary.ipynb") -> None:
    """As the kernel of the notebook notes it when somebody chooses."""
    lab_choices.remember(place / "home", str((place / "nb" / name).resolve()), case_id)


def test_the_menu_offers_what_works(ask: Any) -> None:
    listed = ask("/api/nbconvert").json()
    assert {"case_html", "case_pdf"} <= {*listed}
    assert not {"case-html", "case-pdf", "pdf", "webpdf", "qtpdf", "latex"} & {*listed}


def test_the_menu_makes_the_document_of_the_chosen_workbook(ask: Any, place: Path) -> None:
    chosen(place, "demo-breast")
    answer = ask("/nbconvert/case_pdf/summary.ipynb?download=true")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Disposition"].endswith("summary-demo-breast.pdf")
    assert "Marisol" in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    chosen(place, "demo-spine")
    page = ask("/nbconvert/case_html/summary.ipynb?download=true")
    assert page.headers["Content-Disposition"].endswith("summary-demo-spine.html")
    assert "Marisol" not in page.text
    assert not list((place / "nb").glob("*.pdf")) + list((place / "nb").glob("*.html")), "nothing among the notebooks"


def run(ask: Any, name: str, code: str) -> None:
    """Runs code in the kernel of a notebook, as JupyterLab does."""
    session = {"path": name, "name": name, "type": "notebook", "kernel": {"name": "python3"}}
    made = ask("/api/sessions", "post", json=session).json()
    address = ask("/api").url.removesuffix("/api").replace("http", "ws", 1)
    line = websocket.create_connection(f"{address}/api/kernels/{made['kernel']['id']}/channels", header=KEY, timeout=60)
    header = {"msg_id": "m1", "msg_type": "execute_request", "session": "s", "username": "", "version": "5.3"}
    content = {"code": code, "silent": False, "store_history": False, "allow_stdin": False}
    line.send(
        json.dumps({"header": header, "parent_header": {}, "metadata": {}, "channel": "shell", "content": content})
    )
    while True:
        told = json.loads(line.recv())
        if told["parent_header"].get("msg_id") == "m1" and told["msg_type"] == "execute_reply":
            break
    line.close()
    assert told["content"]["status"] == "ok", told["content"]


def test_the_workbook_that_a_kernel_opens_is_the_one_that_is_exported(ask: Any, place: Path) -> None:
    shutil.copy(place / "nb" / "summary.ipynb", place / "nb" / "mine.ipynb")
    run(ask, "mine.ipynb", 'import workbook as wb\ncase = wb.open_case("demo-spine")')
    page = ask("/nbconvert/case_html/mine.ipynb?download=true")
    (place / "nb" / "mine.ipynb").unlink()
    assert page.headers["Content-Disposition"].endswith("mine-demo-spine.html"), page.text


def test_the_client_view_opens_the_workbook_that_is_chosen_in_the_notebook(ask: Any, place: Path) -> None:
    chosen(place, "demo-spine", "1-goal.ipynb")
    answer = ask("/workbook/as-client/1-goal.ipynb", allow_redirects=False)
    assert answer.headers["Location"] == "/voila/render/1-goal.ipynb?case=demo-spine&as=client"
    other = ask("/workbook/as-client/find.ipynb", allow_redirects=False)
    assert other.headers["Location"] == "/voila/render/find.ipynb?as=client"
    (place / "nb" / "more").mkdir()
    shutil.copy(place / "nb" / "1-goal.ipynb", place / "nb" / "more" / "1-goal.ipynb")
    chosen(place, "demo-breast", "more/1-goal.ipynb")
    inner = ask("/workbook/as-client/more/1-goal.ipynb", allow_redirects=False)
    shutil.rmtree(place / "nb" / "more")
    assert inner.headers["Location"] == "/voila/render/1-goal.ipynb?case=demo-breast&as=client", "pages have no folder"
    assert ask("/workbook/as-client/..%2F..%2Fetc%2Fpasswd").status_code == 404


def test_jupyterlab_has_the_button_for_it(ask: Any) -> None:
    names = {
        one["name"]: one
        for one in json.loads(ask("/lab").text.split('"federated_extensions": ')[1].split("]")[0] + "]")
    }
    script = names["second-opinion-workbook"]["load"]
    assert ask(f"/lab/extensions/second-opinion-workbook/{script}").ok


def test_the_button_opens_the_page_as_the_client_sees_it(ask: Any, place: Path) -> None:
    chosen(place, "demo-breast", "1-goal.ipynb")
    base = ask("/api").url.removesuffix("/api")
    with started() as browser:
        context = browser.new_context()
        lab = context.new_page()
        lab.goto(f"{base}/lab/tree/1-goal.ipynb?token=sesame")
        lab.get_by_text("import workbook as wb").first.wait_for(timeout=PATIENCE)
        with context.expect_page() as opened:
            lab.get_by_role("button", name="See as client").click(timeout=PATIENCE)
        seen = opened.value
        seen.wait_for_url("**/voila/render/1-goal.ipynb?case=demo-breast&as=client", timeout=PATIENCE)
        seen.get_by_text("You see the pages as the client does.").wait_for(timeout=PATIENCE)
        context.close()


def test_without_a_choice_the_menu_says_what_to_do(ask: Any, place: Path) -> None:
    shutil.copy(place / "nb" / "summary.ipynb", place / "nb" / "other.ipynb")
    answer = ask("/nbconvert/case_html/other.ipynb")
    (place / "nb" / "other.ipynb").unlink()
    assert answer.status_code == 409
    assert "Choose one in the list under wb.steps(case). Then export it again." in answer.text
    assert "Traceback" not in answer.text
    assert "nbconvert failed" not in answer.text


def test_a_cell_that_fails_is_named_in_one_sentence(ask: Any, place: Path) -> None:
    chosen(place, "demo-breast", "wrong.ipynb")
    book = json.loads((place / "nb" / "summary.ipynb").read_text("utf-8"))
    last = next(cell for cell in reversed(book["cells"]) if cell["cell_type"] == "code")
    last["source"] = ["wb.part(case, 'nothing-of-the-kind')"]
    (place / "nb" / "wrong.ipynb").write_text(json.dumps(book), "utf-8")
    answer = ask("/nbconvert/case_pdf/wrong.ipynb?download=true")
    (place / "nb" / "wrong.ipynb").unlink()
    assert answer.status_code == 409
    assert "which begins with wb.part, did not run." in answer.text


def test_who_has_no_key_gets_no_document(ask: Any, place: Path) -> None:
    chosen(place, "demo-breast")
    address = ask("/api").url.removesuffix("/api")
    answer = requests.get(f"{address}/nbconvert/case_html/summary.ipynb", timeout=60)
    assert "Marisol" not in answer.text
    assert answer.status_code == 403 or "login" in answer.url


def test_a_step_as_a_document_has_no_widgets_and_no_notes_for_authors(ask: Any, place: Path) -> None:
    chosen(place, "demo-breast", "5-visit.ipynb")
    page = ask("/nbconvert/case_html/5-visit.ipynb").text
    assert "<h1" in page
    for odd in ("JupyterWidget", "object at 0x", "Form(", "Panel(", "shows only in JupyterLab", "VBox("):
        assert odd not in page


def test_the_preview_of_voila_is_our_page(ask: Any) -> None:
    page = ask("/voila/render/1-goal.ipynb?case=demo-breast")
    assert "wb-frame" in page.text
    assert "This cell shows only in JupyterLab" not in page.text
    assert "http://" not in page.text.replace("http://www.w3.org", "")
    for host in ("cdn.jsdelivr.net", "cdnjs", "unpkg"):
        assert host not in page.text


@pytest.mark.parametrize("name", NAMES)
def test_saving_an_untouched_notebook_changes_no_byte(ask: Any, place: Path, name: str) -> None:
    file = place / "nb" / name
    before = file.read_bytes()
    assert before == (ROOT / "notebooks" / name).read_bytes()
    model = ask(f"/api/contents/{name}?content=1").json()
    run = json.loads(json.dumps(model["content"]))
    run["metadata"]["kernelspec"]["display_name"] = "Python 3 (ipykernel)"  # as JupyterLab does on opening
    run["metadata"]["language_info"] = {"name": "python", "version": "3.13.1", "pygments_lexer": "ipython3"}
    run["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {"a": "Marisol"}}}
    for number, cell in enumerate(c for c in run["cells"] if c["cell_type"] == "code"):
        cell["execution_count"] = number
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "Marisol"}]
        cell["metadata"] |= {"collapsed": False, "trusted": True, "execution": {"iopub.status.busy": "2026-11-30"}}
    for content in (model["content"], run):
        body = {"type": "notebook", "format": "json", "content": content}
        assert ask(f"/api/contents/{name}", "put", json=body).status_code == 200
        assert file.read_bytes() == before

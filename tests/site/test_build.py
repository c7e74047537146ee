"""The folder that is built: complete, listed to the byte, the same each time, and never over somebody's files."""

from __future__ import annotations

import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.site.parts_box import folder_of_notebooks, notebook, plain_pages, small
from workbook.errors import CannotBuild
from workbook.page import assets
from workbook.site import build, content_file, policy
from workbook.site.build import Site

ASSETS = {"page.js": b'import "./files.js";', "page.css": b"p {}", "font.woff2": b"font"}


@pytest.fixture
def books(tmp_path: Path) -> Path:
    return folder_of_notebooks(tmp_path / "notebooks")


def _build(books: Path, out: Path, workbook: bytes = b"our code", **more: object) -> Site:
    return build.build(books, out, small(workbook), plain_pages, assets=ASSETS, **more)  # type: ignore[arg-type]


def _list(out: Path) -> dict[str, list[dict[str, str | int]]]:
    found: dict[str, list[dict[str, str | int]]] = json.loads((out / "files.json").read_text("utf-8"))
    return found


def _all(out: Path) -> dict[str, bytes]:
    return {f.relative_to(out).as_posix(): f.read_bytes() for f in sorted(out.rglob("*")) if f.is_file()}


def test_the_list_names_every_file_with_its_bytes_and_checksum(books: Path, tmp_path: Path) -> None:
    site = _build(books, tmp_path / "out")
    there = _all(tmp_path / "out")
    rows = _list(tmp_path / "out")["files"]
    for row in rows:
        data = there.pop(str(row["path"]))
        assert (row["bytes"], row["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert sorted(there) == sorted([site.list, "files.json", "sw.js", "_headers", ".nojekyll", ".workbook-site"])
    assert there[site.list] == there["files.json"]


def test_the_list_has_what_the_first_visit_needs_before_what_comes_later(books: Path, tmp_path: Path) -> None:
    _build(books, tmp_path / "out")
    uses = [str(row["use"]) for row in _list(tmp_path / "out")["files"]]
    assert list(dict.fromkeys(uses)) == ["page", "first", "packet", "pypdfium2", "typst"]


def test_the_same_input_gives_the_same_bytes(books: Path, tmp_path: Path) -> None:
    _build(books, tmp_path / "one")
    _build(books, tmp_path / "two")
    assert _all(tmp_path / "one") == _all(tmp_path / "two")


@pytest.mark.parametrize("what", ["code", "notebook", "page", "script", "name"])
def test_any_change_makes_a_new_version_and_a_new_service_worker(what: str, books: Path, tmp_path: Path) -> None:
    old = _build(books, tmp_path / "one")
    pages, assets, name, code = plain_pages, dict(ASSETS), "Second Opinion Workbook", b"our code"
    if what == "code":
        code = b"our new code"
    elif what == "notebook":
        (books / "index.ipynb").write_text(notebook("import workbook as wb  # changed"), "utf-8")
    elif what == "page":

        def pages(site: Site) -> dict[str, bytes]:
            return {path: data + b"<p>" for path, data in plain_pages(site).items()}

    elif what == "script":
        assets["page.js"] = b"// changed"
    else:
        name = "Our practice"
    new = build.build(books, tmp_path / "two", small(code), pages, assets=assets, name=name)
    assert new.version != old.version
    assert (tmp_path / "one" / "sw.js").read_bytes() != (tmp_path / "two" / "sw.js").read_bytes()


def test_what_did_not_change_keeps_its_address(books: Path, tmp_path: Path) -> None:
    _build(books, tmp_path / "one")
    _build(books, tmp_path / "two", b"our new code")
    one, two = ({row["name"]: row["path"] for row in _list(tmp_path / n)["files"]} for n in ("one", "two"))
    assert {name for name in one if one[name] != two[name]} == {"workbook.zip"}


def test_each_address_but_a_pages_holds_a_checksum(books: Path, tmp_path: Path) -> None:
    _build(books, tmp_path / "out")
    plain = [row["path"] for row in _list(tmp_path / "out")["files"] if not str(row["path"]).startswith("app/")]
    assert sorted(map(str, plain)) == ["1-goal.html", "index.html", "manifest.webmanifest"]


def test_the_scripts_share_a_folder_so_that_they_can_import_each_other(books: Path, tmp_path: Path) -> None:
    site = _build(books, tmp_path / "out")
    scripts = ("page.js", "files.js", "start.js", "xz.mjs", "pyodide.mjs", "lock.mjs", "page.css", "font.woff2")
    assert len({str(Path(site.address(name)).parent) for name in scripts}) == 1


def test_no_output_and_no_widget_of_a_notebook_leaves_with_the_site(books: Path, tmp_path: Path) -> None:
    _build(books, tmp_path / "out")
    assert [path for path, data in _all(tmp_path / "out").items() if b"answer of somebody" in data] == []


def test_cells_for_jupyterlab_stay_out(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text(notebook("import os", tags=("wb-lab",)), "utf-8")
    assert [cell["source"] for cell in content_file.notebooks(tmp_path)["a"]["cells"]] == ["# A page"]


def test_a_page_about_several_workbooks_is_in_no_site(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text(notebook("import workbook as wb"), "utf-8")
    (tmp_path / "all.ipynb").write_text(notebook("wb.clients(case)"), "utf-8")
    assert [*content_file.notebooks(tmp_path)] == ["a"]
    shipped = Path(__file__).parents[2] / "notebooks"
    assert {*content_file.notebooks(shipped)} == {file.stem for file in shipped.glob("*.ipynb")} - {"board"}


def test_a_practices_packs_are_in_the_content(books: Path, tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    (packs / "texts").mkdir(parents=True)
    (packs / "texts" / "script.toml").write_text("[[entry]]\nid = 'a'\n", "utf-8")
    (packs / "notes.docx").write_bytes(b"\xff")
    site = _build(books, tmp_path / "out", packs=packs)
    content = json.loads((tmp_path / "out" / site.address("content.json")).read_text("utf-8"))
    assert content["packs"] == {"texts/script.toml": "[[entry]]\nid = 'a'\n"}
    assert list(content["notebooks"]) == ["1-goal", "index"]


def test_the_manifest_works_in_any_folder_of_a_host(books: Path, tmp_path: Path) -> None:
    _build(books, tmp_path / "out", name="Our practice")
    manifest = json.loads((tmp_path / "out" / "manifest.webmanifest").read_text("utf-8"))
    assert manifest["name"] == "Our practice"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    assert all((tmp_path / "out" / icon["src"]).is_file() for icon in manifest["icons"])
    assert not [value for value in manifest.values() if isinstance(value, str) and value.startswith("/")]


@pytest.mark.parametrize("make", ["file", "full"])
def test_somebodys_folder_is_never_written_over(make: str, books: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    if make == "file":
        out.write_bytes(b"mine")
    else:
        out.mkdir()
        (out / "mine.txt").write_bytes(b"mine")
    with pytest.raises(CannotBuild, match="Choose an"):
        _build(books, out)
    assert (out if make == "file" else out / "mine.txt").read_bytes() == b"mine"


def test_an_earlier_site_is_replaced_whole(books: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    _build(books, out)
    before = set(_all(out))
    _build(books, out, b"our new code")
    assert len(_all(out)) == len(before)
    assert not [f for f in tmp_path.iterdir() if f.name.startswith(".workbook-")]


def test_a_build_that_fails_leaves_the_earlier_site(books: Path, tmp_path: Path) -> None:
    _build(books, tmp_path / "out")
    before = _all(tmp_path / "out")
    (books / "index.ipynb").write_text("{", "utf-8")
    with pytest.raises(CannotBuild, match=r"index\.ipynb is not a notebook"):
        _build(books, tmp_path / "out")
    assert _all(tmp_path / "out") == before


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"cells": [3], "metadata": {}}', '{"cells": 3}', '{"cells": [{}]}'])
def test_a_damaged_notebook_is_one_sentence(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text(text, "utf-8")
    with pytest.raises(CannotBuild, match=r"a\.ipynb is not a notebook"):
        content_file.notebooks(tmp_path)


def test_a_folder_without_notebooks_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotBuild, match="no notebooks in that folder"):
        content_file.notebooks(tmp_path)


@pytest.mark.parametrize("name", ["logo.exe", "missing.png"])
def test_a_logo_that_is_none_is_one_sentence(name: str, books: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotBuild, match="logo"):
        _build(books, tmp_path / "out", logo=tmp_path / name)


def test_nothing_of_the_site_names_another_host(books: Path, tmp_path: Path) -> None:
    _build(books, tmp_path / "out")
    text = {
        f.name: f.read_text("utf-8") for f in (tmp_path / "out").rglob("*") if f.suffix in (".js", ".html", ".json")
    }
    named = {name for name, words in text.items() if "://" in words.replace("https://python.invalid/", "")}
    assert named == set()


def test_the_policy_lets_no_text_become_code_and_no_other_host_in() -> None:
    for written in (policy.PAGE, policy.WORKER):
        rules = dict(rule.split(" ", 1) for rule in written.split("; "))
        assert rules["default-src"] == "'none'"
        assert "'unsafe-eval'" not in written
        assert "'unsafe-inline'" not in rules["script-src"]
        assert not [word for rule in rules.values() for word in rule.split() if "." in word or "*" in word]
    assert dict(rule.split(" ", 1) for rule in policy.PAGE.split("; "))["script-src"] == f"'self' {assets.early_hash()}"


def test_a_header_of_the_example_is_set_once_for_each_address() -> None:
    rules: dict[str, list[str]] = {}
    for line in policy.headers_file().splitlines():
        rules.setdefault(line, []) if not line.startswith(" ") else rules[list(rules)[-1]].append(line.split(":")[0])
    assert not set(rules["/*"]) & {name for rule, names in rules.items() if rule != "/*" for name in names}
    assert set(rules) == {"/*", "/", "/*.html", "/app/*", "/sw.js"}


class _Policies(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if ("http-equiv", "Content-Security-Policy") in attrs:
            self.found.append(str(dict(attrs)["content"]))


def test_the_service_worker_sets_the_headers_of_the_server(books: Path, tmp_path: Path) -> None:
    _build(books, tmp_path / "out")
    [line] = [one for one in (tmp_path / "out" / "sw.js").read_text().splitlines() if one.startswith("const HEADERS")]
    headers = json.loads(line.partition("= ")[2].rstrip(";"))
    assert headers == {"page": policy.headers("1-goal.html"), "other": policy.headers("app/v/worker.js")}
    assert "wasm-unsafe-eval" in headers["other"]["Content-Security-Policy"]


def test_the_example_for_nginx_sets_the_same_headers() -> None:
    text = (Path(__file__).parents[2] / "docs/hosting.md").read_text("utf-8")
    example = text.partition("map $uri")[2].partition("```")[0]
    for name, value in policy.HEADERS.items():
        assert re.search(rf'add_header {name} "?{re.escape(value)}"?;', example), name
    assert f'default      "{policy.WORKER}";' in example
    assert f'~^/app/  "{policy.FOREVER}";' in example
    assert not re.search(r"\blocation\b", example), "a location that sets a header drops those of the server"


def test_a_page_gets_its_policy_and_its_version(books: Path, tmp_path: Path) -> None:
    site = _build(books, tmp_path / "out")
    text = (tmp_path / "out" / "index.html").read_text("utf-8")
    parser = _Policies()
    parser.feed(text)
    assert parser.found == [policy.PAGE]
    assert site.version in text
    assert (tmp_path / "out" / site.list).is_file()

"""`workbook site --serve`: this computer only, right types and headers, nothing stale, nothing hidden."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.site.parts_box import folder_of_notebooks, plain_pages, small
from workbook.cli import main
from workbook.errors import CannotServe
from workbook.site import build, pages, parts, policy, serve


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    books = folder_of_notebooks(tmp_path / "notebooks")
    build.build(books, tmp_path / "out", small(), plain_pages, assets={"page.js": b""})
    return tmp_path / "out"


@pytest.fixture
def port(folder: Path) -> Iterator[int]:
    with serve.serve(folder, 0) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server.server_port
        server.shutdown()


def _get(port: int, path: str, host: str = "127.0.0.1") -> http.client.HTTPResponse:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    line.request("GET", path, headers={"Host": f"{host}:{port}"})
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer


def test_every_file_has_the_type_that_a_browser_insists_on(folder: Path, port: int) -> None:
    types = {}
    for file in folder.rglob("*"):
        if file.is_file() and not file.name.startswith((".", "_")):
            types[file.suffix] = _get(port, f"/{file.relative_to(folder).as_posix()}").getheader("Content-Type")
    assert types == {ending: policy.TYPES[ending] for ending in types}
    assert {".mjs", ".js", ".html", ".webmanifest", ".png", ".json", ".bin"} <= set(types)


def test_a_page_is_asked_about_each_time_and_a_file_with_a_checksum_never(folder: Path, port: int) -> None:
    assert _get(port, "/").getheader("Cache-Control") == "no-cache"
    assert _get(port, "/sw.js").getheader("Cache-Control") == "no-cache"
    file = next((folder / "app").glob("*.bin"))
    assert "immutable" in str(_get(port, f"/app/{file.name}").getheader("Cache-Control"))


def test_each_answer_has_the_strict_headers_once(port: int) -> None:
    for path in ("/", "/1-goal.html", "/sw.js", "/missing.html"):
        names = [name for name, _ in _get(port, path).getheaders()]
        assert all(names.count(name) == 1 for name in [*policy.HEADERS, "Content-Security-Policy"]), path
    assert "frame-ancestors 'none'" in str(_get(port, "/?case=1").getheader("Content-Security-Policy"))


@pytest.mark.parametrize(
    "path", ["/.workbook-site", "/app/", "/../pyproject.toml", "/%2e%2e/notebooks/", "/app/%2egit"]
)
def test_no_hidden_file_no_list_of_files_and_nothing_outside(path: str, port: int) -> None:
    assert _get(port, path).status == 404


def test_another_name_for_this_computer_is_refused(port: int) -> None:
    assert _get(port, "/", "localhost").status == 200
    assert _get(port, "/", "evil.example").status == 404


def test_a_folder_without_a_site_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotServe, match="no workbook site in that folder"):
        serve.serve(tmp_path)


def test_the_next_port_is_taken_only_if_none_was_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve.serve(folder, 0) as first:
        monkeypatch.setattr(serve, "PORT", first.server_port)
        with serve.serve(folder, first.server_port) as second:
            assert second.server_port != first.server_port
        monkeypatch.setattr(serve, "PORT", 1)
        with pytest.raises(CannotServe, match="Another program is using port"):
            serve.serve(folder, first.server_port)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "maker", lambda _notebooks, _packs, **_: plain_pages)
    monkeypatch.setattr(parts, "prepare", lambda **_: small())


@pytest.mark.usefixtures("quick")
def test_the_command_builds_a_site_and_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    books = folder_of_notebooks(tmp_path / "mine")
    assert main(["site", str(books), "--to", str(tmp_path / "out"), "--link", "Our office=https://example.org"]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'out'}\n"
    assert (tmp_path / "out" / "1-goal.html").is_file()


@pytest.mark.usefixtures("quick")
def test_the_command_shows_the_shipped_site_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("workbook.site.runtime.cache_dir", lambda: tmp_path)
    monkeypatch.setattr(serve.Server, "serve_forever", lambda _self: None)
    opened: list[str] = []
    monkeypatch.setattr(serve.webbrowser, "open", opened.append)
    assert main(["site", "--serve", "--no-browser", "--port", "0"]) == 0
    assert capsys.readouterr().out.startswith("http://127.0.0.1:")
    assert opened == []
    assert (tmp_path / "shown" / "summary.html").is_file()


@pytest.mark.usefixtures("quick")
def test_the_command_refuses_somebodys_folder_before_it_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(parts, "prepare", lambda **_: pytest.fail("minutes of work"))
    (tmp_path / "mine.txt").write_bytes(b"mine")
    assert main(["site", "--to", str(tmp_path)]) == 1
    assert "other files in that folder" in capsys.readouterr().err


@pytest.mark.parametrize("link", ["example.org", "=https://example.org", "Our office=javascript:alert(1)"])
def test_a_link_is_words_and_an_address(link: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["site", "--to", "out", "--link", link])
    assert "write a link like" in capsys.readouterr().err


def test_the_command_without_a_folder_says_what_to_write(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["site"]) == 1
    assert "workbook site --to FOLDER" in capsys.readouterr().err

"""A drop box over HTTP: what it takes, what it refuses, and that a stranger cannot undo what it has acknowledged."""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.drop_box.running import TYPE, Running, like_sealed
from workbook.drop_box.box import Box, Part
from workbook.drop_box.limits import Limits
from workbook.drop_box.serve import server
from workbook.errors import CannotServe
from workbook.site.build import MARKER

Start = Callable[..., Running]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    made: list[Running] = []

    def starting(site: Path | None = None, **limits: Any) -> Running:
        made.append(Running(Box(tmp_path / "box", Limits(**limits), lambda _: 10**12), site))
        return made[-1]

    yield starting
    for one in made:
        one.stop()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with one small site in it, and a secret beside it."""
    out = tmp_path / "sites" / "pat"
    (out / "app").mkdir(parents=True)
    (out / MARKER).write_text("1")
    (out / "index.html").write_text("<p>Page</p>")
    (out / "app" / "page.1a.js").write_text("1")
    (tmp_path / "secret.txt").write_text("SECRET")
    return out.parent


def test_a_file_is_kept_and_then_acknowledged_with_its_checksum(start: Start) -> None:
    one, data = start(), like_sealed(300_000)
    assert one.send(data) == (200, f"kept {hashlib.sha256(data).hexdigest()}\n")
    assert [file.read_bytes() for file in one.box.waiting()] == [data]


def test_nothing_can_be_read_back(start: Start) -> None:
    one = start()
    one.send(like_sealed())
    (file,) = one.box.waiting()
    for path in ("/drop", "/pat/drop", f"/drop/{file.name}", f"/{file.name}", "/", "/drop/..", "/aside", "//drop"):
        for method in ("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"):
            status, told, headers = one.ask(method, path)
            assert status in (404, 405), (method, path)
            assert file.name.encode() not in told
            assert "tornado" not in str(headers).lower()
    assert len(one.box.waiting()) == 1


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (415, {"Content-Type": "text/plain"}),
        (415, {}),
        (415, {"Content-Type": "multipart/form-data; boundary=x"}),
        (403, {**TYPE, "Sec-Fetch-Site": "cross-site"}),
        (403, {**TYPE, "Sec-Fetch-Site": "same-site"}),
        (200, {**TYPE, "Sec-Fetch-Site": "same-origin"}),
    ],
)
def test_files_come_from_the_page_alone(start: Start, status: int, headers: dict[str, str]) -> None:
    one = start()
    assert one.ask("POST", "/drop", like_sealed(), headers)[0] == status
    assert len(one.box.waiting()) == (status == 200)


def test_each_refusal_says_one_sentence(start: Start) -> None:
    one = start(file=5000, files=2, of_one=100)
    assert one.send(b"{" * 2000) == (415, "This is not a file that was sealed for this drop box.\n")
    assert one.send(like_sealed(6000)) == (413, "The file is too large.\n")
    assert one.send(like_sealed())[0] == one.send(like_sealed())[0] == 200
    assert one.send(like_sealed()) == (507, "The drop box is full. What is in it stays. Tell the practice.\n")
    chunked = iter([like_sealed()])
    assert one.ask("POST", "/drop", chunked, TYPE)[0] == 411
    assert len([*one.box.folder.iterdir()]) == 2


def test_one_address_is_slowed_down_and_the_others_are_not(start: Start) -> None:
    one = start(of_one=3)
    assert [one.send(like_sealed())[0] for _ in range(5)] == [200] * 3 + [429] * 2
    assert one.send(like_sealed(), whose="192.0.2.9")[0] == 200
    assert one.send(like_sealed(), whose="192.0.2.77, 192.0.2.1")[0] == 429, "what a visitor says of themselves"
    assert one.ask("POST", "/drop", like_sealed(), {**TYPE, "X-Forwarded-For": "x"})[0] == 200


def test_it_says_for_how_long_and_whether_it_is_this_address_or_all(start: Start) -> None:
    one = start(of_one=2, of_all=3)
    for whose in ("192.0.2.7", "192.0.2.8"):
        for _ in range(3):  # nonsense takes nobody's turn
            one.send(b"{" * 2000, whose=whose)
    told = []
    for whose in ("192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2", "192.0.2.3"):
        headers = {**TYPE, "X-Forwarded-For": whose}
        status, said, given = one.ask("POST", "/drop", like_sealed(), headers)
        told.append((status, said.decode() if status != 200 else ""))
        assert ("Retry-After" in given) == (status == 429)
        assert 3590 <= int(given.get("Retry-After", 3600)) <= 3600
    assert told == [
        (200, ""),
        (200, ""),
        (429, "Too many files came from here. Try again in an hour.\n"),
        (200, ""),
        (429, "The drop box took many files in the last hour. Try again later.\n"),
    ]


def test_an_address_is_forgotten_though_nobody_comes_any_more(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    one = start(forget_time=0.02)
    assert one.send(like_sealed())[0] == 200
    assert [*one.server.gate._times] == ["192.0.2.1"]
    monkeypatch.setattr("workbook.drop_box.limits.HOUR", 0.01)
    for _ in range(200):
        if not one.server.gate._times:
            break
        time.sleep(0.02)
    assert [*one.server.gate._times] == []


def test_what_a_server_before_it_left_unfinished_goes_while_this_one_runs(start: Start) -> None:
    one = start(forget_time=0.02, body_time=0.5)
    left = one.box.folder / ".0.part"  # as by a restart in the middle of a file: too young when this one started
    left.write_bytes(b"half")
    assert one.send(like_sealed())[0] == 200
    for _ in range(200):
        if not left.exists():
            break
        time.sleep(0.02)
    assert (left.exists(), len(one.box.waiting())) == (False, 1)


def test_a_stranger_who_fills_it_cannot_undo_what_was_acknowledged(start: Start) -> None:
    one, mine = start(files=30, of_one=10**6, of_all=10**6), like_sealed(4000)
    assert one.send(mine, whose="192.0.2.200")[0] == 200
    answers = [one.send(like_sealed(500), whose=f"198.51.100.{n % 250}")[0] for n in range(300)]
    assert (answers.count(200), answers.count(507)) == (29, 271)
    assert mine in [file.read_bytes() for file in one.box.waiting()]
    assert len([*one.box.folder.iterdir()]) == 30


@pytest.mark.slow
def test_ten_thousand_posts(start: Start) -> None:
    import http.client

    one, mine, told = start(), like_sealed(4000), dict[int, int]()
    assert one.send(mine, whose="192.0.2.200")[0] == 200
    link = http.client.HTTPConnection(server.HOST, one.port, timeout=30)
    body = like_sealed(300)
    for n in range(10_000):
        link.request("POST", "/drop", body, {**TYPE, "X-Forwarded-For": f"10.{n % 250}.{n // 250}.1"})
        answer = link.getresponse()
        answer.read()
        told[answer.status] = told.get(answer.status, 0) + 1
    link.close()
    assert told == {200: Limits().of_all - 1, 429: 10_000 - Limits().of_all + 1}
    assert mine in [file.read_bytes() for file in one.box.waiting()]


def test_a_browser_that_still_sends_hears_why_it_was_refused(start: Start) -> None:
    one = start(files=0)
    with _open(one) as link:
        link.sendall(_head(15_000_000))
        time.sleep(0.2)
        for _ in range(150):
            link.sendall(b"a" * 100_000)
        assert b"507" in link.recv(10_000)
    with _open(one) as link:  # no reason to wait for one that is far too large
        link.sendall(_head(10**15))
        assert b"413" in link.recv(10_000)
    assert [*one.box.folder.iterdir()] == []


@pytest.mark.parametrize(("shown", "status"), [(True, b"405"), (False, b"404")])
def test_a_page_takes_no_files_and_says_so_before_they_come(
    start: Start, site: Path, shown: bool, status: bytes
) -> None:
    one = start(site if shown else None)
    for method in (b"POST", b"PUT"):
        with _open(one) as link:
            link.sendall(_head(19_900_000, "/").replace(b"POST", method, 1))
            assert status in link.recv(10_000)
    with _open(one) as link:
        link.sendall(_head(19_900_000, "/pat/").replace(b"POST", b"GET", 1))
        assert (b"413" if shown else b"404") in link.recv(10_000)
    assert one.ask("POST", "/", iter([b"a" * 1000]))[0] == int(status)


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="the memory of a process, as Linux tells it")
def test_what_strangers_send_to_a_page_is_never_kept_in_memory(tmp_path: Path, site: Path) -> None:
    env = {**os.environ, "WORKBOOK_HOME": str(tmp_path / "home")}
    with socket.socket() as free:
        free.bind((server.HOST, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "workbook", "drop-box", "serve", str(site), "--port", str(port)]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as made, ExitStack() as links:
        links.callback(made.kill)
        assert made.stdout is not None
        assert made.stdout.readline() == f"http://{server.HOST}:{port}/\n"

        def most() -> int:
            lines = Path(f"/proc/{made.pid}/status").read_text().splitlines()
            return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1024

        before = most()
        for path in ("/", "/pat/", "/none/index.html", "/pat/drop/x", "/drop2", "/pat/app/"):
            link = links.enter_context(socket.create_connection((server.HOST, port), timeout=20))
            link.sendall(_head(19_000_000, path))
            with suppress(ConnectionError):  # it is refused while it still comes
                for _ in range(190):  # all but the last bytes
                    link.sendall(b"a" * 99_999)
        assert most() - before < 19_000_000


def _open(one: Running) -> socket.socket:
    return socket.create_connection((server.HOST, one.port), timeout=20)


def _head(size: int, path: str = "/drop") -> bytes:
    lines = (f"POST {path} HTTP/1.1", "Host: x", f"Content-Type: {TYPE['Content-Type']}", f"Content-Length: {size}")
    return "\r\n".join([*lines, "", ""]).encode()


def test_whoever_sends_too_slowly_is_hung_up_on(start: Start) -> None:
    one = start(header_time=0.5, body_time=0.5)
    with _open(one) as half_a_head, _open(one) as half_a_body:
        half_a_head.sendall(b"POST /drop HTTP/1.1\r\nHost: ")
        half_a_body.sendall(_head(1000) + like_sealed()[:400])
        assert half_a_head.recv(1000) == b""
        assert half_a_body.recv(1000) == b""
    assert one.send(like_sealed())[0] == 200
    assert len([*one.box.folder.iterdir()]) == 1


def test_a_cut_connection_leaves_nothing_and_frees_its_place(start: Start) -> None:
    one = start(at_once=1)
    for _ in range(3):
        with _open(one) as link:
            link.sendall(_head(1000) + like_sealed()[:900])
    for _ in range(100):
        status = one.send(like_sealed())[0]
        if status == 200:
            break
        time.sleep(0.05)
    assert status == 200
    assert len([*one.box.folder.iterdir()]) == 1


def test_a_file_that_is_being_kept_stays_though_its_connection_ends(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, data, begun, go, keep = start(at_once=1), like_sealed(), threading.Event(), threading.Event(), Part.keep
    ended: list[str] = []

    def slowly(part: Part) -> str:
        begun.set()
        assert go.wait(20)
        try:
            ended.append(keep(part))
        except Exception as error:
            ended.append(repr(error))
            raise
        return ended[-1]

    monkeypatch.setattr(Part, "keep", slowly)
    with _open(one) as link:
        link.sendall(_head(len(data)) + data)
        assert begun.wait(20)
    for _ in range(10):  # the server hears that the connection has ended before it answers this
        one.ask("GET", "/")
        time.sleep(0.02)
    assert one.send(like_sealed())[0] == 429, "its place is taken until it is kept"
    go.set()
    for _ in range(100):
        if ended and not one.box._coming:
            break
        time.sleep(0.05)
    assert ended == [hashlib.sha256(data).hexdigest()]
    assert [file.read_bytes() for file in one.box.waiting()] == [data]
    assert one.send(like_sealed())[0] == 200


def test_only_so_many_connections_are_open(start: Start) -> None:
    one = start(connections=5)
    links = [_open(one) for _ in range(20)]
    ended = 0
    for link in links:
        link.settimeout(0.3)
        with suppress(TimeoutError):
            try:
                ended += link.recv(1) == b""
            except ConnectionResetError:
                ended += 1
    assert ended == 15
    for link in links:
        link.close()
    for _ in range(100):
        try:
            status = one.send(like_sealed())[0]
            break
        except OSError:
            time.sleep(0.05)
    assert status == 200


def test_a_head_without_end_and_nonsense_are_refused(start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    one = start()
    for bad in (b"GET / HTTP/1.1\r\nX: " + b"a" * 100_000, b"\x16\x03\x01\x02\r\n\r\n", _head(10**15)):
        with _open(one) as link:
            link.sendall(bad)
            with suppress(ConnectionResetError):
                assert b" 200 " not in link.recv(10_000)
    assert one.send(like_sealed())[0] == 200
    out, err = capsys.readouterr()
    assert out == err == "", "no address, no name"


def test_it_shows_the_site_with_its_headers_and_nothing_else(start: Start, site: Path) -> None:
    one = start(site)
    status, page, headers = one.ask("GET", "/pat/")
    assert (status, page) == (200, b"<p>Page</p>")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert one.ask("GET", "/pat/app/page.1a.js")[2]["Cache-Control"].endswith("immutable")
    assert one.ask("POST", "/pat/drop", like_sealed(), TYPE)[0] == 200
    for path in (
        "/../secret.txt",
        "/pat/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/pat/..%2f..%2fsecret.txt",
        "/pat/%2e%2e%5csecret.txt",
        "//etc/passwd",
        "/pat/.workbook-site",
        "/pat/app/",
        f"/box/{one.box.waiting()[0].name}",
    ):
        status, told, _ = one.ask("GET", path)
        assert status in (403, 404), path
        assert b"SECRET" not in told


def test_a_folder_without_a_site_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotServe, match="no workbook site"):
        server.server(Box(tmp_path / "box"), tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_what_was_acknowledged_survives_a_killed_server(tmp_path: Path) -> None:
    kept: set[str] = set()
    env = {**os.environ, "WORKBOOK_HOME": str(tmp_path / "home")}
    with socket.socket() as free:
        free.bind((server.HOST, 0))
        port = free.getsockname()[1]
    for round_ in range(3):
        command = [sys.executable, "-m", "workbook", "drop-box", "serve", "--port", str(port)]
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as made:
            assert made.stdout is not None
            assert made.stderr is not None
            assert made.stdout.readline() == f"http://{server.HOST}:{port}/\n"
            links = []
            for n in range(6):
                with socket.create_connection((server.HOST, port), timeout=20) as link:
                    data = like_sealed(50_000)
                    told = f"X-Forwarded-For: 10.{round_}.{n}.1\r\nContent-Type".encode()
                    link.sendall(_head(len(data)).replace(b"Content-Type", told, 1) + data)
                    assert b"kept " in link.recv(10_000)
                    kept.add(hashlib.sha256(data).hexdigest())
            for _ in range(2):  # killed while others are on their way
                links.append(socket.create_connection((server.HOST, port), timeout=20))
                links[-1].sendall(_head(50_000) + like_sealed(50_000)[:40_000])
            made.send_signal(signal.SIGKILL)
            assert made.wait(20)
            assert made.stderr.read() == ""
            for link in links:
                link.close()
    files = Box(tmp_path / "home" / "drop-box").waiting()
    assert {hashlib.sha256(file.read_bytes()).hexdigest() for file in files} == kept
    assert len(kept) == 18


@pytest.mark.parametrize(
    "way", ["/pat/../sam/", "/pat/..%2fsam/", "/pat/%2e%2e/sam/", "/pat/app/..%2f..%2fsam/index.html"]
)
def test_one_clients_address_never_leads_to_anothers_site(start: Start, site: Path, way: str) -> None:
    """A server in front puts the name of the client's folder before what the visitor asked for."""
    (site / "sam").mkdir()
    (site / "sam" / "index.html").write_text("<p>Sam's page</p>")
    one = start(site)
    assert one.ask("GET", "/sam/")[0] == 200, "the control"
    status, told, _ = one.ask("GET", way)
    assert status == 404
    assert b"Sam" not in told

"""Other users and programs of this computer cannot read the key, impersonate the workbook, or exhaust it."""

from __future__ import annotations

import contextlib
import http.client
import http.server
import json
import os
import socket
import stat
import sys
import threading
import time
from pathlib import Path
from typing import ClassVar

import psutil
import pytest
import requests

from workbook.serve import running
from workbook.serve.app import LARGEST_BODY, MOST_CONNECTIONS, socket_folder
from workbook.serve.launch import run

posix = pytest.mark.skipif(os.name != "posix", reason="owners and links of POSIX")
STAYS = """#!{python}
import json, pathlib, sys, time
pathlib.Path({seen!r}).write_text(json.dumps(sys.argv))
time.sleep(6)
"""
OPEN = """
import sys
from pathlib import Path
from workbook.serve.launch import run
sys.exit(run(port=0, notebooks=Path(sys.argv[1]), home=Path(sys.argv[2])))
"""


@pytest.fixture
def browser_that_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in place of the browser: records its command line and does not return for a while."""
    seen, program = tmp_path / "seen.json", tmp_path / "browser"
    program.write_text(STAYS.format(python=sys.executable, seen=str(seen)))
    program.chmod(0o700)
    monkeypatch.setenv("BROWSER", f"{program} %s")
    return seen


def _wait_for(file: Path) -> list[str]:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if file.exists() and file.read_text():
            return list(json.loads(file.read_text()))
        time.sleep(0.05)
    raise AssertionError("no browser was opened")


@posix
def test_the_key_is_not_in_the_browsers_command_line(server, tmp_path, browser_that_stays):
    import subprocess

    home = tmp_path / "home"
    process = subprocess.Popen(
        [sys.executable, "-c", OPEN, str(server.notebooks), str(home)], stdout=subprocess.PIPE, text=True
    )
    try:
        address = process.stdout.readline().strip()
        base, _, key = address.partition("/?token=")
        argv = _wait_for(browser_that_stays)
        begun = time.monotonic()
        assert requests.get(base + "/voila/hello", headers={"Authorization": f"token {key}"}, timeout=5).ok
        assert time.monotonic() - begun < 3, "the browser has not returned yet"
        for line in (p.cmdline() for p in [psutil.Process(process.pid), *psutil.Process(process.pid).children(True)]):
            assert key not in " ".join(line)
        assert key not in " ".join(argv)
        page = Path(argv[-1].removeprefix("file://"))
        assert page.is_relative_to(home.resolve()) or page.parent == Path.home()
        assert stat.S_IMODE(page.stat().st_mode) == 0o600
        assert address in page.read_text(), "and it leads in"
    finally:
        process.terminate()
        process.communicate(timeout=20)
    assert not page.exists(), "the page goes with the server"


@posix
def test_a_second_start_does_not_put_the_key_in_a_command_line(server, browser_that_stays, monkeypatch):
    monkeypatch.setenv("BROWSER", os.environ["BROWSER"])
    assert run(notebooks=server.notebooks, home=server.home) == 0
    assert server.token not in " ".join(_wait_for(browser_that_stays))


class Impostor(http.server.BaseHTTPRequestHandler):
    answer: ClassVar[dict] = {}
    heard: ClassVar[list] = []

    def do_GET(self):
        self.heard.append((self.path, dict(self.headers)))
        body = json.dumps(self.answer).encode()
        if self.answer.get("redirect"):
            self.send_response(302)
            self.send_header("Location", self.answer["redirect"] + self.path)
        else:
            self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.mark.parametrize("answer", ["fingerprint", "empty", "proof of nothing", "sent on", "a number"])
def test_an_impostor_on_the_noted_port_gets_no_key(server, tmp_path, answer):
    home = server.home if answer == "sent on" else tmp_path
    answers = {
        "fingerprint": {"home": running.fingerprint(home)},
        "empty": {},
        "proof of nothing": {"proof": running.proof("", home, 0, "")},
        "sent on": {"redirect": server.base},
        "a number": {"proof": 7},
    }
    handler = type("H", (Impostor,), {"answer": answers[answer], "heard": []})
    with http.server.HTTPServer(("127.0.0.1", 0), handler) as fake:
        threading.Thread(target=fake.serve_forever, daemon=True).start()
        token = server.token if answer == "sent on" else "the-old-key-of-a-crashed-server"
        note = running.Running(os.getpid(), fake.server_port, token)
        folder = tmp_path / "noted"
        running.write(folder, note)
        found = running.find(folder)
        fake.shutdown()
    assert found is None
    assert handler.heard, "it was asked"
    assert note.token not in str(handler.heard)


def test_a_note_of_a_dead_process_is_ignored(server, tmp_path):
    note = running.Running(2**22 + 12345, int(server.base.rpartition(":")[2]), server.token)
    running.write(tmp_path, note)
    assert running.find(tmp_path) is None


def test_without_the_key_only_a_single_use_proof_is_disclosed(server):
    def ask(nonce: str) -> dict:
        return requests.get(f"{server.base}/voila/hello", params={"nonce": nonce}, timeout=10).json()

    assert ask("a") != ask("b")
    assert server.token not in json.dumps(ask("a"))
    assert server.get("/voila/hello", key=False).status_code == 403


def test_the_cookie_path_is_this_servers_base_url(server, start, tmp_path):
    with requests.Session() as visitor:
        first = visitor.get(server.address, allow_redirects=False, timeout=20)
        begin = first.headers["Location"].partition("voila/")[0]
        assert len(begin) > 20
        keys = [c for c in visitor.cookies if c.name.startswith("username")]
        assert [c.path for c in keys] == [begin]
        assert visitor.get(server.base + "/voila/render/index.ipynb", timeout=20).status_code == 403
        assert begin not in visitor.get(server.base + "/voila/render/index.ipynb", timeout=20).text
    _, other, _ = start(server.notebooks, tmp_path / "home")
    second = requests.get(other, allow_redirects=False, timeout=20).headers["Location"]
    assert not second.startswith(begin), "each start has its own"


@pytest.mark.slow
def test_another_port_gets_no_cookie_and_old_addresses_redirect(server, visit):
    page = visit()
    handler = type("H", (Impostor,), {"answer": {}, "heard": []})
    with http.server.HTTPServer(("127.0.0.1", 0), handler) as fake:
        threading.Thread(target=fake.serve_forever, daemon=True).start()
        for path in ("/", "/voila/render/index.ipynb", "/api/kernels"):
            page.goto(f"http://127.0.0.1:{fake.server_port}{path}")
        fake.shutdown()
    assert len(handler.heard) >= 3
    assert "username" not in str(handler.heard)
    for old in ("/voila/render/1-step.ipynb?case=ab12", "/a-start-before/voila/render/1-step.ipynb?case=ab12"):
        page.goto(server.base + old)
        page.wait_for_selector("button.ping", timeout=60_000)
        assert page.url.endswith("/voila/render/1-step.ipynb?case=ab12")


def test_a_link_from_another_site_does_not_log_in(server):
    for site, there in (("none", True), ("same-origin", True), ("cross-site", False), ("same-site", False)):
        page = server.get("/voila/render/index.ipynb", key=False, headers={"Sec-Fetch-Site": site})
        assert page.status_code == 403
        assert ("way.js" in page.text) is there


@pytest.mark.parametrize("path", ["/", "/voila/hello", "/voila/api/shutdown/x", "/nowhere"])
def test_a_body_over_a_megabyte_is_rejected(server, path):
    host = server.base.removeprefix("http://")
    line = http.client.HTTPConnection(host, timeout=10)
    line.putrequest("POST", path)
    line.putheader("Content-Length", str(LARGEST_BODY + 1))
    line.endheaders()
    # otherwise it is disconnected without a response
    with contextlib.suppress(http.client.RemoteDisconnected, ConnectionError):
        assert line.getresponse().status in (400, 413)
    line.close()


@posix
def test_many_idle_connections_do_not_lock_out_the_owner(server):
    port = int(server.base.rpartition(":")[2])
    lines = []
    try:
        lines += (socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(MOST_CONNECTIONS + 60))
        time.sleep(0.5)
        assert server.get("/voila/hello").status_code == 200
        here = [c for c in psutil.Process(server.process.pid).net_connections("inet") if c.laddr.port == port]
        assert len([c for c in here if c.status == psutil.CONN_ESTABLISHED]) <= MOST_CONNECTIONS + 5
        assert server.log.stat().st_size < 100_000
    finally:
        for line in lines:
            line.close()


@posix
def test_folders_of_killed_servers_are_removed_and_others_stay():
    mine = Path(socket_folder())
    dead = mine.with_name(f"wb-{2**22 + 4321}-test")
    dead.mkdir(mode=0o700)
    other = Path(socket_folder())
    try:
        assert not dead.exists()
        assert mine.is_dir()
    finally:
        mine.rmdir()
        other.rmdir()

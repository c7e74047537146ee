"""On a hub, everybody gets their own pages and nobody else's. The owner's 200 is the control of each group."""

from __future__ import annotations

import contextlib
import json
import uuid
from typing import Any

import pytest
import websocket

from tests.deploy.hub import Hub, Person

pytestmark = pytest.mark.slow

PAGES = ("/voila/render/index.ipynb", "/voila/render/1-goal.ipynb", "/voila/render/board.ipynb")
JUPYTERS = ("/lab", "/api/contents", "/api/kernels", "/api/sessions", "/api/kernelspecs", "/api/status")
ONLY_404 = ("/voila/files/scan.png", "/voila/api/contents/", "/api/terminals", "/terminals/1", "/tree")
PLANTED = "PLANTED-WORDS-OF-A-PATIENT"


@pytest.fixture(scope="module", autouse=True)
def planted(hub: Hub) -> None:
    """A file in each home, which only its owner may see."""
    for name in hub.people:
        hub.as_user(name, "sh", "-c", f"umask 077; echo {PLANTED} > ~/note.txt; cp ~/note.txt ~/scan.png")


@pytest.mark.parametrize("name", ["ada", "ben", "pat"])
def test_everybody_gets_their_own_page(hub: Hub, name: str) -> None:
    person = hub.people[name]
    assert "Second opinion" in person.page or "second opinion" in person.page
    for path in PAGES[:2]:
        found = person.open(path)
        assert found.status_code == 200, path
        assert found.headers["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in found.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("who", "whose"), [("ben", "ada"), ("pat", "ada"), ("ada", "pat"), ("ada", "ben")])
def test_nobody_gets_another_ones_page_or_file(hub: Hub, who: str, whose: str) -> None:
    visitor, owner = hub.people[who], hub.people[whose]
    assert visitor.open(PAGES[0]).status_code == 200, "the control"
    for path in (*PAGES, "/", *JUPYTERS, *ONLY_404, "/files/note.txt", f"/api/kernels/{owner.kernel}"):
        at_once, at_last = visitor.open(path, of=owner.name), visitor.follow(path, of=owner.name)
        assert at_once.status_code in (302, 403, 404), path
        assert at_last.status_code in (403, 404), path
        assert PLANTED not in at_once.text + at_last.text
    for path in PAGES:
        assert visitor.follow(path, of=owner.name).status_code == 403, path


@pytest.mark.parametrize("whose", ["ada", "pat"])
def test_without_signing_in_there_is_nothing(hub: Hub, whose: str) -> None:
    owner = hub.people[whose]
    assert owner.open(PAGES[0]).status_code == 200, "the control"
    for path in (*PAGES, "/", *JUPYTERS, "/files/note.txt", f"/api/kernels/{owner.kernel}"):
        found = hub.stranger.open(path, of=owner.name)
        assert found.status_code in (302, 403, 404), path
        if found.status_code == 302:
            to = found.headers["Location"]
            assert "/hub/" in to or (path == "/" and to.startswith(f"/user/{owner.name}/")), path
    for path in ("/hub/api/users", "/hub/api/user", f"/hub/api/users/{owner.name}", "/hub/admin", "/hub/home"):
        found = hub.stranger.session.get(hub.base + path, timeout=60, allow_redirects=False)
        assert found.status_code in (302, 403), path


def test_the_servers_own_ports_ask_who_is_there_too(hub: Hub) -> None:
    """Any user of the machine reaches them past the proxy."""
    import psutil

    found = 0
    for process in psutil.process_iter(["username"]):
        if process.info["username"] in {p.name for p in hub.people.values()}:
            for line in process.net_connections("tcp"):
                if line.status == "LISTEN":
                    assert line.laddr.ip == "127.0.0.1"
                    direct = Person(process.info["username"], f"http://127.0.0.1:{line.laddr.port}", "")
                    assert direct.open(PAGES[0]).status_code in (302, 403)
                    assert direct.open("/api/contents").status_code in (302, 403, 404)
                    found += 1
    assert found == len(hub.people), "one port for each server; kernels have none"


@pytest.mark.parametrize(("who", "whose"), [("ben", "ada"), ("pat", "ada"), ("ada", "pat"), ("stranger", "ada")])
def test_a_websocket_is_for_its_owner(hub: Hub, who: str, whose: str) -> None:
    owner = hub.people[whose]
    owner.websocket(owner).close()  # the control
    visitor = hub.stranger if who == "stranger" else hub.people[who]
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        visitor.websocket(owner)
    assert refused.value.status_code in (302, 403)


def test_another_sites_page_gets_no_websocket(hub: Hub) -> None:
    pat = hub.people["pat"]
    with pytest.raises(websocket.WebSocketBadStatusException):
        pat.websocket(pat, other="http://evil.test")


def _run_code(line: Any) -> str:
    """What a kernel prints, or "" if it does not run code that was sent to it."""
    header = {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "username": "", "session": "s", "date": ""}
    content = {"code": "print(6 * 7)", "silent": False, "store_history": False, "allow_stdin": False}
    asked = {"header": {**header, "version": "5.3"}, "parent_header": {}, "metadata": {}, "content": content}
    line.send(json.dumps({**asked, "channel": "shell"}))
    info = {**asked, "header": {**asked["header"], "msg_id": "last", "msg_type": "kernel_info_request"}, "content": {}}
    line.send(json.dumps({**info, "channel": "shell"}))
    said = ""
    while True:
        heard = json.loads(line.recv())
        if heard["msg_type"] == "stream":
            said += heard["content"]["text"]
        # What a kernel prints arrives in order, so all of it is here once it rests after the last question.
        done = heard["msg_type"] == "status" and heard["content"]["execution_state"] == "idle"
        if done and heard["parent_header"].get("msg_id") == "last":
            return said


def test_a_client_has_pages_and_nothing_of_jupyter(hub: Hub) -> None:
    ada, pat = hub.people["ada"], hub.people["pat"]
    for path in JUPYTERS:
        assert ada.open(path).status_code == 200, f"the control: {path}"
        assert pat.open(path).status_code == 404, path
    for path in (*ONLY_404, "/files/note.txt", "/nbconvert/html/note.txt", "/lab/tree/note.txt", "/edit/note.txt"):
        assert pat.open(path).status_code == 404, path
    token = {"X-XSRFToken": next(c.value for c in pat.session.cookies if c.name == "_xsrf" and "/user/" in c.path)}
    for path in ("/api/kernels", "/api/sessions", "/api/terminals", "/api/contents", "/api/contents/x.ipynb"):
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            found = pat.open(path, method=method, json={}, headers=token)
            assert found.status_code in (403, 404, 405), f"{method} {path}"
    assert pat.open(f"/api/kernels/{pat.kernel_now()}").status_code == 200
    assert pat.open(f"/api/kernels/{pat.kernel}", method="DELETE", headers=token).status_code in (403, 405)


def test_an_advocate_runs_code_and_a_client_does_not(hub: Hub) -> None:
    ada, pat = hub.people["ada"], hub.people["pat"]
    with contextlib.closing(ada.websocket(ada)) as line:
        assert _run_code(line) == "42\n", "the control"
    with contextlib.closing(pat.websocket(pat)) as line:
        assert _run_code(line) == ""


def test_nobody_shares_a_server_or_starts_a_second_one(hub: Hub) -> None:
    ada, ben = hub.people["ada"], hub.people["ben"]
    token = {"X-XSRFToken": next(c.value for c in ada.session.cookies if c.name == "_xsrf" and c.path == "/hub/")}

    def ask(method: str, path: str, **more: Any) -> int:
        head = token | {"Sec-Fetch-Mode": "cors"}
        return ada.session.request(method, f"{hub.base}/hub/api{path}", headers=head, timeout=60, **more).status_code

    assert ask("GET", f"/users/{ada.name}") == 200, "the control"
    assert ask("GET", f"/users/{ben.name}") == 404
    assert ask("GET", "/users") == 403
    assert ask("POST", f"/users/{ada.name}/servers/second", json={}) in (400, 403, 404)
    assert ask("POST", f"/shares/{ada.name}/", json={"user": ben.name}) in (403, 404)
    assert ask("DELETE", f"/users/{ben.name}/server") in (403, 404)
    assert ask("POST", f"/users/{ben.name}/tokens", json={}) in (403, 404)

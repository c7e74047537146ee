"""Requests without the key, or under another host name, get nothing; the owner gets the page."""

from __future__ import annotations

import json
import uuid

import pytest
import requests
import websocket

PLANTED = ["scan.png", "scan.jpg", "sub/scan.gif", "case.json", "secrets.py", ".env", "index.ipynb"]
CLOSED = [
    "/voila/tree", "/tree", "/lab", "/api", "/api/contents", "/api/contents/case.json", "/voila/api/contents/",
    "/api/kernels", "/api/sessions", "/api/terminals", "/api/kernelspecs", "/files/case.json", "/static/case.json",
    "/voila/render/case.json", "/voila/render/secrets.py", "/voila/render/.env", "/voila/render/../home/running.json",
    "/voila/render/..%2f..%2fetc%2fpasswd", "/voila/files/..%2f..%2fetc%2fpasswd", "/voila/render/sub",
    "/voila/static/0.5.13/..%2f..%2f..%2fetc%2fpasswd", "/voila/labextensions/..%2f..%2fetc%2fpasswd",
]  # fmt: skip


@pytest.fixture(scope="module")
def page(server):
    answer = server.get("/voila/render/index.ipynb")
    assert answer.status_code == 200, "the control: the owner gets the page"
    assert "Begin here" in answer.text
    return answer


@pytest.mark.parametrize("name", PLANTED)
@pytest.mark.parametrize("route", ["/voila/files/", "/files/", "/voila/static/", "/"])
def test_no_file_next_to_the_notebooks_is_served(server, page, name, route):
    answer = server.get(route + name)
    assert answer.status_code in (403, 404)
    assert "PLANTED" not in answer.text


@pytest.mark.parametrize("path", CLOSED)
def test_unknown_urls_are_not_served_even_to_the_owner(server, page, path):
    answer = server.get(path)
    assert answer.status_code in (403, 404)
    assert "PLANTED" not in answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize("path", ["/", "/voila/render/index.ipynb", "/voila/hello"])
def test_without_the_key_nothing_is_shown(server, page, path):
    before = len(server.kernels())
    answer = server.get(path, key=False)
    assert answer.status_code == 403
    assert "Begin here" not in answer.text
    assert len(server.kernels()) == before


def test_a_wrong_key_is_rejected(server):
    assert server.get("/", key=False, params={"token": "x" * 32}).status_code == 403


@pytest.mark.parametrize(
    "host", ["evil.test", "evil.test:8866", "127.0.0.1.evil.test", "localhost.evil.test", "0.0.0.0"]
)
@pytest.mark.parametrize("path", ["/", "/voila/render/index.ipynb", "/voila/hello", "/voila/static/0.5.13/voila.js"])
def test_a_foreign_host_name_is_rejected(server, page, host, path):
    assert server.get(path, headers={"Host": host}).status_code == 403


def test_local_host_names_are_accepted(server):
    port = server.base.rpartition(":")[2]
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", "localhost"):
        assert server.get("/voila/hello", headers={"Host": host}).status_code == 200


def test_the_key_is_removed_from_the_address_bar(server):
    with requests.Session() as visitor:
        first = visitor.get(server.address, allow_redirects=False, timeout=20)
        assert first.status_code == 302
        assert "token" not in first.headers["Location"]
        assert "HttpOnly" in first.headers["Set-Cookie"]
        begin = first.headers["Location"].partition("/voila/")[0]
        where = f"{server.base}{begin}/voila/hello"
        assert visitor.get(where, timeout=20).status_code == 200, "then the cookie is enough"


def _socket(server, kernel_id, **more):
    port = server.base.rpartition(":")[2]
    address = f"ws://127.0.0.1:{port}/api/kernels/{kernel_id}/channels?session_id={uuid.uuid4()}"
    return websocket.create_connection(address, timeout=10, header=[f"Authorization: token {server.token}"], **more)


def _send(line, kind, content):
    header = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": kind,
        "username": "",
        "session": "s",
        "version": "5.3",
        "date": "",
    }
    line.send(json.dumps(
        {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
    ))  # fmt: skip
    return header["msg_id"]


def test_a_page_may_talk_to_its_forms_but_not_run_code(server, page):
    kernel_id = page.text.partition('"kernelId": "')[2][:36]
    line = _socket(server, kernel_id, suppress_origin=True)
    code = "open('ran.txt', 'w').write('ran')"
    _send(line, "execute_request", {"code": code, "silent": False, "user_expressions": {}, "allow_stdin": False})
    asked = _send(line, "comm_info_request", {"target_name": "jupyter.widget"})
    answered = set()
    while asked not in answered:  # the kernel executes them in order, so by then the first would have run
        message = line.recv()
        if isinstance(message, str):
            found = json.loads(message)
            answered.add(found["parent_header"].get("msg_id"))
            assert found["msg_type"] != "execute_reply"
    line.close()
    assert not (server.notebooks / "ran.txt").exists()


@pytest.mark.parametrize("more", [{"host": "evil.test:80"}, {"origin": "http://evil.test"}])
def test_another_origin_cannot_connect_to_a_kernel(server, page, more):
    kernel_id = page.text.partition('"kernelId": "')[2][:36]
    del_key = {k: v for k, v in more.items() if k == "origin"}
    port = server.base.rpartition(":")[2]
    address = f"ws://127.0.0.1:{port}/api/kernels/{kernel_id}/channels?session_id=x"
    key = [] if del_key else [f"Authorization: token {server.token}"]
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        websocket.create_connection(address, timeout=10, header=key, **more)
    assert refused.value.status_code == 403


def test_a_case_file_of_ten_megabytes_can_be_uploaded(server, page):
    kernel_id = server.get("/voila/render/1-step.ipynb").text.partition('"kernelId": "')[2][:36]
    line = _socket(server, kernel_id, suppress_origin=True)
    _send(line, "comm_msg", {"comm_id": "nobody", "data": {"file": "x" * 14_000_000}})
    asked = _send(line, "comm_info_request", {"target_name": "jupyter.widget"})
    while True:
        message = line.recv()  # a closed connection raises here
        if isinstance(message, str) and json.loads(message)["parent_header"].get("msg_id") == asked:
            break
    line.close()

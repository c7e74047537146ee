"""Kernels: private sockets, one a page, none after the goodbye, and never more than the limit."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
import time
from pathlib import Path

import psutil
import pytest
import requests

KERNEL = re.compile(r'"kernelId": "([0-9a-f-]{36})"')


def _page(server, name="1-step", **more):
    answer = server.get(f"/voila/render/{name}.ipynb", **more)
    assert answer.status_code == 200
    return KERNEL.search(answer.text)[1]


def _farewell(server, kernel_id, **headers):
    with requests.Session() as visitor:
        first = visitor.get(server.address, allow_redirects=False, timeout=20)
        begin = first.headers["Location"].partition("/voila/")[0]
        where = f"{server.base}{begin}/voila/api/shutdown/{kernel_id}"
        return visitor.post(where, headers=headers, timeout=20).status_code


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such sockets")
def test_kernels_use_private_sockets(server):
    _page(server)
    kernel = server.kernels()[-1]
    file = Path(next(a for a in kernel.cmdline() if a.endswith(".json")))
    assert stat.S_IMODE(file.parent.stat().st_mode) & 0o077 == 0
    assert list(file.parent.glob("*-ipc-*")), "sockets, not ports"
    assert len(str(file)) + 8 < 100, "a longer name would not fit into a socket address"
    assert json.loads(file.read_text())["transport"] == "ipc"
    listening = [c for c in kernel.net_connections("inet") if c.status == psutil.CONN_LISTEN]
    assert listening == [], "no port either for what forked children print"


def _opened(server):
    """The id of a page's kernel, and its process: those of earlier tests may end meanwhile."""
    before = {p.pid for p in server.kernels()}
    kernel_id = _page(server)
    return kernel_id, _new(server, before)


def _new(server, before, seconds=15):
    end = time.monotonic() + seconds
    while True:
        found = [p for p in server.kernels() if p.pid not in before]
        if found or time.monotonic() > end:
            (new,) = found
            return new
        time.sleep(0.1)


def _ends(process, seconds=15):
    try:
        process.wait(seconds)
    except psutil.TimeoutExpired:
        return False
    return True


def test_a_goodbye_ends_the_kernel(server):
    kernel_id, process = _opened(server)
    assert _farewell(server, kernel_id, **{"Sec-Fetch-Site": "same-origin"}) == 204
    assert _ends(process)


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
                                     {"Origin": "http://evil.test"}, {}])  # fmt: skip
def test_no_other_origin_can_send_a_goodbye(server, headers):
    kernel_id, process = _opened(server)
    assert _farewell(server, kernel_id, **headers) == 403
    assert process.is_running()
    assert _farewell(server, kernel_id, **{"Sec-Fetch-Site": "same-origin"}) == 204
    assert _ends(process)


def test_a_reader_who_leaves_early_leaves_no_kernel(server):
    before = {p.pid for p in server.kernels()}
    with server.get("/voila/render/slow.ipynb", stream=True) as answer:
        next(answer.iter_content(64))
        process = _new(server, before)
    assert _ends(process)


def test_a_speculative_request_starts_no_kernel(server):
    before = {p.pid for p in server.kernels()}
    assert server.get("/voila/render/1-step.ipynb", headers={"Sec-Purpose": "prefetch"}).status_code == 503
    assert {p.pid for p in server.kernels()} <= before


def test_a_full_server_says_so(server, start, tmp_path):
    process, address, _ = start(server.notebooks, tmp_path / "home", WORKBOOK_PAGES="1")
    base, _, token = address.partition("/?token=")
    with requests.Session() as visitor:
        visitor.headers["Authorization"] = f"token {token}"
        first = visitor.get(f"{base}/voila/render/1-step.ipynb", timeout=60)
        second = visitor.get(f"{base}/voila/render/1-step.ipynb", timeout=60)
    assert (first.status_code, second.status_code) == (200, 503)
    assert "Close some of them" in second.text
    assert len([p for p in psutil.Process(process.pid).children() if "ipykernel" in " ".join(p.cmdline())]) == 1


def test_a_killed_kernel_is_not_restarted_empty(server):
    _, kernel = _opened(server)
    others = {p.pid for p in server.kernels()} - {kernel.pid}
    kernel.kill()
    time.sleep(4)
    assert {p.pid for p in server.kernels()} <= others


def test_idle_kernels_are_ended():
    from workbook.serve.app import kernel_settings

    manager = kernel_settings(None).MappingKernelManager
    assert 0 < manager.cull_idle_timeout <= 3600
    assert manager.cull_interval > 0
    assert manager.cull_connected is False, "a page that is open keeps its kernel"


@pytest.mark.skipif(os.name != "posix", reason="sockets with names")
def test_a_folder_with_a_long_name_falls_back_to_ports():
    from workbook.serve.app import kernel_settings

    assert kernel_settings("/tmp/wb-12345678").KernelManager.transport == "ipc"
    assert "transport" not in kernel_settings("/very/long" * 9).get("KernelManager", {})

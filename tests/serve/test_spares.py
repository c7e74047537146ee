"""The spare kernel: ready before a page, unassigned until then, equal to any other, and gone with the server."""

from __future__ import annotations

import html
import json
import re
import sys
import time

import psutil
import pytest
import requests

from workbook.serve.kernel_pool import client_of

from .conftest import notebook

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the name of a process tells a spare from a page's")
TOLD = """
import json, os, sys
found = {"case": os.environ["QUERY_STRING"], "page": os.environ["SCRIPT_NAME"], "folder": os.path.basename(os.getcwd()),
         "spare": os.environ.get("WORKBOOK_SPARE", ""), "ready": "workbook.ui.forms.widgets" in sys.modules,
         "names": sorted(n for n in globals() if "warm" in n), "token": "token" in str(os.environ.get("QUERY_STRING"))}
print("TOLD", json.dumps(found), "END")
"""


def _spares(process):
    found = []
    for child in psutil.Process(process.pid).children():
        line = " ".join(child.cmdline())
        if "ipykernel" in line and child.environ().get("WORKBOOK_SPARE") == "1" and child.name() == "wb-spare":
            found.append(child)
    return found


def _wait(process, number=1, seconds=20):
    end = time.monotonic() + seconds
    while len(_spares(process)) != number and time.monotonic() < end:
        time.sleep(0.1)
    return _spares(process)


@pytest.fixture
def told(start, tmp_path):
    folder = tmp_path / "own notebooks"
    folder.mkdir()
    notebook(folder / "index.ipynb", "Told", TOLD)
    process, address, _ = start(folder, tmp_path / "home")
    base, _, token = address.partition("/?token=")

    def get(query=""):
        answer = requests.get(
            f"{base}/voila/render/index.ipynb{query}", headers={"Authorization": f"token {token}"}, timeout=60
        )
        found = re.search("TOLD (.*) END", answer.text)
        return json.loads(html.unescape(found[1])) if found else answer.text

    return process, get


def test_a_page_takes_the_spare_and_knows_its_own_address(told):
    process, get = told
    (spare,) = _wait(process)
    page = get("?case=knee&x=%27%29%3Bimport+os%23")
    assert spare.name() == "wb-page"
    assert page["ready"], "what pages need was loaded before"
    assert page["spare"] == "1"
    assert page["case"] == "case=knee&x=%27%29%3Bimport+os%23"
    assert page["page"].endswith("/voila/render/index.ipynb")
    assert page["folder"] == "own notebooks"
    assert page["names"] == [], "nothing of ours is left among the notebook's names"


def test_each_page_has_its_own_kernel_and_one_spare_follows(told):
    process, get = told
    (first,) = _wait(process)
    get()
    (second,) = _wait(process)
    assert second.pid != first.pid
    get()
    (third,) = _wait(process)
    assert len({first.pid, second.pid, third.pid}) == 3
    time.sleep(2)
    assert _spares(process) == [third], "never more than one"


def test_a_killed_spare_costs_only_time(told):
    process, get = told
    (spare,) = _wait(process)
    spare.kill()
    assert get("?case=knee")["case"] == "case=knee"
    assert len(_wait(process)) == 1


def test_an_immediate_page_is_complete(told):
    _, get = told
    assert get("?case=early")["case"] == "case=early"


def test_the_spare_ends_with_the_server(told):
    process, _ = told
    (spare,) = _wait(process)
    process.terminate()
    process.wait(20)
    assert not spare.is_running() or spare.status() == psutil.STATUS_ZOMBIE


def test_clients_of_one_kernel_have_distinct_sessions():
    from jupyter_client import AsyncKernelManager

    manager = AsyncKernelManager()
    manager.write_connection_file()
    try:
        lines = [client_of(manager) for _ in range(2)]
        assert lines[0].session.msg_id != lines[1].session.msg_id
        assert lines[0].session.bsession != lines[1].session.bsession
        for line in lines:
            while line.hb_channel.socket is None:  # its thread may start late, and is not stopped before
                time.sleep(0.01)
            line.stop_channels()
    finally:
        manager.cleanup_connection_file()

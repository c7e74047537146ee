"""JupyterLab's kernels use sockets only where that works: on POSIX, in a folder with a short name."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
import requests

from workbook.serve import lab

from .conftest import notebook

LONG = "x" * 90


def test_a_short_folder_is_used_for_sockets() -> None:
    assert lab.kernel_options("/run/user/1000/jupyter") == (
        ["--KernelManager.transport=ipc"] if os.name == "posix" else []
    )


def test_a_long_folder_or_another_system_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert lab.kernel_options(f"/run/{LONG}") == []
    monkeypatch.setattr(os, "name", "nt")
    assert lab.kernel_options("short") == []


def test_jupyterlab_gets_these_options(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from jupyterlab.labapp import LabApp

    told: list[list[str]] = []
    monkeypatch.setattr(LabApp, "launch_instance", told.append)
    monkeypatch.setattr("sys.argv", [])
    monkeypatch.setenv("WORKBOOK_NOTEBOOKS", "")
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / LONG))
    lab.run(tmp_path, tmp_path / "home")
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", "/tmp/wb")
    lab.run(tmp_path, tmp_path / "home")
    assert ["--KernelManager.transport=ipc" in argv for argv in told] == [False, os.name == "posix"]


@pytest.mark.slow
def test_no_image_is_served_and_no_code_history_is_kept(tmp_path: Path) -> None:
    folder, home = tmp_path / "nb", tmp_path / "h"
    folder.mkdir()
    notebook(folder / "index.ipynb", "Begin", "md:# Begin here")
    for name in ("scan.png", "sub/mri.jpg"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("PLANTED")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = os.environ | {"HOME": str(tmp_path / "u"), "JUPYTER_TOKEN": "sesame", "JUPYTER_PORT": str(port),
                        "WORKBOOK_HOME": str(home), "JUPYTER_CONFIG_DIR": str(tmp_path / "c")}  # fmt: skip
    with (tmp_path / "log").open("w") as log:
        command = [sys.executable, "-m", "workbook.cli", "lab", str(folder), "--no-browser"]
        lab_ = subprocess.Popen(command, env=env, stdout=log, stderr=log)
    base, key = f"http://127.0.0.1:{port}", {"Authorization": "token sesame"}
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with contextlib.suppress(requests.ConnectionError):
                requests.get(base + "/api", timeout=5)
                break
            time.sleep(0.3)
        for path in ("scan.png", "sub/mri.jpg"):
            for headers in ({}, key):
                answer = requests.get(f"{base}/voila/files/{path}", headers=headers, timeout=20)
                assert answer.status_code in (403, 404)
                assert "PLANTED" not in answer.text
        page = requests.get(f"{base}/voila/render/index.ipynb", headers=key, timeout=60)
        assert "Begin here" in page.text
        assert page.headers["Cache-Control"] == "no-store"
        assert requests.post(base + "/api/kernels", headers=key, timeout=20).status_code == 201
        lines = [" ".join(p.cmdline()) for p in psutil.Process(lab_.pid).children()]
        assert lines
        assert all("--HistoryManager.enabled=False" in line for line in lines)
    finally:
        lab_.terminate()
        lab_.wait(20)

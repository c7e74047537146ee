"""JupyterLab's kernels speak over sockets only where that works: on POSIX, in a folder with a short name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from workbook.serve import lab

LONG = "x" * 90


def test_a_short_folder_is_used_for_sockets() -> None:
    assert lab.kernel_options("/run/user/1000/jupyter") == (
        ["--KernelManager.transport=ipc"] if os.name == "posix" else []
    )


def test_a_long_folder_or_another_system_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert lab.kernel_options(f"/run/{LONG}") == []
    monkeypatch.setattr(os, "name", "nt")
    assert lab.kernel_options("short") == []


def test_jupyterlab_is_started_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
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

"""Runs a real `workbook lab` for a test, on a folder and a home of its own."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import requests

KEY = {"Authorization": "token sesame"}


@contextlib.contextmanager
def running(folder: Path, home: Path, place: Path) -> Iterator[Any]:
    """Asks the server: `ask(path, method="get", ...)` with its key; ends it afterward."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = os.environ | {
        "HOME": str(place / "u"),
        "JUPYTER_TOKEN": "sesame",
        "JUPYTER_PORT": str(port),
        "JUPYTER_CONFIG_DIR": str(place / "c"),
        "WORKBOOK_HOME": str(home),
    }
    with (place / "log").open("w") as log:
        command = [sys.executable, "-m", "workbook.cli", "lab", str(folder), "--no-browser"]
        server = subprocess.Popen(command, env=env, stdout=log, stderr=log)
    base = f"http://127.0.0.1:{port}"

    def ask(path: str, method: str = "get", **more: Any) -> requests.Response:
        return requests.request(method, base + path, headers=KEY, timeout=120, **more)

    try:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with contextlib.suppress(requests.ConnectionError):
                requests.get(base + "/api", timeout=5)
                break
            time.sleep(0.3)
        yield ask
    finally:
        server.terminate()
        server.wait(20)

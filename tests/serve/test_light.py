"""What Jupyter loads and never needs stays out of a server, and no schema needs it."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from workbook.serve.light import UNUSED

SERVERS = ("workbook.serve.app", "workbook.serve.lab", "workbook.serve.hub.client", "workbook.serve.hub.advocate")


@pytest.mark.parametrize("server", SERVERS)
def test_a_server_does_not_load_it(server: str) -> None:
    if ".hub." in server:
        pytest.importorskip("jupyterhub")
    code = f"""
import sys
from workbook.serve.light import UNUSED, lighten
{"" if ".hub." in server else "lighten()"}
import {server}
print([name for name in UNUSED if sys.modules.get(name)], "jsonschema" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", "True"]


@pytest.mark.parametrize("package", ["jupyter_server", "jupyter_events", "jupyterlab", "jupyterlab_server", "nbformat"])
def test_no_schema_asks_for_what_is_left_out(package: str) -> None:
    assert UNUSED == ("rfc3987_syntax",)
    spec = importlib.util.find_spec(package)
    assert spec
    assert spec.origin
    folder = Path(spec.origin).parent
    texts = {
        file.name: file.read_text("utf-8", "replace")
        for ending in ("json", "yaml", "yml")
        for file in folder.rglob(f"*.{ending}")
    }
    assert [name for name, text in texts.items() if '"iri' in text or "format: iri" in text] == []

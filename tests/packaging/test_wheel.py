"""The wheel works like the clone: installed elsewhere it adds the demo cases, exports one and serves a page."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _run(*command: str | Path, env: dict[str, str] | None = None, cwd: Path = ROOT) -> str:
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, env=env, cwd=cwd)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`workbook` in a separate environment, installed from a wheel with the pinned versions."""
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not on this machine, so no wheel is built here")
    folder = tmp_path_factory.mktemp("wheel")
    _run(uv, "build", "--wheel", "--quiet", "--out-dir", folder)
    (wheel,) = folder.glob("*.whl")
    _run(uv, "venv", "--quiet", "--python", sys.executable, folder / "venv")
    pins = folder / "pins.txt"
    pins.write_text(_pins())
    python = folder / "venv" / "bin" / "python"
    _run(uv, "pip", "install", "--quiet", "--python", python, "--constraint", pins, wheel)
    return python.with_name("workbook")


def _pins() -> str:
    import tomllib

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return "\n".join(settings["tool"]["uv"]["constraint-dependencies"])


@pytest.mark.slow
def test_installed_elsewhere_it_adds_exports_and_serves(program: Path, tmp_path: Path) -> None:
    env = {**os.environ, "WORKBOOK_HOME": str(tmp_path / "home")}
    ids = _run(program, "demo", env=env, cwd=tmp_path).split()
    assert len(ids) == 2
    out = _run(program, "export", ids[0], "--document", "summary", "--as", "pdf", "--to", "out", env=env, cwd=tmp_path)
    assert (tmp_path / out.strip()).read_bytes().startswith(b"%PDF")

    server = subprocess.Popen(
        [program, "open", "--no-browser", "--port", "0"], stdout=subprocess.PIPE, text=True, env=env, cwd=tmp_path
    )
    visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    try:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        assert re.match(r"http://127\.0\.0\.1:\d+/", address), address
        with visitor.open(address, timeout=60) as page:
            text = page.read().decode()
        assert "Second Opinion Workbook" in text
        assert "<main" in text
    finally:
        server.terminate()
        server.wait(20)
        assert server.stdout is not None
        server.stdout.close()

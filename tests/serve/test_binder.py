"""Binder's files build from the package index alone and show the first page; run with -m long."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
import requests
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
BINDER = ROOT / "binder"


def test_binders_pins_match_the_project_and_have_hashes():
    code = "import binder_pins, json; print(json.dumps({k: sorted(v) for k, v in binder_pins.wanted().items()}))"
    made = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parent, capture_output=True, text=True, check=True
    ).stdout
    text = (BINDER / "requirements.txt").read_text()
    found: dict[str, set[str]] = {}
    for block in re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", text).strip()):
        line, *hashes = block.replace("\\\n", "\n").split("\n")
        pin = Requirement(line.strip())
        found.setdefault(canonicalize_name(pin.name), set()).add(str(pin.specifier))
        assert hashes, f"{pin.name} has no hash"
        assert all(re.fullmatch(r"\s+--hash=sha256:[0-9a-f]{64}\s*", one) for one in hashes)
    renew = "run python tests/serve/binder_pins.py"
    pinned = {str(Requirement(line).specifier) for line in _constraints()}
    assert {name: found.get(name) for name in json.loads(made)} == {k: set(v) for k, v in json.loads(made).items()}, (
        renew
    )
    assert set().union(*found.values()) <= pinned, renew
    assert not re.search(r"://|@|index-url|find-links", text), "names, versions and hashes, no addresses"


def _constraints() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return list(project["tool"]["uv"]["constraint-dependencies"])


@pytest.mark.skipif(os.name != "posix", reason="Binder is Linux")
@pytest.mark.parametrize("name", ["postBuild", "start"])
def test_binders_scripts_can_run(name):
    assert os.access(BINDER / name, os.X_OK)
    assert subprocess.run(["bash", "-n", BINDER / name], check=False).returncode == 0


@pytest.fixture(scope="module")
def built(request, tmp_path_factory):
    """A clean environment made from binder/, as Binder makes it; skips if the index is unreachable."""
    if "long" not in (request.config.getoption("markexpr") or ""):
        pytest.skip("builds a whole environment: run with -m long")
    uv = shutil.which("uv")
    if not uv:
        pytest.skip("uv is not on this computer")
    root = tmp_path_factory.mktemp("binder")
    repo = root / "repo"
    shutil.copytree(
        ROOT, repo, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", "*.egg-info", ".*_cache", "uv.lock")
    )
    clean = {k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "PYTHONPATH", "WORKBOOK_HOME")}
    clean |= {"PATH": f"{root / 'env' / 'bin'}:{os.environ['PATH']}", "VIRTUAL_ENV": str(root / "env")}
    version = (BINDER / "runtime.txt").read_text().strip().removeprefix("python-")
    subprocess.run([uv, "venv", "-q", "--seed", "--python", version, root / "env"], check=True, env=clean)
    install = subprocess.run(
        [uv, "pip", "install", "-q", "--compile-bytecode", "-r", repo / "binder" / "requirements.txt"],
        env=clean, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if install.returncode and any(w in install.stderr.lower() for w in ("dns", "connect", "network", "timed out")):
        pytest.skip("the package index cannot be reached from here")
    assert install.returncode == 0, install.stderr
    built = subprocess.run(
        [repo / "binder" / "postBuild"], cwd=repo, env=clean, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    return repo, clean


@pytest.mark.slow
@pytest.mark.long
def test_binder_shows_the_first_page(built):
    repo, clean = built
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    log = repo.parent / "log"
    with log.open("w") as out:
        server = subprocess.Popen(
            [repo / "binder" / "start", "jupyter", "server", "--no-browser", "--allow-root",
             f"--ServerApp.port={port}", "--IdentityProvider.token=ci"],
            cwd=repo, env=clean, stdout=out, stderr=out,
        )  # fmt: skip
    try:
        key = {"Authorization": "token ci"}
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                requests.get(base + "/api", timeout=5)
                break
            except requests.ConnectionError:
                time.sleep(0.3)
        page = requests.get(base + "/voila/render/index.ipynb", headers=key, timeout=120)
        assert page.status_code == 200, log.read_text()[-2000:]
        assert "Do not type real names" in page.text
        assert "could not be shown" not in page.text
        assert "data-wb-widget" in page.text, "the notebook ran"
        style = page.text.partition('rel="stylesheet" href="')[2].partition('"')[0]
        assert requests.get(base + style, headers=key, timeout=20).status_code == 200
        assert requests.get(base + "/voila/files/scan.png", headers=key, timeout=20).status_code == 404
        nobody = requests.get(base + "/voila/render/index.ipynb", timeout=20, allow_redirects=False)
        assert nobody.status_code in (302, 403)
        assert "Do not type" not in nobody.text
        listed = subprocess.run(
            ["workbook", "list", "--json"], cwd=repo, env=clean | {"WORKBOOK_HOME": _home(server.pid)},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        cases = json.loads(listed.stdout)
        assert cases
        assert all(case["synthetic"] for case in cases), "demo cases only"
    finally:
        server.terminate()
        server.wait(20)


def _home(pid: int) -> str:
    """The data folder of the server that Binder started: a folder of this session."""
    env = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    return next(e for e in env if e.startswith(b"WORKBOOK_HOME=")).decode().partition("=")[2]

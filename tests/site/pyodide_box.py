"""Pyodide and the packages of the browser's home, fetched once by name and version, for tests under Node."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from platformdirs import user_cache_path

ROOT = Path(__file__).parents[2]
VERSION = "314.0.7"
PLATFORM, PYTHON = "pyemscripten_2026_0_wasm32", "3.14"
PACKAGES = [
    "annotated-types",
    "babel",
    "fontpkg",
    "fontpkg-atkinson-hyperlegible",
    "fontpkg-noto-sans",
    "fontpkg-noto-sans-arabic",
    "fontpkg-source-sans-3",
    "fonttools",
    "holidays",
    "icalendar",
    "jinja2",
    "mistune",
    "platformdirs",
    "pydantic",
    "pydantic-core",
    "pydicom",
    "python-dateutil",
    "six",
    "typing-extensions",
    "typing-inspection",
    "tzdata",
]
LATER = ["pypdfium2", "typst"]  # loaded when they are needed


def box() -> Path:
    """The folder with `pyodide`, `packages` and `later`; skips the test if they cannot be had here."""
    if not shutil.which("node"):
        pytest.skip("Node is not installed, so Python for the browser cannot run here")
    pins = _pins()
    folder = user_cache_path("second-opinion-workbook-tests", appauthor=False) / f"{VERSION}-{_digest(pins)}"
    if not (folder / "whole").exists():
        try:
            _fetch(folder, pins)
        except (OSError, subprocess.SubprocessError) as error:
            pytest.skip(f"Pyodide and its packages could not be fetched: {type(error).__name__}")
    return folder


def _pins() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    given = settings["tool"]["uv"]["constraint-dependencies"]
    exact = {pin.partition("==")[0]: pin.partition(" ;")[0] for pin in given}
    return [exact[name] for name in (*PACKAGES, *LATER)]


def _digest(pins: list[str]) -> str:
    import hashlib

    return hashlib.sha256("\n".join(pins).encode()).hexdigest()[:12]


def _fetch(folder: Path, pins: list[str]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "wheels").mkdir(parents=True)
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("npm")
    _run(npm, "pack", f"pyodide@{VERSION}", "--silent", "--ignore-scripts", cwd=folder)
    with tarfile.open(folder / f"pyodide-{VERSION}.tgz") as archive:
        archive.extractall(folder, filter="data")
    (folder / "package").rename(folder / "pyodide")
    tags = ["--platform", PLATFORM, "--python-version", PYTHON, "--implementation", "cp"]
    tags += [part for abi in ("cp314", "abi3", "none") for part in ("--abi", abi)]
    _run(
        *_pip(), "download", "--quiet", "--no-deps", "--only-binary", ":all:", *tags, "-d", "wheels", *pins, cwd=folder
    )
    for wheel in sorted((folder / "wheels").glob("*.whl")):
        place = "later" if re.match("|".join(LATER), wheel.name) else "packages"
        with zipfile.ZipFile(wheel) as packed:
            packed.extractall(folder / place)
    # It has no wheel for the browser: its part in plain Python serves.
    found = importlib.util.find_spec("markupsafe")
    assert found is not None
    assert found.origin is not None
    shutil.copytree(
        Path(found.origin).parent, folder / "packages/markupsafe", ignore=shutil.ignore_patterns("*.so", "*.pyd")
    )
    (folder / "whole").touch()


def _pip() -> list[str]:
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    if uv := shutil.which("uv"):
        return [uv, "tool", "run", "pip"]
    raise FileNotFoundError("pip")


def _run(*command: str, cwd: Path) -> None:
    # From an empty folder, because both clients read settings of a project they are started in.
    subprocess.run(command, cwd=cwd, check=True, capture_output=True, timeout=600)

"""Compiles sources to the byte code of the browser's Python, with whatever this computer has. Knows the runtime."""

from __future__ import annotations

import importlib.util
import io
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from ..errors import CannotBuild
from .runtime import Runtime

HERE = Path(__file__).parent
MAGIC = b"+\x0e\r\n"  # of the byte code of Python 3.14, which the pinned Pyodide is
LIMIT = 600  # seconds
# Sets are written in the order of their hashes, so a fixed seed gives the same bytes each time. A traceback keeps its
# lines and goes without columns, which are a sixth of the byte code.
SAME = {"PYTHONHASHSEED": "0", "PYTHONNODEBUGRANGES": "1"}

SOURCES = (
    "The pages will start more slowly: there is neither Node.js nor Python 3.14 on this computer to compile them with."
)
FAILED = "The parts for the browser could not be compiled. Install a newer Node.js, then try again."


def can_compile() -> bool:
    """Whether this computer has something that makes the browser's byte code."""
    return bool(shutil.which("node") or _native())


def compiled(sources: Mapping[str, tuple[int, bytes]], runtime: Callable[[], Runtime]) -> dict[str, bytes]:
    """The byte code of each source (level and text), under its name with a `c`.

    The sources themselves if nothing here can compile: the browser then does it, at every start.
    """
    node, native = shutil.which("node"), _native()
    if not (node or native):
        return {name: text for name, (_level, text) in sources.items()}
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder) / "in.zip", Path(folder) / "out.zip"
        with zipfile.ZipFile(given, "w") as archive:
            for name in sorted(sources):
                level, text = sources[name]
                archive.writestr(f"{level}/{name}", text)
        script = str(HERE / "byte_code.py")
        if node:  # first, because it is the very Python that will run them
            command = [node, str(HERE / "byte_code.mjs"), str(runtime().package("pyodide")), script]
        else:
            command = [native, script]
        _run([*command, str(given), str(made)])
        with zipfile.ZipFile(io.BytesIO(made.read_bytes())) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - our own script, by a Python or Node of this computer
            command, capture_output=True, timeout=LIMIT, check=False, env={**os.environ, **SAME}
        )
    except (OSError, subprocess.TimeoutExpired):
        raise CannotBuild(FAILED) from None
    if done.returncode:
        raise CannotBuild(FAILED)


def _native() -> str:
    """A Python of this computer with the same byte code."""
    if importlib.util.MAGIC_NUMBER == MAGIC and sys.implementation.name == "cpython":
        return sys.executable
    return shutil.which("python3.14") or ""

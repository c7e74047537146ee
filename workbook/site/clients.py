"""Asks a registry's own client for one pinned file. Knows pins and errors; no address is written here."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from ..errors import CannotBuild
from .pins import Pin, wheel_tags

LIMIT = 900  # seconds for one file

NO_NPM = (
    "Building the pages for the browser needs npm once, to fetch Python for the browser. "
    "Install Node.js, or install the released workbook, which brings these parts."
)
NO_PIP = (
    "Building the pages for the browser needs uv or pip once, to fetch the parts written in Python. "
    "Install uv, or install the released workbook, which brings these parts."
)
NO_NETWORK = (
    "Some parts must be downloaded once, and the internet cannot be reached. Connect this computer, then try again."
)
NO_DISK = "This computer's disk is full. Free about 200 MB, then try again."
NOT_THERE = (
    "A part that the pages need is not offered for download ({name} {version}). "
    "Try again later; if it stays so, install a newer version of the workbook."
)
STOPPED = "A part that the pages need could not be downloaded ({name} {version}). Check the connection, then try again."

_DISK = re.compile(r"ENOSPC|Errno 28|No space left|disk (is )?full", re.IGNORECASE)
_NETWORK = re.compile(
    r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|getaddrinfo|name resolution|"
    r"NewConnectionError|Connection(Refused|Reset|Error)|Network is unreachable|timed? ?out|"
    r"error sending request|dns error|ENOTCACHED|ProxyError",
    re.IGNORECASE,
)
_ABSENT = re.compile(r"E404|ETARGET|notarget|No matching distribution|not found in the package registry", re.IGNORECASE)


def fetch(pin: Pin, into: Path, run: Callable[..., subprocess.CompletedProcess[str]] = subprocess.run) -> None:
    """Puts the pin's file into the folder. It is not checked here."""
    command = _npm(pin) if pin.source == "npm" else [*_pip(), *_download(pin)]
    try:
        # An empty folder, because both clients read settings of a project they are started in.
        done = run(command, cwd=into, capture_output=True, text=True, errors="replace", timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired:
        raise CannotBuild(STOPPED.format(name=pin.name, version=pin.version)) from None
    if done.returncode or not (into / pin.file).is_file():
        raise CannotBuild(_why(done.stderr + done.stdout).format(name=pin.name, version=pin.version))


def _why(said: str) -> str:
    """Our sentence for what a client printed. "Network" first: pip adds "no matching distribution" to it."""
    if _DISK.search(said):
        return NO_DISK
    if _NETWORK.search(said):
        return NO_NETWORK
    return NOT_THERE if _ABSENT.search(said) else STOPPED


def _npm(pin: Pin) -> list[str]:
    npm = shutil.which("npm")
    if not npm:
        raise CannotBuild(NO_NPM)
    return [npm, "pack", f"{pin.name}@{pin.version}", "--silent", "--ignore-scripts"]


def _pip() -> list[str]:
    """This Python's pip, uv's, or one on the path."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    if uv := shutil.which("uv"):
        return [uv, "tool", "run", "pip"]
    if pip := shutil.which("pip3") or shutil.which("pip"):
        return [pip]
    raise CannotBuild(NO_PIP)


def _download(pin: Pin) -> list[str]:
    """The arguments that make pip choose this very wheel, whatever this computer is."""
    python, abi, platforms = wheel_tags(pin.file)
    version = re.sub(r"^(cp|py)(\d)(\d*).*", r"\2.\3", python).rstrip(".")
    # "cp39" and "py3" name the oldest Python a wheel runs on; the one in the browser is newer.
    version = version if python == abi else "3.14"
    tags = [option for platform in platforms for option in ("--platform", platform)]
    where = ["--no-deps", "--only-binary", ":all:", "--dest", "."]
    return [
        *("download", "--quiet", "--disable-pip-version-check", *where, *tags),
        *("--implementation", "cp", "--python-version", version, "--abi", abi, f"{pin.name}=={pin.version}"),
    ]

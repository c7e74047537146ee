"""The scripts of pages that need no page, run by Node's own test runner."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

TESTS = sorted((Path(__file__).parent / "scripts").glob("*.test.mjs"))


@pytest.mark.parametrize("file", TESTS, ids=lambda file: file.name)
def test_the_scripts_pass_their_own_tests(file: Path) -> None:
    node = shutil.which("node")
    if not node:
        pytest.skip("Node.js is not installed, so the scripts cannot be tested alone")
    done = subprocess.run([node, "--test", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:]

"""A store opened before a fork: parent and child each continue with a separate connection."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import case, store

FORKS = """
import os, sys
from workbook.session import Change, Session
from workbook.store import open_store
page = Session(open_store(), "knee")
page.apply([Change("put", "nickname", "before")])
child = os.fork()
tag = "parent" if child else "child"
for n in range(40):
    page.apply([Change("add", "notes", {"id": f"{tag}{n}"})])
if child:
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
os._exit(0)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_both_processes_continue_and_nothing_is_lost(home: Path) -> None:
    store(home).create(case())
    done = subprocess.run([sys.executable, "-c", FORKS], capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(store(home).read("knee")[1]["notes"]) == 80

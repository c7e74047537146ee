"""A passphrase is typed at a real terminal, and our files are compatible with the age program both ways."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import builders
from workbook.case import dump
from workbook.cli import main
from workbook.documents import encryption
from workbook.store import open_store

pty = pytest.importorskip("pty", reason="this system has no such terminals")
WORDS = "four Plain words, más"
OWN_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execvp(sys.argv[1], sys.argv[1:])"
)
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("real_sealing")]  # about a second each, deliberately
age = pytest.mark.skipif(shutil.which("age") is None, reason="the age program is not installed")


def at_a_terminal(command: list[str], *typed: str) -> str:
    """The output of a command when these lines are typed, one for each prompt."""
    ours, its = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", OWN_TERMINAL, *command], stdin=its, stdout=its, stderr=its, start_new_session=True
    )
    os.close(its)
    shown, waiting = b"", list(typed)
    ready = select.poll()  # unlike `select.select`, also for the thousandth open file of a long run
    ready.register(ours, select.POLLIN)
    while ready.poll(60_000):
        try:
            got = os.read(ours, 1000)
        except OSError:  # Linux reports the end of a terminal as an error
            break
        if not got:
            break
        shown += got
        if waiting and got.rstrip().endswith(b":"):
            os.write(ours, waiting.pop(0).encode() + b"\n")
    os.close(ours)
    assert process.wait(60) == 0, shown
    assert waiting == []
    return shown.decode()


def test_a_passphrase_is_typed_twice_and_never_shown(home: Path, tmp_path: Path) -> None:
    open_store().create(builders.case("knee"))
    make = ["export", "knee", "--document", "case-file", "--as", "json", "--to", str(tmp_path), "--seal"]
    shown = at_a_terminal([sys.executable, "-m", "workbook", *make], WORDS, WORDS)
    made = tmp_path / "knee-case-file.json.age"
    assert made.stat().st_mode & 0o077 == 0
    again = at_a_terminal([sys.executable, "-m", "workbook", "load", "--as-new", str(made)], WORDS)
    assert len(open_store().cases()) == 2
    assert WORDS not in shown + again


def test_a_phone_opens_what_any_computer_locks() -> None:
    assert [encryption.close(b"{}", WORDS).split(b"\n")[1].split()[-1] for _ in range(3)] == [b"18"] * 3


@age
def test_the_age_program_opens_it(tmp_path: Path) -> None:
    closed = tmp_path / "closed.age"
    closed.write_bytes(encryption.close(dump(builders.case("knee")), WORDS))
    at_a_terminal(["age", "--decrypt", "-o", str(tmp_path / "open.json"), str(closed)], WORDS)
    assert (tmp_path / "open.json").read_bytes() == dump(builders.case("knee"))


@age
def test_a_file_encrypted_with_age_is_loaded(home: Path, tmp_path: Path) -> None:
    (tmp_path / "open.json").write_bytes(dump(builders.case("knee")))
    closed = tmp_path / "closed.age"
    at_a_terminal(["age", "-p", "-o", str(closed), str(tmp_path / "open.json")], WORDS, WORDS)
    (tmp_path / "words.txt").write_text(WORDS, "utf-8")
    assert main(["load", str(closed), "--passphrase-file", str(tmp_path / "words.txt")]) == 0
    assert [row.id for row in open_store().cases()] == ["knee"]

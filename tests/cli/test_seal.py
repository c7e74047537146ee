"""A case file can be encrypted with a passphrase, and every error is one sentence."""

from __future__ import annotations

import base64
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests import builders
from workbook.case import dump
from workbook.cli import main
from workbook.documents import encryption
from workbook.store import open_store

WORDS = "four Plain words, más"


@pytest.fixture(scope="module")
def sealed() -> bytes:
    """One encrypted case file for all tests here: encryption and decryption are deliberately slow."""
    return encryption.close(dump(builders.case("knee")), WORDS)


@pytest.fixture
def closed(sealed: bytes, home: Path, tmp_path: Path) -> Path:
    file = tmp_path / "knee.json.age"
    file.write_bytes(sealed)
    return file


def load(file: Path, words: str, tmp_path: Path) -> int:
    given = tmp_path / "given.txt"
    given.write_text(words, "utf-8")
    return main(["load", str(file), "--passphrase-file", str(given)])


def test_an_encrypted_file_opens_with_its_passphrase(
    closed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert b"Walter" not in closed.read_bytes()
    assert load(closed, WORDS + "\r\nanother line\n", tmp_path) == 0
    (key,) = capsys.readouterr().out.split()
    assert open_store().read(key)[1]["person"]["name"] == "Walter Example-Finch"


def test_a_wrong_passphrase_and_a_damaged_file_are_distinguished(
    closed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = closed.read_bytes()
    head, mac = data.index(b"\n", 25), data.index(b"--- ") + 8
    damaged = {
        "cut in its first lines": data[:60],
        "cut after them": data[: data.index(b"\n", mac) + 20],
        "one bit": data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
        "its mark": data[:mac] + (b"A" if data[mac : mac + 1] != b"A" else b"B") + data[mac + 1 :],
        "endless work": data[: head - 2] + b"40" + data[head:],
    }
    for how, content in damaged.items():
        closed.write_bytes(content)
        assert load(closed, WORDS, tmp_path) == 1, how
        assert capsys.readouterr() == ("", f"{encryption.DAMAGED}\n"), how
    closed.write_bytes(data)
    assert load(closed, WORDS.lower(), tmp_path) == 1
    assert capsys.readouterr() == ("", f"{encryption.WRONG}\n")
    assert open_store().cases() == []


def test_a_file_encrypted_with_a_key_is_reported(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import pyrage

    other = tmp_path / "x.age"
    other.write_bytes(pyrage.encrypt(b"x", [pyrage.x25519.Identity.generate().to_public()]))
    assert load(other, WORDS, tmp_path) == 1
    assert capsys.readouterr().err == f"{encryption.FOREIGN}\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(b"short", "too short"), (b"", "no passphrase"), (b"\nlater", "no passphrase"), (b"\xff\xfe\x00", "plain text")],
)
def test_an_unsuitable_new_passphrase_is_rejected(
    words: bytes, sentence: str, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_store().create(builders.case("knee"))
    (tmp_path / "words.txt").write_bytes(words)
    make = ["export", "knee", "--document", "case-file", "--as", "json", "--to", str(tmp_path), "--seal"]
    assert main([*make, "--passphrase-file", str(tmp_path / "words.txt")]) == 1
    err = capsys.readouterr().err
    assert sentence in err
    assert len(err.splitlines()) == 1
    assert not list(tmp_path.glob("*.age*"))


def test_a_passphrase_option_without_encryption_is_an_error(
    closed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_store().create(builders.case("knee"))
    make = ["export", "knee", "--document", "case-file", "--as", "json", "--to", str(tmp_path)]
    assert main([*make, "--passphrase-file", str(closed)]) == 1
    assert "Add --seal" in capsys.readouterr().err
    assert not list(tmp_path.glob("*case-file*"))


def test_without_a_terminal_the_message_names_the_option(closed: Path) -> None:
    ask = [sys.executable, "-m", "workbook", "load", str(closed)]
    done = subprocess.run(ask, stdin=subprocess.DEVNULL, capture_output=True, text=True, start_new_session=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert "--passphrase-file" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_armored_file_is_opened_too(sealed: bytes) -> None:
    lines = "".join(f"{line}\n" for line in textwrap.wrap(base64.b64encode(sealed).decode(), 64))
    text = f"-----BEGIN AGE ENCRYPTED FILE-----\n{lines}-----END AGE ENCRYPTED FILE-----\n".encode()
    assert encryption.is_sealed(text)
    assert encryption.open_(text, WORDS) == dump(builders.case("knee"))

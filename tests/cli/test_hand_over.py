"""A workbook is handed over, accepted or refused by commands; each mistake gets one plain sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbook.cli import main
from workbook.documents import encryption

WORDS = "four blue herons"


@pytest.fixture
def desk(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A folder with a hand-over of the demo case, made on computer A; the commands run on computer B after that."""
    (tmp_path / "pp").write_text(WORDS, "utf-8")
    (tmp_path / "wrong").write_text("four blue hens", "utf-8")
    monkeypatch.chdir(tmp_path)
    at(monkeypatch, tmp_path, "a")
    main(["demo"])
    capsys.readouterr()
    assert main(["hand-over", "demo-breast", "--to", "Sam Ortiz-Made", "--passphrase-file", "pp"]) == 0
    out, err = capsys.readouterr()
    assert out == "workbook-demo-breast-hand-over.json.age\n"
    assert "Offered to Sam Ortiz-Made on " in err
    assert "stays behind." in err
    at(monkeypatch, tmp_path, "b")
    return tmp_path


FILE = "workbook-demo-breast-hand-over.json.age"
ANSWER = "workbook-demo-breast-answer.json"


def at(monkeypatch: pytest.MonkeyPatch, folder: Path, computer: str) -> None:
    monkeypatch.setenv("WORKBOOK_HOME", str(folder / computer))


def run(capsys: pytest.CaptureFixture[str], *command: str) -> tuple[int, str, str]:
    code = main(list(command))
    return (code, *capsys.readouterr())


def test_accepted_and_the_answer_comes_back(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "load", FILE, "--passphrase-file", "pp")
    assert (code, out) == (1, ""), "a look loads nothing"
    assert "Harrow Ridge imaging" in err, "what is due"
    assert "workbook accept FILE" in err
    code, out, err = run(capsys, "accept", FILE, "--passphrase-file", "pp")
    assert (code, out.split()) == (0, ["demo-breast", ANSWER])
    assert "Harrow Ridge imaging" in err
    code, out, _ = run(capsys, "list", "--json")
    assert [row["id"] for row in json.loads(out)] == ["demo-breast"]
    code, out, err = run(capsys, "accept", FILE, "--passphrase-file", "pp")
    assert (code, out) == (1, "")
    assert "It is on this computer already." in err
    at(monkeypatch, desk, "a")
    code, out, err = run(capsys, "load", ANSWER)
    assert (code, out.strip()) == (0, "demo-breast")
    assert err.startswith("Sam Ortiz-Made accepted this workbook on ")
    assert "This answer is here already." in run(capsys, "load", ANSWER)[2]


def test_refused_with_a_reason(desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    told = ("--passphrase-file", "pp", "--name", "Kim Made", "--reason", "Away in December")
    code, out, _ = run(capsys, "refuse", FILE, *told)
    assert (code, out.strip()) == (0, ANSWER)
    assert run(capsys, "list")[1] == "", "nothing is kept"
    at(monkeypatch, desk, "a")
    _, _, err = run(capsys, "load", ANSWER)
    assert "Kim Made did not accept this workbook" in err
    assert "Reason: Away in December" in err


def test_each_mistake_gets_one_sentence(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = (desk / FILE).read_bytes()
    (desk / "cut.age").write_bytes(whole[:-40])
    (desk / "plain.json").write_text("{}", "utf-8")
    assert run(capsys, "accept", FILE, "--passphrase-file", "wrong") == (1, "", f"{encryption.WRONG}\n")
    assert run(capsys, "accept", "cut.age", "--passphrase-file", "pp") == (1, "", f"{encryption.DAMAGED}\n")
    assert "is not a hand-over" in run(capsys, "accept", "plain.json")[2]
    (desk / ANSWER).write_text("mine", "utf-8")
    assert "--overwrite" in run(capsys, "accept", FILE, "--passphrase-file", "pp")[2]
    assert run(capsys, "list")[1] == "", "and nothing was accepted"
    (desk / ANSWER).write_text('{"workbook_answer": 1, "case": "nosuch", "answer": {"id": "h", "state": "refused"}}')
    assert "not on this computer" in run(capsys, "load", ANSWER)[2]
    (desk / ANSWER).write_text((desk / ANSWER).read_text("utf-8").replace("nosuch", "demo-breast"), "utf-8")
    at(monkeypatch, desk, "a")
    assert "an offer that this workbook does not have" in run(capsys, "load", ANSWER)[2]
    assert "made on this computer" in run(capsys, "accept", FILE, "--passphrase-file", "pp")[2]
    assert "not here" in run(capsys, "hand-over", "nosuch", "--to", "Sam")[2]
    assert "--to" in run(capsys, "hand-over", "demo-breast", "--to", " ")[2]
    assert "--overwrite" in run(capsys, "hand-over", "demo-breast", "--to", "Sam", "--passphrase-file", "pp")[2]

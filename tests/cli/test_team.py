"""`workbook team`, from an empty database to a hand-over, as the administrator and the advocates would type it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.builders import case, store
from workbook.cli import main
from workbook.store.postgres.errors import NO_SIGN_IN, NOT_YOURS

Run = Callable[..., str]


@pytest.fixture
def run(cluster, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command as somebody; its output, or its message if it failed."""

    def as_somebody(who: str, *words: str) -> str:
        monkeypatch.setenv("WORKBOOK_DATABASE", cluster.address(who, "team_test") if who else "")
        code = main(["team", *words])
        out, err = capsys.readouterr()
        assert (code == 0) is (not err or "No hand-over" in err), err
        return out or err

    cluster.sql("create database team_test")
    cluster.sql("drop role if exists uma, vic, wes")
    yield as_somebody
    cluster.sql("drop database team_test with (force)")
    cluster.sql("drop role if exists uma, vic, wes")


def _let_in(cluster, run: Run, name: str, *words: str) -> None:
    said = run("postgres", "add", name, "--password", *words)
    cluster.secrets[name] = re.search(r"sign in with: (\S+)", said)[1]


def test_a_practice_from_nothing_to_a_hand_over(cluster, run: Run, home) -> None:
    assert re.fullmatch(r"Done: \d+ steps\.\n", run("postgres", "init"))
    assert run("postgres", "upgrade") == "It is up to date.\n"
    _let_in(cluster, run, "uma", "--shown", "Uma Made-Up", "--team", "north")
    _let_in(cluster, run, "vic", "--team", "north")
    _let_in(cluster, run, "wes", "--kind", "auditor")
    assert run("uma", "people") == (
        "uma\tUma Made-Up\tadvocate\tnorth\tyou\nvic\t\tadvocate\tnorth\t\nwes\t\tauditor\t\t\n"
    )

    store(home).create(case())
    assert "1 copied and compared, 0 were there already." in run("uma", "move-in")
    assert "0 copied and compared, 1 were there already." in run("uma", "move-in")
    assert "No hand-over" in run("uma", "offers")
    assert run("uma", "offer", "knee", "--to", "vic", "--note", "On leave") == (
        "Offered to vic, number 1. It stays yours until they accept.\n"
    )
    assert run("vic", "offers") == "1\tknee\tKnee\tuma to vic\tno answer yet\tOn leave\n"
    assert run("vic", "accept", "1").startswith("It is yours now: knee.")
    assert "answered already" in run("uma", "withdraw", "1")
    assert run("vic", "cover", "uma", "--from", "2026-12-20", "--until", "2027-01-04").startswith("uma covers for you")
    assert run("vic", "cover", "uma", "--end") == "uma no longer covers for you.\n"
    assert "from which day" in run("vic", "cover", "uma")
    assert run("vic", "share", "knee", "--team", "north") == "north sees it.\n"

    actions = [line.split("\t")[1:3] for line in run("wes", "log", "--case", "knee").splitlines()]
    assert actions[-1] == ["uma", "created"]
    assert ["vic", "accepted"] in actions
    assert "still has 1 workbook" in run("postgres", "leave", "vic")
    assert run("postgres", "leave", "vic", "--to", "uma").endswith("1 of their workbooks went to uma.\n")
    assert run("vic", "offers").strip() == NO_SIGN_IN


@pytest.mark.parametrize("words", [["init"], ["upgrade"], ["add", "eve"], ["leave", "uma"], ["log"]])
def test_what_the_administrator_does_is_refused_to_an_advocate(cluster, run: Run, words: list[str]) -> None:
    run("postgres", "init")
    _let_in(cluster, run, "uma")
    assert run("uma", *words).strip() == NOT_YOURS


def test_mistakes_get_one_sentence(cluster, run: Run) -> None:
    assert "set WORKBOOK_DATABASE" in run("", "people")
    assert "workbook team --help" in run("")
    run("postgres", "init")
    for name in ("postgres", "Ada", "workbook_owner", "x; drop", "pg_x", "a" * 40):
        assert run("postgres", "add", name).startswith("A sign-in name begins with a small letter"), name
    assert "already, and it is not one of this practice" in run("postgres", "add", "ada"), "a role from elsewhere"
    assert "nobody of this name" in run("postgres", "leave", "nobody")

"""No word that tells who a client is goes unlocked into that client's site: not made, not checked, not built."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.check.folder import DAY
from tests.folder.shipped import practice
from workbook.case import Case
from workbook.case.people import Person
from workbook.check import check, names
from workbook.cli import main
from workbook.cli.check import of_clients
from workbook.cli.folder import NAMED
from workbook.store import open_store

ORTIZ = Case(id="ab12", nickname="Mrs. Ortiz", person=Person(name="Rosalía Ortiz-Peña", preferred_name="Lía"))


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = practice(tmp_path / "ours")
    monkeypatch.setenv("WORKBOOK_NOTEBOOKS", str(folder))
    monkeypatch.setenv("WORKBOOK_CLIENT", "")
    monkeypatch.setattr("workbook.site.parts.prepare", lambda **_: [])
    open_store().create(ORTIZ)
    open_store().create(Case(id="cd34", nickname="Kidney mass"))
    return folder


@pytest.mark.parametrize(
    "title",
    ["Mrs. Ortiz: knee questions", "ORTIZ", "For Rosalia", "Peña’s visit", "Ask Lía", "8-ortiz_more", "Pena\u0303"],
)
def test_a_title_with_a_word_of_a_clients_names_is_refused(
    mine: Path, title: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new-notebook", "ab12", str(mine), "--title", title]) == 1
    assert NAMED in capsys.readouterr().err
    assert not [*(mine / "notebooks").glob("*.ipynb")]


def test_words_that_tell_nothing_are_no_names(mine: Path) -> None:
    assert main(["new-notebook", "ab12", str(mine), "--title", "Knee questions before your visit"]) == 0
    assert main(["new-notebook", "cd34", str(mine), "--title", "Questions about your kidney"]) == 0
    names, words = of_clients()
    assert check(mine, DAY, names, words) == []


@pytest.mark.parametrize(
    ("person", "text", "hit"),
    [
        ("Grace Young", "Young people and their grace", False),
        ("Grace Young", "Mrs. Young: your visit", True),
        ("Grace Young", "Questions for Grace", True),
        ("Grace Young", "Grace period", False),
        ("王小明", "王小明的问题", True),
        ("Bo Li", "Both lists", False),
        ("Omar Haddad", "own.omar_stairs", True),
        ("Omar Haddad", "Omaran", False),
        ("", "Anything", False),
    ],
)
def test_a_common_word_counts_only_where_it_is_a_name(person: str, text: str, hit: bool) -> None:
    found = names.words(Case(nickname="Kidney mass", person=Person(name=person)))
    assert bool(found and found.search(names.plain(text))) is hit


def test_a_nickname_of_common_words_is_in_no_page_by_mistake() -> None:
    assert names.whole_names(Case(nickname="Second opinion")) == set()
    assert names.whole_names(Case(nickname="Mrs. Ortiz", person=Person(name="Hope"))) == {"Mrs. Ortiz"}


@pytest.mark.parametrize("where", ["title", "text", "code", "file"])
def test_check_and_site_find_it_wherever_it_is_readable(
    mine: Path, tmp_path: Path, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["new-notebook", "ab12", str(mine)])
    file = mine / "notebooks" / "8-ab12.ipynb"
    book = json.loads(file.read_text("utf-8"))
    if where == "title":
        book["metadata"]["title"] = "For Rosalia"
    elif where == "file":
        file = file.rename(file.with_name("8-ortiz.ipynb"))
    else:
        cell = book["cells"][0 if where == "text" else 2]
        cell["source"] = [*cell["source"], "\n# Ortiz"]
    file.write_text(json.dumps(book), "utf-8")
    capsys.readouterr()
    assert main(["check", str(mine)]) == 1
    out = capsys.readouterr().out
    assert "is a word of that client's name or nickname" in out
    assert "ortiz" not in out.replace(file.name, "").lower()

    (tmp_path / "pass").write_text("four plain words here", "utf-8")
    built = ["site", str(mine), "--to", str(tmp_path / "site"), "--passphrase-file", str(tmp_path / "pass")]
    assert main([*built, "--for", "ab12"]) == 1
    assert f"could read it: {file.name}." in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_a_site_is_refused_for_its_name_and_for_a_whole_name_in_what_all_clients_have(
    mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pass").write_text("four plain words here", "utf-8")
    given = ["site", str(mine), "--to", str(tmp_path / "site"), "--passphrase-file", str(tmp_path / "pass")]
    assert main([*given, "--for", "ab12", "--name", "Pages for Mrs. Ortiz"]) == 1
    assert "could read it: --name." in capsys.readouterr().err
    (mine / "packs" / "texts").mkdir()
    (mine / "packs" / "texts" / "own.toml").write_text("# made for Rosalia Ortiz-Pena\n", "utf-8")
    assert main([*given, "--for", "ab12"]) == 1
    assert "could read it: texts/own.toml." in capsys.readouterr().err


def test_the_readme_of_the_folder_says_what_may_be_in_it(mine: Path) -> None:
    said = " ".join((mine / "README.md").read_text("utf-8").split())
    assert "A client's name and answers are never in this folder." in said
    assert "A page for one client may be here: it only has questions, in words that fit anybody." in said

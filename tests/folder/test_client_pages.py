"""A page for one client is on that client's map and in a site for that client, and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.check.folder import DAY
from tests.folder.shipped import practice, stand_ins
from workbook.case import Case
from workbook.check import check
from workbook.cli import main
from workbook.content import entries
from workbook.site import content_file
from workbook.store import open_store
from workbook.ui import outline
from workbook.ui.asking.pages import pages
from workbook.ui.handle import OpenCase


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    stand_ins(tmp_path / "shipped", monkeypatch)
    folder = practice(tmp_path / "ours")
    monkeypatch.setenv("WORKBOOK_NOTEBOOKS", str(folder))
    monkeypatch.setenv("WORKBOOK_CLIENT", "")
    for key in ("ab12", "cd34"):
        open_store().create(Case(id=key, nickname=key.upper()))
    assert main(["new-notebook", "ab12", str(folder), "--title", "Before your visit"]) == 0
    return folder


def test_only_that_clients_map_has_it(mine: Path) -> None:
    handle = OpenCase(wanted="ab12")
    assert handle.case.id == "ab12"
    assert [page.title for page in pages() if page.name == "8-ab12"] == ["Before your visit"]
    other = OpenCase(wanted="cd34")
    assert other.case.id == "cd34"
    assert "8-ab12" not in {page.name for page in pages()}


def test_only_a_site_for_that_client_has_it(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for client, there in (("", False), ("cd34", False), ("ab12", True)):
        monkeypatch.setenv("WORKBOOK_CLIENT", client)
        assert ("8-ab12" in content_file.notebooks(mine)) is there
        monkeypatch.setattr("workbook.ui.asking.pages.latest", lambda: None)
        assert ("8-ab12" in outline.outline()["pages"]) is there


def test_a_new_page_has_no_mistakes_and_asks_under_names_of_its_own(mine: Path) -> None:
    main(["new-notebook", "cd34", str(mine)])
    main(["new-notebook", "cd34", str(mine)])
    assert sorted(file.name for file in (mine / "notebooks").glob("*.ipynb")) == [
        "8-ab12.ipynb",
        "8-cd34-2.ipynb",
        "8-cd34.ipynb",
    ]
    same = "8-cd34.ipynb has the same title, “More about you”. Change one of them."
    found = check(mine, DAY, ["Marisol"])
    assert [(one.file, one.sentence, one.note) for one in found] == [("notebooks/8-cd34-2.ipynb", same, True)]
    asked = [path for page in pages(mine) for path in page.paths if path.startswith("own.")]
    assert sorted(asked) == ["own.ab12", "own.cd34", "own.cd34_2"]


def test_nothing_of_the_client_is_in_the_page_but_the_id(mine: Path) -> None:
    text = (mine / "notebooks" / "8-ab12.ipynb").read_text("utf-8")
    assert json.loads(text)["metadata"]["workbook"] == {"page": "8-ab12", "case": "ab12"}
    assert "AB12" not in text


def test_a_pack_is_added_to_that_client_alone(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = mine / "packs" / "conditions" / "kidney.toml"
    own.parent.mkdir(parents=True)
    own.write_text(
        '[condition]\ntitle = "Kidney stones"\n\n'
        '[[entry]]\nid = "kidney-ask"\nlist = "visit.questions"\ntext = "Which kind of stone is it?"\n',
        "utf-8",
    )
    assert main(["new-notebook", "ab12", str(mine), "--pack", "spine", "--pack", "kidney"]) == 0
    case = OpenCase(wanted="ab12").case
    assert case.goal.conditions == ("spine", "kidney")
    assert {"spine-ask-match", "kidney-ask"} <= set(entries(case, "visit.questions"))
    assert "kidney-ask" not in entries(OpenCase(wanted="cd34").case, "visit.questions")

    before = sorted((mine / "notebooks").iterdir())
    assert main(["new-notebook", "ab12", str(mine), "--pack", "spin"]) == 1
    assert "There is no pack for the condition spin. Did you mean spine?" in capsys.readouterr().err
    assert sorted((mine / "notebooks").iterdir()) == before


def test_an_unknown_client_or_a_plain_folder_is_refused(
    mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new-notebook", "nobody", str(mine)]) == 1
    assert main(["new-notebook", "ab12", str(tmp_path)]) == 1
    assert "it has no practice.toml" in capsys.readouterr().err
    assert not (tmp_path / "notebooks").exists()

"""A practice's folder has only what it changed; everything else comes from the shipped pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.check.folder import DAY
from tests.folder.shipped import cell, edit, practice, sources, stand_ins, step, write
from workbook.check import check
from workbook.cli import main
from workbook.content import seeds
from workbook.errors import BadFile, CannotExport
from workbook.folder import create, pages, settings
from workbook.folder.upgrade import upgrade
from workbook.site import content_file
from workbook.ui import kernel, links, outline
from workbook.ui.asking.pages import pages as book_of

GIT = {"README.md", ".gitignore", ".gitattributes", ".pre-commit-config.yaml", "practice.toml"}


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return stand_ins(tmp_path / "shipped", monkeypatch)


@pytest.fixture
def mine(tmp_path: Path, shipped: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = practice(tmp_path / "ours", "1-goal")
    monkeypatch.setenv("WORKBOOK_NOTEBOOKS", str(folder))
    return folder


def test_only_what_was_taken_is_in_the_folder_and_all_pages_are_there(mine: Path) -> None:
    assert {file.name for file in mine.iterdir()} == {*GIT, "notebooks", "packs", ".shipped"}
    assert [file.name for file in pages.own_files(mine)] == ["1-goal.ipynb"]
    assert [page.name for page in book_of()] == ["index", "1-goal", "2-clinician", "3-plan"]
    edit(mine / "notebooks" / "1-goal.ipynb", "1-goal-03", 'wb.form(case, "goal.own_words")')
    assert book_of()[1].paths == ("goal.own_words",)


def test_a_new_notebook_is_a_new_step(mine: Path) -> None:
    write(mine / "notebooks", "8-after", step("8-after", cell("x", 'wb.form(case, wb.ask("own.x", "X?"))')))
    assert [page.name for page in book_of() if page.step][-1] == "8-after"


def test_a_renamed_page_keeps_its_mark_and_its_links(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_APP", "voila")
    for name in ("SCRIPT_NAME", "QUERY_STRING"):
        monkeypatch.setenv(name, "")
    create.take(mine, "2-clinician")
    (mine / "notebooks" / "2-clinician.ipynb").rename(mine / "notebooks" / "2-doctor.ipynb")
    names = {page.name: page.key for page in book_of()}
    assert names == {"index": "index", "1-goal": "1-goal", "2-doctor": "2-clinician", "3-plan": "3-plan"}
    assert pages.find(mine, "2-clinician") == mine / "notebooks" / "2-doctor.ipynb"
    assert check(mine, DAY) == [], "the link of 3-plan to 2-clinician still leads there"
    assert outline.outline()["former"] == {"2-clinician": "2-doctor"}
    page = kernel.answer({"do": "page", "number": 3, "name": "2-clinician", "query": ""})
    assert (page["do"], page["title"]) == ("page", "2-Clinician")
    assert links.here() == "2-doctor"


def test_a_copy_of_a_page_is_a_page_of_its_own(mine: Path) -> None:
    text = (mine / "notebooks" / "1-goal.ipynb").read_text("utf-8")
    (mine / "notebooks" / "1-goal-Copy1.ipynb").write_text(text, "utf-8")
    assert {page.name: page.key for page in book_of() if page.step} == {
        "1-goal": "1-goal",
        "1-goal-Copy1": "1-goal-copy1",
        "2-clinician": "2-clinician",
        "3-plan": "3-plan",
    }


def test_a_shipped_page_can_be_left_out(mine: Path) -> None:
    (mine / "practice.toml").write_text('name = "Ours"\nhide = ["3-plan"]\n', "utf-8")
    assert "3-plan" not in pages.files(mine)
    assert pages.find(mine, "3-plan") is None
    assert "3-plan" not in content_file.notebooks(mine)


def test_nothing_outside_is_a_page(mine: Path, tmp_path: Path) -> None:
    write(tmp_path, "secret", step("secret"))
    (mine / "notebooks" / "9-link.ipynb").symlink_to(tmp_path / "secret.ipynb")
    assert pages.find(mine, "9-link") is None
    assert [name for name in ("../secret", "..", "", "a/b", ".x", "notebooks/1-goal") if pages.find(mine, name)] == []


def test_a_site_has_the_practices_pages_over_the_shipped_ones(mine: Path) -> None:
    edit(mine / "notebooks" / "1-goal.ipynb", "1-goal-01", "# What matters")
    found = content_file.notebooks(mine)
    assert list(found) == ["1-goal", "2-clinician", "3-plan", "index"]
    assert found["1-goal"]["cells"][0]["source"] == "# What matters"


def test_an_upgrade_brings_what_is_new_and_keeps_the_changes(mine: Path, shipped: Path) -> None:
    own = mine / "notebooks" / "1-goal.ipynb"
    edit(own, "1-goal-01", "# What matters")
    edit(shipped / "1-goal.ipynb", "1-goal-03", 'wb.form(case,\n    "goal.kinds", "goal.own_words")')
    (one,) = upgrade(mine)
    assert (one.page, one.changed, one.conflicts) == ("1-goal", True, ())
    assert sources(own)["1-goal-01"] == "# What matters"
    assert "goal.own_words" in sources(own)["1-goal-03"]
    assert not upgrade(mine)[0].changed, "a second time there is nothing new"
    assert check(mine, DAY) == [one for one in check(mine, DAY) if one.note]


def test_a_renamed_page_is_upgraded_too(mine: Path, shipped: Path) -> None:
    (mine / "notebooks" / "1-goal.ipynb").rename(mine / "notebooks" / "1-wishes.ipynb")
    edit(shipped / "1-goal.ipynb", "1-goal-03", 'wb.form(case, "goal.stakes")')
    assert [(one.page, one.changed) for one in upgrade(mine)] == [("1-wishes", True)]
    assert "goal.stakes" in sources(mine / "notebooks" / "1-wishes.ipynb")["1-goal-03"]


def test_a_conflict_is_said_shown_and_found_by_the_check(
    mine: Path, shipped: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = mine / "notebooks" / "1-goal.ipynb"
    edit(own, "1-goal-03", 'wb.form(case,\n    "goal.own_words")')
    before = own.read_text("utf-8")
    edit(shipped / "1-goal.ipynb", "1-goal-03", 'wb.form(case,\n    "goal.stakes")')
    assert main(["upgrade", str(mine)]) == 1
    said = capsys.readouterr()
    assert "changed the same lines of a cell (1-goal-03). Yours is used; the new one is below it." in said.out
    assert "goal.own_words" in sources(own)["1-goal-03"]
    assert "goal.stakes" in sources(own)["1-goal-03-new"]
    assert [one.sentence[:32] for one in check(mine, DAY)] == ["An upgrade left a cell here to l"]
    assert (mine / ".before-upgrade" / "1-goal.ipynb").read_text("utf-8") == before


def test_an_upgrade_names_new_pages_of_ones_own_so_that_they_can_be_renamed(mine: Path) -> None:
    file = write(mine / "notebooks", "8-after", step("8-after", cell("x", 'wb.form(case, wb.ask("own.x", "X?"))')))
    upgrade(mine)
    assert json.loads(file.read_text("utf-8"))["metadata"]["workbook"] == {"page": "8-after"}
    file.rename(file.with_name("8-then.ipynb"))
    assert [page.key for page in book_of() if page.name == "8-then"] == ["8-after"]


def test_a_page_that_the_workbook_no_longer_has_stays(mine: Path, shipped: Path) -> None:
    (shipped / "1-goal.ipynb").unlink()
    (one,) = upgrade(mine)
    assert not one.changed
    assert "no longer has the page 1-goal. Yours stays" in one.conflicts[0]
    assert (mine / "notebooks" / "1-goal.ipynb").is_file()


def test_a_damaged_page_stops_an_upgrade_before_anything_is_written(mine: Path, shipped: Path) -> None:
    (mine / "notebooks" / "1-goal.ipynb").write_text("{", "utf-8")
    with pytest.raises(BadFile, match="cannot be read as a notebook"):
        upgrade(mine)
    assert (mine / "notebooks" / "1-goal.ipynb").read_text("utf-8") == "{"


@pytest.mark.parametrize("name", ["practice.toml", "a.txt"])
def test_an_existing_folder_is_not_touched(tmp_path: Path, shipped: Path, name: str) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / name).write_text('name = "Mine"', "utf-8")
    if name == "practice.toml":
        create.create(tmp_path / "x", "Other")
    else:
        with pytest.raises(BadFile, match="other files"):
            create.create(tmp_path / "x", "Other")
    assert (tmp_path / "x" / name).read_text("utf-8") == 'name = "Mine"'


def test_a_page_is_never_taken_twice_and_an_unknown_one_makes_no_folder(mine: Path, tmp_path: Path) -> None:
    edit(mine / "notebooks" / "1-goal.ipynb", "1-goal-01", "# Mine")
    with pytest.raises(CannotExport, match="in the folder already"):
        create.take(mine, "1-goal")
    assert sources(mine / "notebooks" / "1-goal.ipynb")["1-goal-01"] == "# Mine"
    with pytest.raises(BadFile, match="Did you mean 1-goal"):
        create.create(tmp_path / "new", "", ["1-gaol"])
    assert not (tmp_path / "new").exists()


def test_a_folder_with_answers_cannot_be_a_practices_folder(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(home / "pages")]) == 1
    assert main(["init", str(home.parent)]) == 1
    assert "for pages only" in capsys.readouterr().err


def test_what_a_client_wrote_is_ignored_by_git(mine: Path) -> None:
    ignored = (mine / ".gitignore").read_text("utf-8").split()
    assert {"*.age", "*.pdf", "*.docx", "*.ics", "*.db", "*.csv", "*.zip", ".ipynb_checkpoints/"} <= {*ignored}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('nam = "x"', 'does not know "nam". Did you mean "name"?'),
        ("name = x", "cannot be read"),
        ("name = 3", '"name" must be words in quotes'),
        ("hide = 'find'", 'write "hide" like hide = ["find"].'),
        ('[link]\nwords = "a"', 'write "link" like [[link]]'),
        ('[[link]]\nwords = "a"\naddress = "javascript:x"', "begins with https://, mailto: or tel:"),
        ('[[link]]\nwords = "a"', "has two lines"),
        ('hide = ["fimd"]', "There is no shipped page fimd to hide."),
        ('hide = ["index"]', "cannot be hidden"),
        ('logo = "none.svg"', "The logo cannot be shown."),
        ('logo = "../../etc/passwd.svg"', "The logo cannot be shown."),
        ("a = " + "[" * 9000, "cannot be read"),
        ("# " + "x" * 200_000, "is too large"),
    ],
)
def test_a_mistake_in_the_settings_is_one_sentence(mine: Path, text: str, said: str) -> None:
    (mine / "practice.toml").write_text(text, "utf-8")
    told = check(mine, DAY)
    assert [one.file for one in told] == ["practice.toml"]
    assert said in told[0].sentence


def test_the_links_begin_with_how_to_reach_the_practice(mine: Path) -> None:
    (mine / "practice.toml").write_text(
        'name = "Ours"\nphone = "(555) 010-0199"\nemail = "a@example.org"\n'
        '[[link]]\nwords = "Our office"\naddress = "https://example.org"\n',
        "utf-8",
    )
    assert settings.read(mine).help_links == (
        ("Call (555) 010-0199", "tel:5550100199"),
        ("Write to a@example.org", "mailto:a@example.org"),
        ("Our office", "https://example.org"),
    )


def test_packs_of_the_folder_count_once_it_is_used(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from workbook.cli.pages import use

    monkeypatch.setenv("WORKBOOK_PACKS", "")
    (mine / "packs" / "seeds").mkdir()
    (mine / "packs" / "seeds" / "visit.questions.toml").write_text('[[entry]]\nid = "ask-wait"\nhide = true\n', "utf-8")
    use(mine)
    assert "ask-wait" not in {entry.id for entry in seeds("visit.questions")}


def test_a_folder_of_packs_that_is_not_there_is_said(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from workbook.cli.pages import use

    monkeypatch.setenv("WORKBOOK_PACKS", str(mine / "none"))
    with pytest.raises(BadFile, match="WORKBOOK_PACKS names a folder that does not exist"):
        use(mine)

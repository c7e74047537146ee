"""`workbook drop-box`: the key, the switch in the practice's settings, and what it says about files that came."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pyrage
import pytest

from tests import builders
from workbook.case import dump, new_id, put, read
from workbook.cli import drop_box as cli
from workbook.cli import main
from workbook.drop_box import key as keys
from workbook.drop_box import opening
from workbook.errors import CannotExport, StoreTrouble
from workbook.folder import settings
from workbook.session.merge import handed_out, to_send
from workbook.store import home_dir, open_store

DAY = dt.date(2026, 11, 30)
WORDS = "four Plain words"


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    made = tmp_path / "practice"
    assert main(["init", str(made), "--name", "River Street"]) == 0
    with (made / settings.FILE).open("a") as file:
        file.write('[[link]]\nwords = "Our office"\naddress = "https://example.org"\n')
    capsys.readouterr()
    return made


@pytest.fixture
def words(tmp_path: Path) -> Path:
    (tmp_path / "words.txt").write_text(WORDS, "utf-8")
    return tmp_path / "words.txt"


def send(public: str, own_words: str) -> Path:
    """A client's file in the box."""
    store = open_store()
    if not store.cases():
        store.create(builders.case("knee"))
    client = put(handed_out(store, "knee", DAY), "goal.own_words", own_words)
    data = pyrage.encrypt(dump(to_send(client, new_id(), DAY)), [pyrage.x25519.Recipient.from_str(public)])
    box = home_dir() / "drop-box"
    box.mkdir(mode=0o700, exist_ok=True)
    file = box / f"{len(own_words):032x}.age"
    file.write_bytes(data)
    return file


def test_a_key_turns_it_on_and_is_never_replaced(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert settings.read(folder).drop_box == ""
    (folder / settings.FILE).chmod(0o644)
    assert main(["drop-box", "key", str(folder)]) == 0
    out, err = capsys.readouterr()
    public, file = out.strip(), home_dir() / keys.FILE
    assert settings.read(folder).drop_box == keys.checked(public) == public
    assert settings.read(folder).links == (("Our office", "https://example.org"),)
    assert str(file) in err
    assert "AGE-SECRET" not in out + err + (folder / settings.FILE).read_text()
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
        assert (folder / settings.FILE).stat().st_mode & 0o777 == 0o644
    before = file.read_bytes()
    assert main(["drop-box", "key", str(folder)]) == 0
    assert (capsys.readouterr().out.strip(), file.read_bytes()) == (public, before)
    assert (folder / settings.FILE).read_text().count("drop_box") == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('name = "A\u2028B\u0085C"\n', 'name = "A\u2028B\u0085C"\nNEW\n'),
        ('name = "A"\r\n\r\n[[link]]\r\nwords = "x"\r\n', 'name = "A"\r\n\r\nNEW\r\n[[link]]\r\nwords = "x"\r\n'),
        ('  drop_box = "old"\nname = "A"\n', 'name = "A"\nNEW\n'),
        ('"drop_box" = "old"\nname = "A"', 'name = "A"\nNEW\n'),
        ('drop_box="old"\n', "NEW\n"),
        ("", "NEW\n"),
        ('# drop_box = "no"\nname = "A"\n', '# drop_box = "no"\nname = "A"\nNEW\n'),
    ],
)
def test_all_other_lines_of_the_settings_stay_as_they_are(tmp_path: Path, before: str, after: str) -> None:
    file = tmp_path / settings.FILE
    file.write_bytes(before.encode())
    cli._turn_on(tmp_path, "age1x")
    assert file.read_bytes().decode() == after.replace("NEW", 'drop_box = "age1x"')


def test_settings_that_cannot_be_changed_safely_are_left_alone(tmp_path: Path) -> None:
    file = tmp_path / settings.FILE
    text = 'name = """A\ndrop_box = 1\n"""\n'
    file.write_text(text)
    with pytest.raises(CannotExport, match="Write it into"):
        cli._turn_on(tmp_path, "age1x")
    assert file.read_text() == text


def test_a_key_that_is_there_can_be_locked(folder: Path, words: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drop-box", "key", str(folder)]) == 0
    public, file = capsys.readouterr().out, home_dir() / keys.FILE
    given = ["drop-box", "key", str(folder), "--lock", "--passphrase-file", str(words)]
    assert main(given) == 0
    out, err = capsys.readouterr()
    assert out == public, "it is the same key"
    assert "Your key is locked now." in err
    locked = file.read_bytes()
    assert b"AGE-SECRET" not in locked
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
    assert main(given) == 0
    assert "locked already" in capsys.readouterr().err
    assert file.read_bytes() == locked
    send(public.strip(), "To walk")
    assert main(["drop-box", "open", "--passphrase-file", str(words)]) == 0


def test_what_came_is_merged_and_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["drop-box", "key", str(folder)])
    public = capsys.readouterr().out.strip()
    assert main(["drop-box", "open"]) == 0
    assert capsys.readouterr().err == "The drop box is empty.\n"
    file = send(public, "To walk")
    assert main(["drop-box", "open"]) == 0
    out, err = capsys.readouterr()
    assert out == "knee\n"
    assert ": 1 change taken." in err
    assert read(open_store().read("knee")[1]).goal.own_words == "To walk"
    assert not file.exists()


def test_files_of_strangers_are_counted_in_one_sentence_each(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["drop-box", "key", str(folder)])
    public = capsys.readouterr().out.strip()
    file = send(public, "To walk")
    for n in range(40):
        file.with_name(f"{n + 100:032x}.age").write_bytes(b"age-encryption.org/v1\n" + os.urandom(300))
    other = file.with_name(f"{99:032x}.age")
    other.write_bytes(pyrage.encrypt(b"x", [pyrage.x25519.Identity.generate().to_public()]))
    assert main(["drop-box", "open"]) == 1
    out, err = capsys.readouterr()
    assert out == "knee\n"
    assert f"1 file set aside: {keys.OTHER}" in err
    assert f"40 files set aside: {keys.DAMAGED}" in err
    assert len(err.splitlines()) == 4
    assert len([*(file.parent / "aside").iterdir()]) == 41


def test_a_locked_key_asks_for_its_passphrase(folder: Path, words: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drop-box", "key", str(folder), "--passphrase-file", str(words)]) == 0
    public = capsys.readouterr().out.strip()
    assert b"AGE-SECRET" not in (home_dir() / keys.FILE).read_bytes()
    send(public, "To walk")
    assert main(["drop-box", "open"]) == 1
    assert "There is no terminal" in capsys.readouterr().err
    assert main(["drop-box", "open", "--passphrase-file", str(words)]) == 0
    assert read(open_store().read("knee")[1]).goal.own_words == "To walk"


def test_a_file_that_was_set_aside_can_be_loaded_by_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["drop-box", "key", str(folder)])
    file = send(capsys.readouterr().out.strip(), "To walk")
    open_store().erase("knee")
    assert main(["drop-box", "open"]) == 1
    assert "It belongs to no workbook" in capsys.readouterr().err
    assert main(["drop-box", "open", str(file.parent / "aside" / file.name)]) == 0
    assert "loaded as a new workbook" in capsys.readouterr().err
    assert read(open_store().read("knee")[1]).goal.own_words == "To walk"


def test_what_cannot_work_is_said_in_a_sentence(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(*args: str) -> str:
        assert main(["drop-box", *args]) in (1, 2)
        out, err = capsys.readouterr()
        assert out == ""
        return err

    assert "Make one with: workbook init DIR" in said("key", str(tmp_path / "none"))
    assert keys.NO_KEY in said("open")
    assert "Say what to do" in said()
    assert "no workbook site" in said("serve", str(tmp_path))
    main(["drop-box", "key", str(folder)])
    capsys.readouterr()
    assert "no file with that name" in said("open", str(tmp_path / "none"))
    (home_dir() / keys.FILE).write_text("AGE-SECRET-KEY-1NONSENSE\n")
    assert keys.NOT_A_KEY in said("open")


@pytest.mark.parametrize("line", ["age1", "age1" + "q" * 58, "age1" + "b" * 58, "AGE-SECRET-KEY-1X"])
def test_a_wrong_key_in_the_settings_stops_the_build(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    monkeypatch.setattr("workbook.site.parts.prepare", lambda **_: [])
    open_store().create(builders.case("knee"))
    file = folder / settings.FILE
    file.write_text(f'drop_box = "{line}"\n' + file.read_text())
    assert main(["site", str(folder), "--to", str(tmp_path / "out"), "--for", "knee"]) == 1
    assert capsys.readouterr().err.strip() == keys.NOT_PUBLIC


def test_only_a_site_for_one_client_has_it(
    folder: Path, words: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    built: dict[str, Any] = {}
    monkeypatch.setattr("workbook.site.parts.prepare", lambda **_: [])
    monkeypatch.setattr("workbook.site.build.build", lambda *_, **more: built.update(more))
    open_store().create(builders.case("knee"))
    given = ["site", str(folder), "--to", str(tmp_path / "out")]
    one = ["--for", "knee", "--passphrase-file", str(words)]
    main([*given, *one])
    assert built["drop_box"] == "", "off until there is a key"
    main(["drop-box", "key", str(folder)])
    public = capsys.readouterr().out.split()[-1]
    main(given)
    assert built["drop_box"] == ""
    main([*given, *one])
    assert built["drop_box"] == public


def test_after_an_error_midway_what_was_set_aside_is_still_said(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["drop-box", "key", str(folder)])
    public = capsys.readouterr().out.strip()
    stranger, later = send(public, "To"), send(public, "To walk")
    stranger.write_bytes(b"x")
    os.utime(stranger, (1, 1))  # the oldest is opened first

    def full(*_: object) -> None:
        raise StoreTrouble("The disk is full.")

    monkeypatch.setattr(opening, "merge", full)
    assert main(["drop-box", "open"]) == 1
    err = capsys.readouterr().err
    assert "1 file set aside" in err
    assert "The disk is full." in err
    assert later.is_file(), "it waits for the next time"


def test_a_check_of_the_folder_finds_a_key_that_is_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["drop-box", "key", str(folder)])
    capsys.readouterr()
    assert main(["check", str(folder)]) == 0
    file = folder / settings.FILE
    file.write_text(file.read_text("utf-8").replace('"age1', '"age2'), "utf-8")
    assert main(["check", str(folder)]) == 1
    assert 'must have a public key that begins with "age1"' in "".join(capsys.readouterr())

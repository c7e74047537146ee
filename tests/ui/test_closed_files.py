"""A case file is encrypted with a passphrase on the first page, and decrypted there; the passphrase is not stored."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path
from typing import Any

import pytest

import workbook as wb
from tests import builders
from tests.ui.driver import Driver
from tests.ui.pagekit import opened, page
from workbook.case import Case, dump
from workbook.documents import encryption
from workbook.store import open_store
from workbook.ui.panels import base

WORDS = "four blue herons"


@pytest.fixture(scope="module")
def sealed() -> bytes:
    """An encrypted file of a made-up case."""
    return encryption.close(dump(builders.case("hip", nickname="Hip")), WORDS)


def parts() -> tuple[Driver, Driver]:
    listing, load = wb.workbooks().children
    return page(listing), page(load)


def press(listing: Driver, name: str, **value: Any) -> dict[str, Any]:
    return listing.ask({"do": "press", "name": name, "value": value})


def waiting(data: bytes) -> tuple[Driver, Driver]:
    """The page after this file was selected."""
    listing, load = parts()
    assert load.ask({"do": "upload", "name": "x.age"}, [data])["do"] == "taken"
    return listing, load


def test_the_encrypted_file_opens_only_with_its_passphrase() -> None:
    case = opened()
    listing, _ = parts()
    told = press(listing, "save_closed", case="knee", passphrase=WORDS, again=WORDS)
    assert (told["do"], told["name"]) == ("file", "workbook-knee.json.age")
    (data,) = listing.buffers
    assert case.person.name.encode() not in data
    assert json.loads(encryption.open_(data, WORDS))["person"]["name"] == case.person.name


def test_every_field_for_a_passphrase_is_kept_from_phones_and_can_be_shown(sealed: bytes) -> None:
    folder = Path(base.__file__).with_name("templates")
    assert [file.name for file in folder.glob("*.j2") if 'type="password"' in file.read_text("utf-8")] == [
        "secret.html.j2"
    ]
    opened()
    listing, _ = waiting(sealed)
    fields = re.findall(r'<input [^>]*type="password"[^>]*>', listing.html)
    assert len(fields) >= 3, "to open a file, and to lock one"
    for field in fields:
        for kept in ('autocapitalize="off"', 'autocorrect="off"', 'autocomplete="off"', 'spellcheck="false"'):
            assert kept in field
    forms = [form for form in re.findall(r"<form.*?</form>", listing.html, re.DOTALL) if "data-secret" in form]
    assert [form.count("Show the passphrase") for form in forms] == [1] * len(forms)
    assert forms


def test_the_unencrypted_download_says_who_can_read_it_once_for_all_workbooks() -> None:
    opened()
    for n in range(7):
        open_store().create(Case(id=f"c{n}", nickname=f"Case {n}"))
    listing, _ = parts()
    assert listing.html.count("Anyone who has") == 1
    assert listing.html.count("can read everything in it, even what is private.") == 1
    assert 'id="wb-save-hint"' in listing.html
    assert listing.html.count('aria-describedby="wb-save-hint"') == 8, "each button is still heard with it"


@pytest.mark.parametrize(
    ("first", "again", "words"),
    [("", "", "too short"), ("heron", "heron", "too short"), (WORDS, WORDS + " ", "The two passphrases differ.")],
)
def test_an_unsuitable_passphrase_is_reported_next_to_its_field(first: str, again: str, words: str) -> None:
    opened()
    listing, _ = parts()
    assert press(listing, "save_closed", case="knee", passphrase=first, again=again)["do"] == "html"
    assert words in listing.html
    assert 'data-keep="close-knee" open' in listing.html
    assert listing.html.count('role="alert"') == listing.html.count('aria-invalid="true"') == 1
    assert listing.buffers == []
    done = press(listing, "save_closed", case="knee", passphrase=WORDS, again=WORDS)
    assert words not in done["html"], "the sentence does not outlive the mistake"


def test_an_encrypted_file_asks_for_its_passphrase_and_is_loaded(sealed: bytes) -> None:
    opened()
    listing, _ = waiting(sealed)
    assert "What is the passphrase?" in listing.html
    press(listing, "unlock", passphrase="four blue hens")
    assert encryption.WRONG in listing.html
    assert "What is the passphrase?" in listing.html
    assert len(open_store().cases()) == 1
    press(listing, "unlock", passphrase=WORDS)
    assert {row.nickname for row in open_store().cases()} >= {"Hip"}
    assert "What is the passphrase?" not in listing.html
    assert "The file is loaded." in listing.html


def test_on_an_empty_computer_the_loaded_workbook_opens(sealed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_APP", "voila")
    monkeypatch.setenv("QUERY_STRING", "")
    wb.open_case()
    listing, _ = waiting(sealed)
    assert press(listing, "unlock", passphrase=WORDS) == {"do": "go", "href": "index.ipynb?case=hip"}


def test_a_discarded_file_is_forgotten(sealed: bytes) -> None:
    opened()
    listing, _ = waiting(sealed)
    listing.press("Do not load it")
    assert "What is the passphrase?" not in listing.html
    press(listing, "unlock", passphrase=WORDS)
    assert "There is no file here to open." in listing.html
    assert len(open_store().cases()) == 1


def test_another_file_replaces_the_waiting_one(sealed: bytes) -> None:
    opened()
    listing, load = waiting(sealed)
    load.ask({"do": "upload", "name": "x.json"}, [dump(builders.case("back"))])
    assert "What is the passphrase?" not in listing.html


def test_no_passphrase_is_requested_in_vain(sealed: bytes) -> None:
    opened()
    listing, load = parts()
    told = load.ask({"do": "upload", "name": "x.age"}, [sealed[:120]])
    assert (told["do"], told["text"]) == ("trouble", encryption.DAMAGED)
    assert "What is the passphrase?" not in listing.html
    listing, _ = waiting(sealed[:-20])
    press(listing, "unlock", passphrase=WORDS)
    assert encryption.DAMAGED in listing.html
    assert "What is the passphrase?" not in listing.html
    listing, _ = waiting(encryption.close(b"a shopping list", WORDS))
    press(listing, "unlock", passphrase=WORDS)
    assert "cannot be read as a workbook file" in listing.html
    assert "What is the passphrase?" not in listing.html


def test_no_passphrase_in_answers_traits_or_logs(sealed: bytes, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    opened()
    listing, _ = waiting(sealed)
    press(listing, "save_closed", case="knee", passphrase="Zanzibarquux", again="Zanzibarquuy")
    press(listing, "save_closed", case="gone", passphrase="Zanzibarquux", again="Zanzibarquux")
    press(listing, "unlock", passphrase="Zanzibarquux")
    said = json.dumps(listing.told) + json.dumps(listing.made.get_state(), default=str) + caplog.text
    assert "Zanzibarquu" not in said

"""Who may sign in to a practice's hub, and which server they get."""

from __future__ import annotations

import grp
import json
import os
import pwd
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tornado.web import HTTPError

from workbook.serve.hub import people, servers

GROUPS = {people.ADVOCATES: ["ada", "ben", "daemon", "gone", "both"], people.CLIENTS: ["pat", "both"]}
NUMBERS = {"ada": 1001, "ben": 1002, "pat": 1003, "both": 1004, "daemon": 1, "zoe": 1005}


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    def person(name: str) -> Any:
        return SimpleNamespace(pw_uid=NUMBERS[name], pw_dir=f"/home/{name}")

    monkeypatch.setattr(pwd, "getpwnam", person)
    monkeypatch.setattr(grp, "getgrnam", lambda name: SimpleNamespace(gr_mem=GROUPS[name]))


@pytest.fixture
def names(tmp_path: Path) -> Path:
    file = tmp_path / "people.json"
    file.write_text(json.dumps({"Ada@example.org": "ada", "sys@example.org": "daemon", "zoe@example.org": "zoe"}))
    file.chmod(0o644)
    return file


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *(("ada", people.ADVOCATES), ("pat", people.CLIENTS), ("both", people.CLIENTS)),
        *((name, "") for name in ("daemon", "gone", "zoe", "../ada", "")),
    ],
)
def test_the_groups_of_the_machine_say_who_somebody_is(name: str, kind: str) -> None:
    assert people.kind(name) == kind


def test_nobody_else_is_let_in() -> None:
    assert people.everybody() == {"ada", "ben", "pat", "both"}


def test_a_listed_address_is_a_person(names: Path) -> None:
    name = people.named_in(names, "email")
    assert name({"email": "Ada@example.org"}) == name({"email": "ada@example.org"}) == "ada"
    for yes in (True, "true"):
        assert name({"email": "ada@example.org", "email_verified": yes}) == "ada"


@pytest.mark.parametrize(
    "said",
    [
        *({}, {"sub": "Ada@example.org"}, {"preferred_username": "ada"}),
        *({"email": ""}, {"email": "ada"}, {"email": "eve@example.org"}, {"email": ["Ada@example.org"]}),
        *({"email": "sys@example.org"}, {"email": "zoe@example.org"}),
        *({"email": "Ada@example.org", "email_verified": no} for no in (False, "false", "no", None, 0)),
    ],
)
def test_nobody_becomes_somebody_else(names: Path, said: dict[str, Any]) -> None:
    with pytest.raises(HTTPError) as refused:
        people.named_in(names, "email")(said)
    assert refused.value.status_code == 403


@pytest.mark.skipif(os.name != "posix", reason="files have no such owners")
def test_a_list_that_others_could_write_is_refused(names: Path) -> None:
    names.chmod(0o664)
    with pytest.raises(HTTPError):
        people.named_in(names, "email")({"email": "Ada@example.org"})


@pytest.mark.parametrize("written", ['{"ada@example.org": "ada",}', "[]", "", None])
def test_a_list_with_a_slip_lets_nobody_in_and_says_so(names: Path, written: str | None) -> None:
    names.unlink() if written is None else names.write_text(written)
    with pytest.raises(HTTPError) as refused:
        people.named_in(names, "email")({"email": "Ada@example.org"})
    assert (refused.value.status_code, refused.value.log_message) == (403, people.NO_LIST)
    assert refused.value.__suppress_context__ or refused.value.__context__ is None, "a traceback would quote the list"


def _spawner(name: str) -> Any:
    return SimpleNamespace(user=SimpleNamespace(name=name), cmd=[], args=[], default_url="")


def test_an_advocate_gets_jupyterlab_and_a_client_pages_alone() -> None:
    ada, pat = _spawner("ada"), _spawner("pat")
    for one in (ada, pat):
        servers.prepare(one)
    assert ada.cmd[1:] == ["-m", "workbook.serve.hub.advocate"]
    assert "--KernelManager.transport=ipc" in ada.args
    assert pat.cmd[1:] == ["-m", "workbook.serve.hub.client"]
    assert pat.args == []
    assert servers.runtime_folder(ada) == "/home/ada/.run"


def test_a_person_who_changes_sides_gets_the_other_server() -> None:
    one = _spawner("ada")
    servers.prepare(one)
    one.user.name = "pat"
    servers.prepare(one)
    assert (one.cmd[2], one.args) == ("workbook.serve.hub.client", [])


@pytest.mark.parametrize("name", ["zoe", "daemon", "gone"])
def test_nobody_else_gets_a_server(name: str) -> None:
    with pytest.raises(servers.NoServer):
        servers.prepare(_spawner(name))

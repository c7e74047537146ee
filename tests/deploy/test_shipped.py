"""The shipped configuration by itself, without anything that a test would set, and the guide beside it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from traitlets.config import PyFileConfigLoader

from workbook.cli import commands

DEPLOY = Path(__file__).parents[2] / "deploy"


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in [n for n in os.environ if n.startswith("WORKBOOK_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("WORKBOOK_OIDC_SECRET", "the-secret")
    before = os.umask(0o022)
    yield PyFileConfigLoader("jupyterhub_config.py", path=str(DEPLOY)).load_config()
    os.umask(before)


@pytest.mark.skipif(os.name != "posix", reason="a hub runs on Linux")
def test_the_sign_in_is_a_service_and_nobody_is_an_administrator(shipped: Any) -> None:
    assert shipped.JupyterHub.authenticator_class == "generic-oauth"
    assert shipped.Authenticator.admin_users == set()
    assert "allow_all" not in shipped.Authenticator
    assert "allow_all" not in shipped.GenericOAuthenticator
    assert not re.search(r"[Dd]ummy|[Nn]ative", (DEPLOY / "jupyterhub_config.py").read_text())
    assert shipped.JupyterHub.allow_named_servers is False


@pytest.mark.skipif(os.name != "posix", reason="a hub runs on Linux")
def test_it_listens_on_this_machine_alone_and_hands_on_no_secret(shipped: Any) -> None:
    addresses = (shipped.JupyterHub.bind_url, shipped.JupyterHub.hub_bind_url, shipped.ConfigurableHTTPProxy.api_url)
    assert all(address.startswith("http://127.0.0.1:") for address in addresses)
    assert shipped.Spawner.environment["WORKBOOK_DATABASE"] == "postgresql:///workbook"
    assert "the-secret" not in str(shipped.Spawner)
    assert "WORKBOOK_OIDC_SECRET" not in shipped.Spawner.env_keep
    mine = os.umask(0o077)
    assert mine == 0o077, "the configuration closes what the hub writes"


def guide() -> str:
    return (DEPLOY / "README.md").read_text("utf-8")


def blocks() -> list[str]:
    """What an administrator pastes."""
    found = re.findall(r"^```(\w*)\n(.*?)^```", guide(), re.DOTALL | re.MULTILINE)
    return [block for language, block in found if not language]


@pytest.mark.skipif(os.name != "posix", reason="these are programs for a shell")
def test_the_guides_commands_and_the_scripts_parse(tmp_path: Path) -> None:
    assert len(blocks()) >= 10
    scripts = [DEPLOY / name for name in ("postgresql/archive", "postgresql/nightly", "install", "workbook-as")]
    assert all(os.access(script, os.X_OK) for script in scripts)
    for number, block in enumerate(blocks()):
        scripts.append(tmp_path / str(number))
        scripts[-1].write_text(block)
    for script in scripts:
        done = subprocess.run(["bash", "-n", script], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_what_the_guide_and_install_name_is_there() -> None:
    named = re.findall(r"/opt/workbook/(deploy/[\w./@-]*\w)", guide())
    named += [f"deploy/{file}" for file in re.findall(r"\]\(([\w./-]+)\)", guide()) if not file.startswith("..")]
    install = (DEPLOY / "install").read_text("utf-8")
    named += [f"deploy/{file}" for file in re.findall(r"(?<=\s)(?:postgresql|systemd)/[\w.@-]+", install)]
    assert {"deploy/install", "deploy/postgresql/nightly", "deploy/systemd/workbook-hub.service"} <= set(named)
    assert [name for name in named if not (DEPLOY.parent / name).exists()] == []
    shipped = [f for name in ("postgresql", "systemd") for f in (DEPLOY / name).iterdir()]
    assert [f.name for f in shipped if f"{f.parent.name}/{f.name}" not in install] == [], "each file has its place"


def test_each_block_works_in_a_new_session() -> None:
    """No name that an earlier block made, no path from an earlier block's folder."""
    for block in blocks():
        assert "alias" not in block
        if "cd /opt/workbook" not in block:
            assert not re.search(r"(?<![\w/])deploy/", block), block
    assert "systemctl restart postgresql@15-main" in guide()
    waits = r"systemctl \w+ (?:[\w-]+ )*postgresql(?!@)"
    assert re.search(waits, "systemctl stop workbook-hub postgresql"), "the control"
    assert not re.search(waits, guide()), "Debian does not wait for `postgresql` to stop, and reports no failure"


def test_what_the_guide_types_for_people_parses() -> None:
    typed = {" ".join(line.split()) for line in re.findall(r"(?:^|`)workbook-as ([^`\n]+)", guide(), re.MULTILINE)}
    assert len(typed) >= 12
    for line in sorted(typed):
        who, *words = shlex.split(line)
        assert who in ("ada", "ben", "pat", "rex", "postgres")
        if words and words != ["team", "add"]:  # which stands for the lines of step 3
            commands._parser().parse_args(words)


def test_the_configuration_names_every_setting() -> None:
    text = (DEPLOY / "jupyterhub_config.py").read_text("utf-8")
    said, read = text.split('"""')[1], set(re.findall(r'environ\.get\("(WORKBOOK_\w+)"', text))
    assert len(read) >= 10
    assert sorted(name for name in read if not re.search(rf"^    {name}\b", said, re.MULTILINE)) == []
    assert set(re.findall(r"^(WORKBOOK_\w+)=", guide(), re.MULTILINE)) <= read


def test_an_address_with_a_slash_at_its_end_is_the_same(monkeypatch: pytest.MonkeyPatch, shipped: Any) -> None:
    monkeypatch.setenv("WORKBOOK_HUB_URL", "https://workbook.example.org/")
    found = PyFileConfigLoader("jupyterhub_config.py", path=str(DEPLOY)).load_config()
    assert found.GenericOAuthenticator.oauth_callback_url == "https://workbook.example.org/hub/oauth_callback"


def test_caddy_has_no_door_for_everybody_on_the_machine() -> None:
    caddy, *_ = re.findall(r"^```caddyfile\n(.*?)^```", guide(), re.DOTALL | re.MULTILINE)
    assert caddy.startswith("{\n    admin off\n}\n")


def test_the_drop_box_of_an_advocate_cannot_reach_their_other_programs() -> None:
    lines = (DEPLOY / "systemd" / "workbook-drop-box@.service").read_text().splitlines()
    assert {"ProtectHome=yes", "PrivateUsers=yes", "ProtectProc=invisible", "ProtectSystem=strict"} <= {*lines}


def test_the_drop_box_of_an_advocate_reaches_no_address_but_this_machines() -> None:
    lines = (DEPLOY / "systemd" / "workbook-drop-box@.service").read_text().splitlines()
    assert {"IPAddressDeny=any", "IPAddressAllow=localhost"} <= {*lines}
    assert "RestrictAddressFamilies=AF_INET AF_INET6" in lines, "no socket of the database either"

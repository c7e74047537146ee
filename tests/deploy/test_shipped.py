"""The shipped configuration by itself, without anything that a test would set, and the guide beside it."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from traitlets.config import PyFileConfigLoader

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


@pytest.mark.skipif(os.name != "posix", reason="these are programs for a shell")
def test_the_guides_commands_and_the_scripts_parse(tmp_path: Path) -> None:
    found = re.findall(r"^```(\w*)\n(.*?)^```", (DEPLOY / "README.md").read_text(), re.DOTALL | re.MULTILINE)
    blocks = [block for language, block in found if not language]
    assert len(blocks) >= 8
    scripts = [DEPLOY / "postgresql" / name for name in ("archive", "nightly")]
    for number, block in enumerate(blocks):
        scripts.append(tmp_path / str(number))
        scripts[-1].write_text(block)
    for script in scripts:
        done = subprocess.run(["bash", "-n", script], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_the_guide_names_the_files_it_installs() -> None:
    text = (DEPLOY / "README.md").read_text()
    named = re.findall(r"deploy/[\w./@-]*\w", text)
    assert {"deploy/postgresql/workbook.conf", "deploy/systemd/workbook-hub.service"} <= set(named)
    assert [name for name in named if not (DEPLOY.parent / name).exists()] == []

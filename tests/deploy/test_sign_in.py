"""The shipped sign-in against a service that speaks OpenID Connect: who is listed gets in, and nobody else does."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.deploy.hub import ROOT, _end, _wait_for, cannot, free_ports, proxy, users
from tests.deploy.provider import CLIENT, SECRET, Provider, serving
from workbook.serve.hub import people

pytestmark = pytest.mark.slow


class SignIn:
    """A running hub, the service that vouches for people, and the list of who is who."""

    def __init__(self, base: str, provider: Provider, listed: Path, names: dict[str, str], log: Path) -> None:
        self.base, self.provider, self.listed, self.names, self.log = base, provider, listed, names, log

    def comes(self, **says: Any) -> tuple[requests.Session, requests.Response]:
        """Somebody about whom the service says this presses the button, and follows where it leads."""
        self.provider.says = says
        session = requests.Session()
        page = session.get(f"{self.base}/hub/login", timeout=60)
        (to,) = set(re.findall(r"/hub/oauth_login\?[^\"']*", page.text))
        answer = session.get(self.base + to, timeout=60, allow_redirects=False)
        while answer.is_redirect and "/hub/spawn" not in answer.headers["Location"]:
            to = answer.headers["Location"]
            answer = session.get(self.base + to if to.startswith("/") else to, timeout=60, allow_redirects=False)
            if to.startswith("/hub/") and "oauth" not in to:
                break
        return session, answer

    def is_in_as(self, session: requests.Session) -> str:
        """Who the hub says this session is, or ""."""
        found = session.get(f"{self.base}/hub/home", timeout=60, allow_redirects=False)
        match = re.search(r"user: \"([^\"]+)\"", found.text) if found.status_code == 200 else None
        return match[1] if match else ""


@pytest.fixture(scope="module")
def sign_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignIn]:
    """The shipped configuration as it is; only addresses and the secret come from the environment, as in `hub.env`."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("useradd"):
        cannot("only root can make users of this machine for a hub")
    state = tmp_path_factory.mktemp("hub")
    command, ports = proxy(), free_ports(3)
    base = f"http://127.0.0.1:{ports[0]}"
    with contextlib.ExitStack() as stack:
        names = stack.enter_context(users())
        provider, service = stack.enter_context(serving(f"{base}/hub/oauth_callback"))
        listed = state / "people.json"
        listed.write_text(json.dumps({"ada@example.org": names["ada"], "sys@example.org": "daemon"}))
        listed.chmod(0o644)
        env = {k: v for k, v in os.environ.items() if not k.startswith(("WORKBOOK_", "JUPYTER", "PYTEST"))} | {
            "WORKBOOK_HUB_URL": base,
            "WORKBOOK_HUB_STATE": str(state),
            "WORKBOOK_HUB_PORTS": " ".join(map(str, ports)),
            "WORKBOOK_HUB_PROXY": " ".join(command),
            "WORKBOOK_PEOPLE": str(listed),
            "WORKBOOK_OIDC_AUTHORIZE": f"{service}/auth",
            "WORKBOOK_OIDC_TOKEN": f"{service}/token",
            "WORKBOOK_OIDC_USERINFO": f"{service}/userinfo",
            "WORKBOOK_OIDC_CLIENT_ID": CLIENT,
            "WORKBOOK_OIDC_SECRET": SECRET,
        }
        log = state / "log"
        config = str(ROOT / "deploy/jupyterhub_config.py")
        with log.open("w") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "jupyterhub", "-f", config], cwd=state, env=env, stdout=out, stderr=out
            )
        stack.callback(_end, process, names)
        _wait_for(base, process, log)
        yield SignIn(base, provider, listed, names, log)


@pytest.mark.parametrize("verified", [True, "true", ...])
def test_somebody_who_is_listed_gets_in_as_themselves(sign_in: SignIn, verified: Any) -> None:
    said = {} if verified is ... else {"email_verified": verified}
    session, answer = sign_in.comes(sub="1", email="Ada@Example.org", **said)
    assert "/hub/spawn" in answer.headers["Location"]
    assert sign_in.is_in_as(session) == sign_in.names["ada"]
    assert sign_in.provider.refused == []


@pytest.mark.parametrize(
    "says",
    [
        {"email": "eve@example.org", "email_verified": True},
        {"email": "sys@example.org", "email_verified": True},
        *({"email": "ada@example.org", "email_verified": no} for no in (False, "false", None)),
        {"preferred_username": "ada"},
        {},
    ],
)
def test_nobody_else_gets_in(sign_in: SignIn, says: dict[str, Any]) -> None:
    session, answer = sign_in.comes(sub="2", **says)
    assert answer.status_code == 403
    assert people.NOT_HERE in answer.text
    assert sign_in.is_in_as(session) == ""
    assert session.get(f"{sign_in.base}/hub/api/user", timeout=60).status_code == 403


def test_who_was_taken_off_the_list_does_not_come_back(sign_in: SignIn) -> None:
    before = sign_in.listed.read_text()
    sign_in.listed.write_text("{}")
    try:
        _, answer = sign_in.comes(sub="1", email="ada@example.org")
        assert answer.status_code == 403
    finally:
        sign_in.listed.write_text(before)
    session, _ = sign_in.comes(sub="1", email="ada@example.org")
    assert sign_in.is_in_as(session) == sign_in.names["ada"], "the control"


def test_an_answer_that_nobody_asked_for_signs_nobody_in(sign_in: SignIn) -> None:
    """Somebody sends a person a link that would sign them in as somebody else."""
    sign_in.provider.codes["planted"] = ("", {"email": "ada@example.org"})
    session = requests.Session()
    back = f"{sign_in.base}/hub/oauth_callback?code=planted&state=eyJzdGF0ZV9pZCI6ICJ4In0="
    assert session.get(back, timeout=60).status_code in (400, 403)
    assert sign_in.is_in_as(session) == ""


def test_the_log_names_nobody_and_has_no_secret(sign_in: SignIn) -> None:
    sign_in.comes(sub="1", email="ada@example.org", email_verified=True)
    sign_in.comes(sub="2", email="eve@example.org", email_verified=True)
    log = sign_in.log.read_text()
    assert "403 GET /hub/oauth_callback" in log, "the control: what goes wrong is logged"
    assert SECRET not in log
    assert "example.org" not in log
    assert not re.search(r"access_token|ConfigProxy\W+info", log)

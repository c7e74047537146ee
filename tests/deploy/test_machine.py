"""On the machine itself, past the hub: files, keys, processes and limits are for their owner alone."""

from __future__ import annotations

import os
import pwd
import stat
import subprocess
from pathlib import Path

import psutil
import pytest

from tests.deploy.hub import Hub

pytestmark = pytest.mark.slow


def servers(hub: Hub, name: str) -> list[psutil.Process]:
    """The processes of one of the people."""
    user = hub.people[name].name
    return [p for p in psutil.process_iter(["username"]) if p.info["username"] == user]


def test_the_hubs_own_files_are_roots(hub: Hub) -> None:
    for name in ("jupyterhub.sqlite", "cookie_secret"):
        file = hub.state / name
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert hub.as_user("ada", "cat", str(file)).returncode != 0
    hub.state.chmod(0o755)  # also where somebody opens the folder, the files stay closed
    try:
        assert hub.as_user("ada", "ls", str(hub.state)).returncode == 0, "the control"
        for name in ("jupyterhub.sqlite", "cookie_secret"):
            assert hub.as_user("ada", "cat", str(hub.state / name)).returncode != 0
    finally:
        hub.state.chmod(0o700)


@pytest.mark.parametrize("name", ["ada", "pat"])
def test_what_a_server_writes_is_for_its_owner(hub: Hub, name: str) -> None:
    came = (".bash_logout", ".bashrc", ".profile", "README")  # with the home, and with IPython
    new = [f for f in hub.home(name).rglob("*") if not f.is_symlink() and f.name not in came]
    assert new, "a server has written something"
    assert [str(f) for f in new if stat.S_IMODE(f.stat().st_mode) & 0o077] == []


def test_each_process_belongs_to_its_person_and_has_limits(hub: Hub) -> None:
    for name, person in hub.people.items():
        person.kernel_now()
        found = servers(hub, name)
        assert len(found) >= 2, "a server and a kernel"
        for process in found:
            lines = Path(f"/proc/{process.pid}/limits").read_text().splitlines()
            limits = {line[:26].strip(): line[26:46].strip() for line in lines}
            assert limits["Max core file size"] == "0"
            assert limits["Max data size"] == str(1024 * 1024 * 1024)
            assert limits["Max processes"] == "256"
            assert {"Umask:\t0077"} <= set(Path(f"/proc/{process.pid}/status").read_text().splitlines())


def test_keys_are_not_where_others_can_read_them(hub: Hub) -> None:
    ada = servers(hub, "ada")[0].pid
    assert hub.as_user("ada", "cat", f"/proc/{ada}/environ").returncode == 0, "the control"
    assert hub.as_user("ben", "cat", f"/proc/{ada}/environ").returncode != 0
    for process in psutil.Process(hub.pid).children(recursive=True):
        words = " ".join(process.cmdline())
        env = process.environ()
        for key in ("JUPYTERHUB_API_TOKEN", "CONFIGPROXY_AUTH_TOKEN"):
            assert key not in env or env[key] not in words, "others can read a command line"
    assert psutil.Process(hub.pid).environ()["WORKBOOK_OIDC_SECRET"] == "secret-of-the-sign-in", "the control"
    for name in hub.people:
        for process in servers(hub, name):
            assert "secret-of-the-sign-in" not in process.environ().values()
            if "ipykernel" in " ".join(process.cmdline()):
                assert "JUPYTERHUB_API_TOKEN" not in process.environ()


def test_a_command_for_somebody_runs_as_them_alone(hub: Hub, tmp_path: Path) -> None:
    """`workbook-as`, which the guide uses for everything that is typed for a person."""
    who = hub.people["ada"].name
    program = hub.home("ada") / "program"
    said = f'#!/bin/sh\nid -un; pwd; umask; echo "$HOME"; env\nexec {hub.python} -m workbook "$@"\n'
    program.write_text(said.replace("exec ", f"exec env PYTHONPATH={hub.program} "))
    program.chmod(0o755)
    told = {
        **os.environ,
        "WORKBOOK_PROGRAM": str(program),
        "WORKBOOK_DATABASE": hub.address,
        "WORKBOOK_HOME": "/root",
        "WORKBOOK_OIDC_SECRET": "secret-of-the-sign-in",
    }
    script = str(Path(__file__).parents[2] / "deploy/workbook-as")

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([script, *words], env=told, cwd=tmp_path, capture_output=True, text=True, check=False)

    made = run(who, "new", "--nickname", "A name with spaces")
    assert made.returncode == 0, made.stderr
    assert made.stdout.splitlines()[:4] == [who, str(hub.home("ada")), "0077", str(hub.home("ada"))]
    assert "secret-of-the-sign-in" not in made.stdout
    assert "A name with spaces" in run(who, "list").stdout
    assert "A name with spaces" not in hub.workbook("ben", "list")
    nobody = run("nobody-here", "list")
    assert (nobody.returncode, nobody.stderr) == (1, "This machine has no user nobody-here.\n")


def test_a_notebook_runs_commands_though_nobody_has_a_shell(hub: Hub) -> None:
    who = hub.people["ada"].name
    assert pwd.getpwnam(who).pw_shell == "/usr/sbin/nologin", "the control"
    for process in servers(hub, "ada"):
        assert process.environ()["SHELL"] == "/bin/sh"


def test_the_database_knows_each_person_without_a_password(hub: Hub) -> None:
    for name, person in hub.people.items():
        assert hub.sql(name, "select session_user") == person.name
    asked = ["psql", "-h", str(hub.cluster.folder), "-d", "workbook", "-c"]
    posing = hub.as_user("ada", *asked, "select 1", "-U", hub.people["ben"].name)
    assert posing.returncode != 0
    assert "Peer authentication failed" in posing.stderr
    assert hub.as_user("pat", *asked, "select count(*) from workbook.audit").returncode != 0

"""A real JupyterHub with the shipped configuration, on loopback, for users of this machine that a test makes.

Only the sign-in differs: a password of the test's own in the place of a sign-in service. The database is a real
PostgreSQL, which knows each person by their user of the system.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.chromium import PATIENCE
from tests.practice_database import Cluster, running
from workbook.serve.hub.people import ADVOCATES, CLIENTS
from workbook.site import runtime
from workbook.store.postgres.connection import connect
from workbook.store.postgres.migrate import upgrade
from workbook.store.postgres.people import add, join

ROOT = Path(__file__).parents[2]
PROXY = "configurable-http-proxy@5.1.0"
KINDS = {"ada": "advocate", "ben": "advocate", "pat": "client"}
CONFIG = """
load_subconfig({shipped!r})
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = {password!r}
"""


def cannot(reason: str) -> Any:
    """Skips, or fails where everything must be there."""
    if os.environ.get("WORKBOOK_REQUIRE_BROWSER"):
        pytest.fail(reason)
    pytest.skip(reason)


def proxy() -> list[str]:
    """The command of JupyterHub's proxy, which npm fetches once into the user's cache."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        cannot("npm is not installed here, so JupyterHub's proxy cannot be fetched")
    folder = runtime.cache_dir() / f"hub-{PROXY.partition('@')[2]}"
    script = folder / "node_modules/configurable-http-proxy/bin/configurable-http-proxy"
    if not script.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", PROXY, "--prefix", str(folder)]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode or not script.is_file():
            cannot("JupyterHub's proxy cannot be fetched with npm here")
    return [str(node), str(script)]


def free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        found = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in found:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in found]


def python_for_all(folder: Path) -> Path:
    """A Python with this environment's packages that every user of this machine can run."""
    ours = Path(sys.prefix)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    program = next((p for p in (Path("/usr/bin") / version, Path("/usr/local/bin") / version) if p.is_file()), None)
    if program is None:
        cannot(f"there is no {version} here that other users of this machine can run")
    for name in ("bin", "lib/" + version):
        (folder / name).mkdir(parents=True)
    (folder / "bin/python").symlink_to(program)  # type: ignore[arg-type]
    (folder / "pyvenv.cfg").write_text("home = /usr/bin\ninclude-system-site-packages = false\n")
    for name in (f"lib/{version}/site-packages", "share", "etc"):
        if (ours / name).is_dir():
            seen_by_all(ours / name, folder / name)
    return folder / "bin/python"


def seen_by_all(folder: Path, other: Path) -> Path:
    """The folder, or a copy of it where a folder above it is closed to other users of this machine; at `other`."""
    if all(above.stat().st_mode & 0o001 for above in [folder, *folder.resolve().parents]):
        other.symlink_to(folder)
    else:
        shutil.copytree(folder, other, symlinks=False, ignore=shutil.ignore_patterns("__pycache__", ".git", ".venv"))
    return other


def program_for_all(folder: Path) -> Path:
    """This project where every user of this machine can read it."""
    folder.mkdir()
    for name in ("workbook", "notebooks", "deploy"):
        seen_by_all(ROOT / name, folder / name)
    shutil.copyfile(ROOT / "pyproject.toml", folder / "pyproject.toml")  # by which the notebooks are found
    return folder


@dataclass
class Person:
    """Somebody with a browser's session."""

    name: str  # their user of this machine
    base: str  # the hub's address
    password: str
    session: requests.Session = field(default_factory=requests.Session)
    page: str = ""  # what their first page said
    kernel: str = ""
    log: Path = Path("/dev/null")

    def sign_in(self) -> None:
        self.session.get(f"{self.base}/hub/login", timeout=60)
        sent = {"username": self.name, "password": self.password, "_xsrf": self.session.cookies.get("_xsrf")}
        self.session.post(f"{self.base}/hub/login", data=sent, timeout=60, allow_redirects=False)

    def open(self, path: str, of: str | None = None, method: str = "GET", **more: Any) -> requests.Response:
        """The answer to a request, without following where it leads."""
        address = f"{self.base}/user/{of or self.name}{path}"
        return self.session.request(method, address, timeout=120, allow_redirects=False, **more)

    def follow(self, path: str, of: str | None = None) -> requests.Response:
        """The last answer, after all redirects."""
        return self.session.get(f"{self.base}/user/{of or self.name}{path}", timeout=120)

    def begin(self) -> None:
        """Opens the first page, and waits for the server it needs."""
        self.session.get(f"{self.base}/hub/spawn", timeout=120)
        end = time.monotonic() + PATIENCE / 1000
        while True:
            found = self.follow("/voila/render/index.ipynb")
            if found.status_code == 200 and f"/user/{self.name}/voila/" in found.url:
                break
            assert time.monotonic() < end, (
                f"no page for {self.name}: {found.status_code} {found.url} {self.log.read_text()[-3000:]}"
            )
            time.sleep(0.5)
        self.page = found.text
        match = re.search(r'"kernelId": *"([0-9a-f-]{36})"', found.text)
        assert match, "a page names its kernel"
        self.kernel = match[1]

    def kernel_now(self) -> str:
        """The kernel of this person's page, opened again if nobody looked at it for so long that it was ended."""
        if self.open(f"/api/kernels/{self.kernel}").status_code == 404:
            self.begin()
        return self.kernel

    def websocket(self, of: Person, other: str = "") -> Any:
        """A websocket to the kernel of somebody's page, with this session's cookies; `other` is another site's name."""
        import websocket

        path = f"/user/{of.name}/"
        cookies = "; ".join(f"{c.name}={c.value}" for c in self.session.cookies if path.startswith(c.path))
        token = next((c.value for c in self.session.cookies if c.name == "_xsrf" and path.startswith(c.path)), "")
        address = f"{self.base.replace('http', 'ws')}{path}api/kernels/{of.kernel_now()}/channels"
        query = f"?session_id={uuid.uuid4().hex}" + (f"&_xsrf={token}" if token else "")
        return websocket.create_connection(
            address + query, cookie=cookies, origin=other or self.base, timeout=PATIENCE / 1000
        )


@dataclass
class Hub:
    """A running hub."""

    base: str
    state: Path
    log: Path
    cluster: Cluster
    people: dict[str, Person]
    stranger: Person
    pid: int
    python: Path
    program: Path
    address: str  # of the database

    def as_user(self, name: str, *command: str) -> subprocess.CompletedProcess[str]:
        """What one of the people gets from a command on the machine itself."""
        user = self.people[name].name
        return subprocess.run(["runuser", "-u", user, "--", *command], capture_output=True, text=True, check=False)

    def workbook(self, name: str, *words: str) -> str:
        """What one of the people gets from a command of the workbook on the machine."""
        told = ["env", f"WORKBOOK_DATABASE={self.address}", f"HOME={self.home(name)}", f"PYTHONPATH={self.program}"]
        done = self.as_user(name, *told, str(self.python), "-m", "workbook", *words)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def sql(self, name: str, statement: str) -> str:
        """What one of the people gets from the database on the machine, without a password."""
        asked = ["psql", "-qAt", "-h", str(self.cluster.folder), "-d", "workbook", "-c", statement]
        done = self.as_user(name, *asked)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def home(self, name: str) -> Path:
        return Path(pwd.getpwnam(self.people[name].name).pw_dir)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


@contextlib.contextmanager
def users() -> Iterator[dict[str, str]]:
    """Users of this machine for three people, in their groups; removed afterwards, and the groups if they were made."""
    mark = secrets.token_hex(3)
    names = {name: f"wb{name}{mark}" for name in KINDS}
    made: list[str] = []
    try:
        for group in (ADVOCATES, CLIENTS):
            done = subprocess.run(["groupadd", group], capture_output=True, check=False)
            made += [group] if done.returncode == 0 else []
        for name, kind in KINDS.items():
            group = ADVOCATES if kind == "advocate" else CLIENTS
            closed = ("--create-home", "--key", "HOME_MODE=0700", "--shell", "/usr/sbin/nologin")
            _run("useradd", *closed, "--groups", group, names[name])
        yield names
    finally:
        for name in names.values():
            subprocess.run(["userdel", "--remove", name], capture_output=True, check=False)
        for group in made:
            subprocess.run(["groupdel", group], capture_output=True, check=False)


def practice(cluster: Cluster, names: dict[str, str]) -> str:
    """The address of an empty practice that lets in the users of this machine, without a password."""
    rules = "local all postgres scram-sha-256\nlocal all all peer\n"
    (cluster.data / "pg_hba.conf").write_text(rules)
    cluster.folder.chmod(0o711)  # the socket is in it; the data have a folder of their own
    cluster.sql("select pg_reload_conf()")
    cluster.sql("create database workbook")
    with connect(cluster.address(database="workbook")) as db:
        upgrade(db)
        for name, kind in KINDS.items():
            add(db, names[name], kind, name.title())
        join(db, names["ada"], "north", lead=True)
        join(db, names["ben"], "south")
    return f"postgresql:///workbook?host={cluster.folder}"


@contextlib.contextmanager
def started() -> Iterator[Hub]:
    """The hub, with a page open for each person."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("useradd"):
        cannot("only root can make users of this machine for a hub")
    command = proxy()
    with contextlib.ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="hub"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o755)
        python, program = python_for_all(folder / "python"), program_for_all(folder / "program")
        names = stack.enter_context(users())
        cluster = stack.enter_context(running())
        address = practice(cluster, names)
        state = folder / "state"
        state.mkdir(mode=0o700)
        password = secrets.token_urlsafe(12)
        config = state / "config.py"
        shipped = str(program / "deploy/jupyterhub_config.py")
        config.write_text(CONFIG.format(shipped=shipped, password=password))
        ports = free_ports(3)
        env = {k: v for k, v in os.environ.items() if not k.startswith(("WORKBOOK_", "JUPYTER", "PYTEST"))} | {
            "WORKBOOK_HUB_STATE": str(state),
            "WORKBOOK_HUB_PORTS": " ".join(map(str, ports)),
            "WORKBOOK_HUB_PROXY": " ".join(command),
            "WORKBOOK_DATABASE": address,
            "WORKBOOK_OIDC_SECRET": "secret-of-the-sign-in",
            "PYTHONPATH": str(program),
        }
        log = state / "log"
        with log.open("w") as out:
            process = subprocess.Popen(
                [python, "-m", "jupyterhub", "-f", str(config)], cwd=state, env=env, stdout=out, stderr=out
            )
        stack.callback(_end, process, names)
        base = f"http://127.0.0.1:{ports[0]}"
        _wait_for(base, process, log)
        people = {name: Person(user, base, password, log=log) for name, user in names.items()}
        for person in people.values():
            person.sign_in()
            person.begin()
        yield Hub(base, state, log, cluster, people, Person("nobody", base, ""), process.pid, python, program, address)


def _wait_for(base: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE / 1000
    while True:
        with contextlib.suppress(requests.ConnectionError):
            if requests.get(f"{base}/hub/login", timeout=10).status_code == 200:
                return
        assert process.poll() is None, log.read_text()[-3000:]
        assert time.monotonic() < end, log.read_text()[-3000:]
        time.sleep(0.3)


def _end(process: subprocess.Popen[bytes], names: dict[str, str]) -> None:
    """Ends the hub, then what it started: the people's own servers outlive it, and all the rest if it is killed."""
    import psutil

    started: list[psutil.Process] = []
    with contextlib.suppress(psutil.Error):
        started = psutil.Process(process.pid).children(recursive=True)
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(30)
    if process.poll() is None:
        process.kill()
        process.wait()
    for each in started:
        with contextlib.suppress(psutil.Error):
            each.kill()
    for each in psutil.process_iter(["username"]):
        if each.info["username"] in names.values():
            with contextlib.suppress(psutil.Error):
                each.kill()
                each.wait(10)

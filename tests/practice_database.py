"""A real PostgreSQL for tests: a cluster in a temporary folder, reached over a socket, with a password a role.

In it a practice: two advocates in different teams, a colleague, a client and an auditor.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.builders import Clock
from tests.chromium import PATIENCE
from workbook.store.postgres import PostgresStore
from workbook.store.postgres.connection import connect
from workbook.store.postgres.migrate import upgrade
from workbook.store.postgres.people import add, join
from workbook.store.postgres.team import Team

WHY_NOT = "PostgreSQL is not installed here; on Debian: apt-get install postgresql"
_QUICK = ("shared_buffers=32MB", "max_connections=150", "log_error_verbosity=terse", "log_min_error_statement=panic")


def _binary(name: str) -> str | None:
    found = [*sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}")), *filter(None, [shutil.which(name)])]
    return str(found[0]) if found else None


class Cluster:
    """A running server. `port` names its socket; nothing listens on the network."""

    def __init__(self, *settings: str) -> None:
        """Skips the test if PostgreSQL is not installed, unless CI requires it."""
        needed = ("initdb", "pg_ctl", "pg_dump", "psql")
        if not all(_binary(name) for name in needed):
            if os.environ.get("WORKBOOK_REQUIRE_BROWSER"):
                pytest.fail(WHY_NOT)
            pytest.skip(WHY_NOT)
        self.folder = Path(tempfile.mkdtemp(prefix="pg"))
        self.port, self.secrets = 5432, {"postgres": secrets.token_urlsafe(12)}
        password = self.folder / "first"
        password.write_text(self.secrets["postgres"])
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(self.folder, "postgres")
            shutil.chown(password, "postgres")
        made = ("-D", str(self.data), "-U", "postgres", "-A", "scram-sha-256", "--pwfile", str(password))
        self.run("initdb", *made, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        lines = [f"unix_socket_directories='{self.folder}'", "listen_addresses=''", *_QUICK, *settings]
        with (self.data / "postgresql.conf").open("a") as file:
            file.write("\n".join(lines) + "\n")
        self.start()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def run(self, name: str, *words: str, given: bytes = b"") -> str:
        """Runs a program of PostgreSQL as the user who owns the files, who needs no password for it."""
        program = _binary(name)
        assert program
        as_other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        env = {**os.environ, "PGPASSWORD": self.secrets["postgres"], "PGHOST": str(self.folder), "PGUSER": "postgres"}
        done = subprocess.run([*as_other, program, *words], input=given, capture_output=True, env=env, cwd=self.folder)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def start(self) -> None:
        self.run("pg_ctl", "-D", str(self.data), "-w", "-l", str(self.folder / "log"), "start")

    def stop(self, how: str = "fast") -> None:
        self.run("pg_ctl", "-D", str(self.data), "-m", how, "-w", "stop")

    def remove(self) -> None:
        self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, role: str = "postgres", database: str = "postgres") -> str:
        """The address with which a role signs in."""
        return f"postgresql://{role}:{self.secrets[role]}@/{database}?host={self.folder}"

    def sql(self, statement: str, *values: Any, role: str = "postgres", database: str = "postgres") -> list[Any]:
        """Runs one statement as a role; its rows."""
        import psycopg

        writes = "-c default_transaction_read_only=off"  # also where a test has made everybody else read only
        with psycopg.connect(self.address(role, database), autocommit=True, options=writes) as db:
            done = db.execute(statement.encode(), values or None)
            return done.fetchall() if done.description else []


@contextmanager
def running(*settings: str) -> Iterator[Cluster]:
    """A cluster that is removed afterwards."""
    cluster = Cluster(*settings)
    try:
        yield cluster
    finally:
        cluster.remove()


EMPTY = "empty_practice"
PEOPLE = {"ada": "advocate", "ben": "advocate", "cleo": "advocate", "pat": "client", "rex": "auditor"}


@dataclass(frozen=True)
class Practice:
    """The practice of one test, in a database of its own."""

    cluster: Cluster
    database: str
    home: Path
    opened: list[PostgresStore] = field(default_factory=list)

    def address(self, role: str) -> str:
        return self.cluster.address(role, self.database)

    def store(self, role: str = "ada", clock: Clock | None = None) -> PostgresStore:
        given = {"now": clock} if clock else {}
        self.opened.append(PostgresStore(self.address(role), self.home / role, **given))
        return self.opened[-1]

    def team(self, role: str) -> Team:
        return Team(self.store(role).link)

    def wait_until_heard(self, count: int) -> None:
        """Waits until as many connections listen."""
        asked = "select count(*) from pg_stat_activity where query ilike 'listen%%' and datname = %s"
        end = time.monotonic() + PATIENCE / 1000
        while self.sql(asked, self.database) != [(count,)]:
            assert time.monotonic() < end, "nobody listens"
            time.sleep(0.05)

    def sql(self, statement: str, *values: object, role: str = "postgres") -> list[tuple[object, ...]]:
        return self.cluster.sql(statement, *values, role=role, database=self.database)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A server with an empty practice, from which each test gets a copy."""
    with running("fsync=off") as made:
        made.sql(f"create database {EMPTY}")
        with connect(made.address(database=EMPTY)) as db:
            upgrade(db)
            for role, kind in PEOPLE.items():
                made.secrets[role] = secrets.token_urlsafe(12)
                add(db, role, kind, role.title(), made.secrets[role])
            join(db, "ada", "north", lead=True)
            join(db, "cleo", "north")
            join(db, "ben", "south")
        yield made


@contextmanager
def one_practice(cluster: Cluster, home: Path) -> Iterator[Practice]:
    """A practice that is removed afterwards."""
    made = Practice(cluster, f"practice_{secrets.token_hex(6)}", home)
    cluster.sql(f"create database {made.database} template {EMPTY}")
    yield made
    for store in made.opened:
        store.close()
    cluster.sql(f"drop database {made.database} with (force)")


@pytest.fixture
def practice(cluster: Cluster, tmp_path: Path) -> Iterator[Practice]:
    """A practice of this test's own, without a case."""
    with one_practice(cluster, tmp_path) as made:
        yield made

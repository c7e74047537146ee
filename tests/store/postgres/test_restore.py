"""The backups that `deploy/` makes bring every case back to the byte, and erased text leaves the machine's files.

The shipped settings and scripts run here as they are, on a cluster of their own.
"""

from __future__ import annotations

import gzip
import os
import re
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

from tests.builders import case, large_case
from tests.chromium import PATIENCE
from tests.practice_database import Cluster, _binary, running
from workbook.session import Change, Session
from workbook.store.postgres import PostgresStore
from workbook.store.postgres.connection import connect
from workbook.store.postgres.migrate import upgrade
from workbook.store.postgres.people import add, join

pytestmark = pytest.mark.slow
SHIPPED = Path(__file__).parents[3] / "deploy/postgresql"
TABLES = ("cases", "own_parts", "history", "assignments", "members", "audit", "people", "migrations")
SECRET = "zebra crossing at the river"
ODD = "Zoë's “plan”; drop table cases; -- \u2028\t\\N \U0001f9e1 \x7f"


@dataclass
class Kept:
    """A practice with the shipped settings, and where its backups are."""

    cluster: Cluster
    folder: Path
    opened: list[PostgresStore] = field(default_factory=list)

    def store(self) -> PostgresStore:
        self.opened.append(PostgresStore(self.cluster.address("ada", "workbook"), self.folder / "ada"))
        return self.opened[-1]

    def sql(self, statement: str) -> list[Any]:
        return self.cluster.sql(statement, database="workbook")

    def as_postgres(self, name: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Runs a shipped script as the service or PostgreSQL does."""
        bins = str(Path(_binary("pg_dump") or "").parent)
        env = {
            "PATH": f"{bins}:{os.environ['PATH']}",
            "PGHOST": str(self.cluster.folder),
            "PGUSER": "postgres",
            "PGPASSWORD": self.cluster.secrets["postgres"],
            **self.places(),
        }
        as_other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*as_other, str(self.folder / name), *words]
        return subprocess.run(command, env=env, cwd=self.folder, capture_output=True, text=True, check=False)

    def nightly(self, *words: str) -> None:
        done = self.as_postgres("nightly", *words)
        assert (done.returncode, done.stdout) == (0, ""), done.stderr

    def places(self) -> dict[str, str]:
        return {"WORKBOOK_BACKUPS": str(self.folder), "WORKBOOK_BACKUP_KEY": str(self.folder / "backup.pub")}

    def opened_backup(self, pattern: str) -> bytes:
        """A backup, opened with the key that is kept elsewhere."""
        (file,) = self.folder.glob(pattern)
        assert SECRET.encode() not in file.read_bytes()
        command = ["age", "-d", "-i", str(self.folder / "backup.key"), str(file)]
        return subprocess.run(command, capture_output=True, check=True).stdout


def rows(cluster: Cluster) -> dict[str, list[Any]]:
    """Every row of every table that matters, each as PostgreSQL writes it out."""
    return {
        table: cluster.sql(f"select t::text from workbook.{table} t order by 1", database="workbook")
        for table in TABLES
    }


@contextmanager
def practice() -> Iterator[Kept]:
    """A practice with a few cases, and a key for its backups."""
    if not shutil.which("age"):
        if os.environ.get("WORKBOOK_REQUIRE_BROWSER"):
            pytest.fail("age is not installed here")
        pytest.skip("age is not installed here")
    folder = Path(tempfile.mkdtemp(prefix="kept"))
    made = subprocess.run(["age-keygen"], capture_output=True, text=True, check=True).stdout
    (folder / "backup.key").write_text(made)
    (folder / "backup.pub").write_text(made.split("public key: ")[1].split()[0] + "\n")
    (folder / "wal").mkdir()
    for name in ("archive", "nightly"):
        shutil.copy(SHIPPED / name, folder / name)
    if os.geteuid() == 0:
        for place in (folder, *folder.iterdir()):
            shutil.chown(place, "postgres")
    where = f"WORKBOOK_BACKUPS={folder} WORKBOOK_BACKUP_KEY={folder / 'backup.pub'}"
    lines = (SHIPPED / "workbook.conf").read_text().splitlines()
    try:
        with running(*lines, f"archive_command = '{where} {folder}/archive %p %f'") as cluster:
            cluster.sql("create database workbook")
            kept = Kept(cluster, folder)
            with connect(cluster.address(database="workbook")) as db:
                upgrade(db)
                cluster.secrets["ada"] = secrets.token_urlsafe(12)
                add(db, "ada", "advocate", "Ada", cluster.secrets["ada"])
                join(db, "ada", "north", lead=True)
                db.execute("alter table workbook.cases alter column body set storage external")  # findable in files
                db.execute("alter table workbook.history alter column deltas set storage external")
            yield kept
            for store in kept.opened:
                store.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def kept() -> Iterator[Kept]:
    with practice() as made:
        yield made


def _fill(kept: Kept) -> PostgresStore:
    store = kept.store()
    store.create(case("knee", goal__own_words=SECRET))
    store.create(case("odd", goal__own_words=ODD))
    store.create(large_case(60))
    Session(store, "odd").apply([Change("put", "goal.own_words", ODD * 2)])
    return store


def test_a_restore_from_the_nightly_dump_is_the_same_to_the_byte(kept: Kept) -> None:
    store = _fill(kept)
    bodies = {key: store.read(key) for key in ("knee", "odd", "large")}
    before = rows(kept.cluster)
    kept.nightly()
    with running() as other:
        other.run("psql", "-qX", given=kept.opened_backup("roles-*.sql.age"))
        other.secrets = kept.cluster.secrets  # with the roles came their passwords
        dump = kept.opened_backup("workbook-*.dump.age")
        other.run("pg_restore", "--create", "--exit-on-error", "-d", "postgres", given=dump)
        assert rows(other) == before
        restored = PostgresStore(other.address("ada", "workbook"), kept.folder / "again")
        assert {key: restored.read(key) for key in bodies} == bodies
        assert len(restored.history("odd")) == len(store.history("odd")) > 0
        restored.close()
        other.secrets["eve"] = "x"
        other.sql("create role eve login password 'x' in role workbook_person")
        assert other.sql("select count(*) from workbook.cases", role="eve", database="workbook") == [(0,)]


def test_a_moment_in_time_comes_back(kept: Kept) -> None:
    store = _fill(kept)
    kept.nightly()
    Session(store, "knee").apply([Change("put", "goal.own_words", "After the backup")])
    good = store.read("knee")
    ((moment,),) = kept.sql("select clock_timestamp()::text")
    time.sleep(0.1)
    Session(store, "knee").apply([Change("put", "goal.own_words", "A mistake")])
    store.erase("odd")
    ((last,),) = kept.sql("select pg_walfile_name(pg_switch_wal())")
    end = time.monotonic() + PATIENCE / 1000
    while not (kept.folder / "wal" / f"{last}.gz.age").is_file():
        assert time.monotonic() < end, "the journal is not archived"
        time.sleep(0.1)

    other = Cluster.__new__(Cluster)
    other.folder, other.port, other.secrets = Path(tempfile.mkdtemp(prefix="pg")), 5432, kept.cluster.secrets
    other.data.mkdir(mode=0o700)
    tar = kept.opened_backup("base-*.tar.gz.age")
    subprocess.run(["tar", "-xz", "-C", str(other.data)], input=tar, check=True)
    guide = (SHIPPED.parent / "README.md").read_text()
    (fetch,) = re.findall(r"^restore_command = '(.*)'$", guide, re.MULTILINE)
    fetch = fetch.replace("/var/lib/postgresql/backup.key", f"{kept.folder}/backup.key")
    fetch = fetch.replace("/var/backups/workbook", str(kept.folder))
    with (other.data / "postgresql.conf").open("a") as file:
        file.write(f"unix_socket_directories='{other.folder}'\narchive_mode=off\nrestore_command='{fetch}'\n")
        file.write(f"recovery_target_time='{moment}'\nrecovery_target_action='promote'\n")
    (other.data / "recovery.signal").touch()
    (other.data / "pg_wal").mkdir(exist_ok=True, mode=0o700)
    if os.geteuid() == 0:
        subprocess.run(["chown", "-R", "postgres:", str(other.folder)], check=True)
    other.start()
    try:
        restored = PostgresStore(other.address("ada", "workbook"), kept.folder / "again")
        assert restored.read("knee") == good
        assert sorted(row.id for row in restored.cases()) == ["knee", "large", "odd"]
        restored.close()
    finally:
        other.remove()


def test_a_piece_of_the_journal_is_kept_once_and_never_replaced(kept: Kept) -> None:
    """After a crash PostgreSQL brings a piece again. If that failed, it would keep them all and fill the disk."""
    piece = kept.folder / "piece"

    def bring(words: str) -> int:
        piece.write_text(words)
        piece.chmod(0o644)
        return kept.as_postgres("archive", str(piece), "0A").returncode

    assert bring(SECRET) == 0
    first = (kept.folder / "wal/0A.gz.age").read_bytes()
    assert bring(SECRET) == 0
    assert bring("Another one") != 0
    assert (kept.folder / "wal/0A.gz.age").read_bytes() == first
    assert gzip.decompress(kept.opened_backup("wal/0A.gz.age")).decode() == SECRET


def test_a_backup_that_fails_leaves_none_that_looks_whole(kept: Kept) -> None:
    _fill(kept)
    (kept.folder / "backup.pub").write_text("age1nobody\n")
    assert kept.as_postgres("nightly").returncode != 0
    (kept.folder / "piece").write_text(SECRET)
    (kept.folder / "piece").chmod(0o644)
    assert kept.as_postgres("archive", str(kept.folder / "piece"), "0B").returncode != 0
    assert not list(kept.folder.glob("*.age"))
    assert not list(kept.folder.glob("wal/0B.gz.age"))


def test_the_journal_is_small_and_a_whole_copy_can_be_asked_for(kept: Kept) -> None:
    _fill(kept)
    kept.nightly()
    (base,) = kept.folder.glob("base-*")
    first = base.stat().st_ino
    kept.nightly("base")
    assert next(kept.folder.glob("base-*")).stat().st_ino != first
    pieces = [f.stat().st_size for f in (kept.folder / "wal").glob("0*.gz.age")]
    assert len(pieces) >= 2
    assert max(pieces) < 8 * 1024 * 1024, "a piece is 16 MB, most of it empty"


def _files_with(folder: Path, words: str) -> list[str]:
    return [str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file() and words.encode() in f.read_bytes()]


def test_erased_text_has_left_the_files_after_a_night(kept: Kept) -> None:
    store = _fill(kept)
    Session(store, "knee").apply([Change("put", "goal.own_words", SECRET + " again")])
    kept.sql("checkpoint")
    assert any(name.startswith("base/") for name in _files_with(kept.cluster.data, SECRET)), "the control"
    store.erase("knee")
    odd = store.read("odd")
    kept.nightly()
    assert _files_with(kept.cluster.data, SECRET) == []
    assert _files_with(kept.folder, SECRET) == [], "backups are encrypted"
    assert store.read("odd") == odd


def test_the_log_has_no_words_of_a_patient(kept: Kept) -> None:
    _fill(kept)
    for bad in (
        f"insert into workbook.members values ('{SECRET}', 'nobody')",
        f"select '{SECRET}'::integer",
        f"insert into workbook.people values ('ada', '{SECRET}')",
        f"do $$ begin raise exception 'x' using detail = '{SECRET}'; end $$",
    ):
        with pytest.raises(Exception, match=r".+"):
            kept.sql(bad)
    with pytest.raises(Exception, match=r".+"):
        kept.cluster.sql("select %s::text::integer", SECRET, database="workbook")
    log = (kept.cluster.folder / "log").read_text()
    assert "database system is ready" in log, "the control: what the server does is logged"
    assert SECRET not in log

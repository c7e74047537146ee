"""The database's disk is really full: what was acknowledged is kept, one sentence says so, and with room it goes on."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.builders import case
from tests.practice_database import Cluster, running
from workbook.errors import StoreTrouble
from workbook.session import Change, Session
from workbook.store.postgres import PostgresStore, errors
from workbook.store.postgres.connection import connect
from workbook.store.postgres.migrate import upgrade
from workbook.store.postgres.people import add

pytestmark = pytest.mark.slow
TABLES = ("cases", "own_parts", "history", "derived", "audit")


@dataclass
class Disk:
    """A small disk of its own, in memory."""

    folder: Path

    def fill(self) -> None:
        ballast = b"\0" * (shutil.disk_usage(self.folder).free + 1)
        with pytest.raises(OSError, match="space"):
            (self.folder / "ballast").write_bytes(ballast)
        assert shutil.disk_usage(self.folder).free == 0

    def make_room(self) -> None:
        (self.folder / "ballast").unlink()


@contextmanager
def disk(megabytes: int) -> Iterator[Disk]:
    """Skips where only an administrator of Linux could make one."""
    folder = Path(tempfile.mkdtemp(prefix="full"))
    made = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0755", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(made, capture_output=True, check=False).returncode:
        folder.rmdir()
        pytest.skip("a small disk cannot be made here: that needs Linux and its administrator")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()


def practice(cluster: Cluster, home: Path) -> PostgresStore:
    """Ada's store in a practice with one case."""
    cluster.secrets["ada"] = secrets.token_urlsafe(12)
    with connect(cluster.address()) as db:
        upgrade(db)
        add(db, "ada", "advocate", password=cluster.secrets["ada"])
    store = PostgresStore(cluster.address("ada"), home)
    store.create(case(goal__own_words="Acknowledged"))
    return store


def save_until_it_fails(store: PostgresStore) -> tuple[str, str]:
    """The last answer that was acknowledged, and what was said about the one that was not."""
    page, kept = Session(store, "knee"), "Acknowledged"
    for _ in range(2000):
        new = secrets.token_hex(10_000)  # nothing makes it smaller
        try:
            page.apply([Change("put", "goal.own_words", new)])
        except StoreTrouble as trouble:
            return kept, str(trouble)
        kept = new
    raise AssertionError("the disk was never full")


def answer(store: PostgresStore) -> str:
    return str(store.read("knee")[1]["goal"]["own_words"])


def test_the_tables_have_no_room_left(tmp_path: Path) -> None:
    with disk(16) as small, running() as cluster:
        place = small.folder / "tables"
        place.mkdir(mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(place, "postgres")
        store = practice(cluster, tmp_path)
        cluster.sql(f"create tablespace small location '{place}'")
        for table in TABLES:
            cluster.sql(f"alter table workbook.{table} set tablespace small")
        small.fill()
        kept, said = save_until_it_fails(store)
        assert said == errors.FULL
        assert answer(store) == kept
        with pytest.raises(StoreTrouble) as again:
            Session(store, "knee").apply([Change("put", "goal.own_words", secrets.token_hex(40_000))])
        assert str(again.value) == errors.FULL
        small.make_room()
        Session(store, "knee").apply([Change("put", "goal.own_words", "With room again")])
        assert answer(store) == "With room again"
        store.close()


def test_the_journal_has_no_room_left(tmp_path: Path) -> None:
    """PostgreSQL stops rather than promise what it cannot keep. With room it starts again, with all it promised."""
    with disk(48) as small, running() as cluster:
        store = practice(cluster, tmp_path)
        store.close()
        cluster.stop()
        journal = small.folder / "journal"
        subprocess.run(["cp", "-a", str(cluster.data / "pg_wal"), str(journal)], check=True)
        shutil.rmtree(cluster.data / "pg_wal")
        (cluster.data / "pg_wal").symlink_to(journal)
        cluster.start()
        small.fill()
        kept, said = save_until_it_fails(store)
        assert said in (errors.LOST, errors.FULL)
        small.make_room()
        store.close()
        with suppress(AssertionError):  # where it has ended by itself
            cluster.stop("immediate")
        cluster.start()
        assert answer(store) == kept
        Session(store, "knee").apply([Change("put", "goal.own_words", "With room again")])
        assert answer(store) == "With room again"
        store.close()

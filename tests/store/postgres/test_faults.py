"""The database fails in the middle: what was acknowledged is kept, and one sentence says what happened."""

from __future__ import annotations

import datetime as dt
import secrets
import threading
import time

import pytest

from tests.builders import case
from tests.practice_database import running
from workbook.errors import NoSuchCase, StoreTrouble
from workbook.session import Change, Session
from workbook.store.postgres import PostgresStore, errors
from workbook.store.postgres.connection import connect
from workbook.store.postgres.migrate import steps, upgrade
from workbook.store.postgres.people import add
from workbook.store.postgres.team import Team


@pytest.fixture(scope="module")
def own_cluster():
    """A server of these tests alone, since they stop it and fill it."""
    with running() as cluster:
        cluster.secrets["ada"] = secrets.token_urlsafe(12)
        with connect(cluster.address()) as db:
            upgrade(db)
            add(db, "ada", "advocate", password=cluster.secrets["ada"])
        yield cluster


@pytest.fixture
def place(own_cluster, tmp_path):
    store = PostgresStore(own_cluster.address("ada"), tmp_path)
    store.create(case(goal__own_words="Acknowledged"))
    yield store
    store.erase("knee")
    store.close()


def _saves(store, text: str) -> None:
    Session(store, "knee").apply([Change("put", "goal.own_words", text)])


@pytest.mark.parametrize("how", ["fast", "immediate"])
def test_a_restart_between_two_saves_is_not_noticed(own_cluster, place, how: str) -> None:
    _saves(place, "Before")
    own_cluster.stop(how)
    own_cluster.start()
    _saves(place, "After")
    assert place.read("knee")[1]["goal"]["own_words"] == "After"


def test_a_restart_in_the_middle_of_a_save(own_cluster, place) -> None:
    _saves(place, "Acknowledged")

    def edit(stored):
        own_cluster.stop("immediate")
        own_cluster.start()
        return {**stored.body, "nickname": "In the middle"}

    with pytest.raises(StoreTrouble) as said:
        place.change("knee", "w", edit)
    assert str(said.value) == errors.LOST
    _, body = place.read("knee")
    assert (body["goal"]["own_words"], body["nickname"]) == ("Acknowledged", "Knee")


def test_a_server_that_is_down_says_so_and_the_next_try_works(own_cluster, place) -> None:
    own_cluster.stop()
    try:
        with pytest.raises(StoreTrouble) as said:
            place.read("knee")
        assert str(said.value) == errors.LOST
    finally:
        own_cluster.start()
    _saves(place, "Again")
    assert place.read("knee")[1]["goal"]["own_words"] == "Again"


def test_read_only(own_cluster, place) -> None:
    _saves(place, "Acknowledged")
    own_cluster.sql("alter system set default_transaction_read_only = on")
    own_cluster.sql("select pg_reload_conf()")
    later = PostgresStore(own_cluster.address("ada"), place.home)
    with pytest.raises(StoreTrouble) as said:
        _saves(later, "Lost")
    assert str(said.value) == errors.READ_ONLY
    later.close()
    own_cluster.sql("alter system reset default_transaction_read_only")
    own_cluster.sql("select pg_reload_conf()")
    time.sleep(0.2)  # the server's processes read it a moment later
    place.close()
    assert place.read("knee")[1]["goal"]["own_words"] == "Acknowledged"


def test_a_machine_whose_clock_is_wrong_does_not_change_the_time_of_a_save(own_cluster, place, monkeypatch) -> None:
    from workbook.store.postgres import store as module

    class Wrong(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
            return dt.datetime(2031, 1, 1, tzinfo=tz)

    monkeypatch.setattr(module.dt, "datetime", Wrong)
    saved = Session(place, "knee").apply([Change("put", "goal.own_words", "On the database's clock")])
    monkeypatch.undo()
    (there,) = own_cluster.sql("select extract(year from now())::int")
    assert saved.time.startswith(f"{there[0]}-")
    assert place.read("knee")[1]["updated"] == saved.time


def test_somebody_else_holds_the_case_too_long(own_cluster, place) -> None:
    import psycopg

    with psycopg.connect(own_cluster.address()) as other:
        other.execute("select * from workbook.cases for update")
        impatient = PostgresStore(own_cluster.address("ada"), place.home)
        impatient.link.execute("set lock_timeout = '300ms'")
        with pytest.raises(StoreTrouble) as said:
            _saves(impatient, "Lost")
        assert str(said.value) == errors.BUSY
        impatient.close()
    _saves(place, "Then it works")


def test_two_at_once_lose_nothing(own_cluster, place) -> None:
    def add_many(name: str) -> None:
        store = PostgresStore(own_cluster.address("ada"), place.home)
        page = Session(store, "knee")
        for number in range(25):
            page.apply([Change("add", "goal.worries", {"id": f"{name}{number}"})])
        store.close()

    threads = [threading.Thread(target=add_many, args=(name,)) for name in ("a", "b", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(place.read("knee")[1]["goal"]["worries"]) == 75


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("not an address", errors.NOT_AN_ADDRESS),
        ("postgresql:///x?host=/nowhere", errors.LOST),
        ("postgresql://nobody:x@/postgres?host={folder}", errors.NO_SIGN_IN),
        ("postgresql://ada:wrong@/postgres?host={folder}", errors.NO_SIGN_IN),
        ("postgresql://ada:{ada}@/nowhere?host={folder}", errors.NOT_THERE),
        ("postgresql://ada:{ada}@/template1?host={folder}", errors.NOT_THERE),
    ],
)
def test_an_address_that_does_not_work(own_cluster, tmp_path, address: str, sentence: str) -> None:
    store = PostgresStore(address.format(folder=own_cluster.folder, **own_cluster.secrets), tmp_path)
    with pytest.raises(StoreTrouble) as said:
        store.cases()
    assert str(said.value) == sentence
    store.close()


def test_no_word_of_a_person_is_in_the_servers_log(own_cluster, place) -> None:
    secret = "PLANTED-IN-A-LOG"
    _saves(place, secret)
    with pytest.raises(StoreTrouble):
        place.keep_derived(secret, [("knee", 10**30, secret)])
    with pytest.raises(NoSuchCase):
        place.read(secret)
    written = (own_cluster.folder / "log").read_text()
    assert "ERROR" in written, "the server did log the failures"
    assert secret not in written


@pytest.mark.parametrize("until", range(len(steps()) + 1))
def test_a_database_of_each_earlier_version_comes_up_to_date(own_cluster, tmp_path, until: int) -> None:
    name = f"older{until}"
    own_cluster.sql(f"create database {name}")
    with connect(own_cluster.address(database=name)) as db:
        assert upgrade(db, until=until) == list(range(1, until + 1))
        older = PostgresStore(own_cluster.address("ada", name), tmp_path)
        if until < len(steps()):
            with pytest.raises(StoreTrouble):
                older.cases()
        assert upgrade(db) == list(range(until + 1, len(steps()) + 1))
        assert upgrade(db) == [], "each step runs once"
        add(db, "ada", "advocate") if db.execute("select 1 from workbook.people").fetchone() else db.execute(
            "insert into workbook.people values ('ada', 'advocate')"
        )
        older.create(case())
        assert [row.id for row in older.cases()] == ["knee"]
        older.close()
    own_cluster.sql(f"drop database {name} with (force)")


def test_a_holiday_of_an_earlier_version_still_holds(own_cluster, tmp_path) -> None:
    own_cluster.sql("create database holiday")
    with connect(own_cluster.address(database="holiday")) as db:
        upgrade(db, until=5)
        for who in ("ada", "ben"):
            db.execute("insert into workbook.people values (%s, 'advocate')", (who,))
        db.execute("insert into workbook.covers values ('ada', 'ben', current_date - 1, current_date + 1)")
        db.execute("insert into workbook.covers values ('ben', 'ada', current_date - 9, current_date - 2)")
        upgrade(db)
    seen = PostgresStore(own_cluster.address("ada", "holiday"), tmp_path)
    assert [(one.role, one.by_role) for one in Team(seen.link).covers()] == [("ada", "ben")]
    seen.close()
    own_cluster.sql("drop database holiday with (force)")


def test_a_newer_database_or_a_changed_step_is_left_alone(own_cluster, tmp_path) -> None:
    own_cluster.sql("create database newer")
    with connect(own_cluster.address(database="newer")) as db:
        upgrade(db)
        db.execute("update workbook.migrations set digest = 'x' where number = 2")
        with pytest.raises(StoreTrouble, match="Step 2 of the practice's database was changed"):
            upgrade(db)
        db.execute("insert into workbook.migrations values (99, 'later')")
        with pytest.raises(StoreTrouble, match="is newer than this program"):
            upgrade(db)
        store = PostgresStore(own_cluster.address("ada", "newer"), tmp_path)
        with pytest.raises(StoreTrouble, match="is newer than this program"):
            store.cases()
        store.close()


def test_an_erased_case_leaves_no_word_in_the_tables_after_the_nightly_vacuum(own_cluster, place, tmp_path) -> None:
    secret = "PLANTED-TO-BE-ERASED"
    place.create(case("gone", goal__own_words=secret, nickname=secret))
    note = {"id": "n1", "text": secret, "visibility": "advocate_private"}
    Session(place, "gone", "advocate").apply([Change("add", "notes", note)])
    place.keep_derived("today", [("gone", place.version("gone"), secret)])
    place.erase("gone")
    for table in ("cases", "own_parts", "history", "derived", "offers", "audit"):
        assert secret not in str(own_cluster.sql(f"select * from workbook.{table}")), table
    own_cluster.sql("vacuum full")
    own_cluster.sql("checkpoint")
    files = [file for file in (own_cluster.data / "base").rglob("*") if file.is_file()]
    assert len(files) > 100
    assert [file for file in files if secret.encode() in file.read_bytes()] == []

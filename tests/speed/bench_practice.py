"""A practice in PostgreSQL beside workbooks in files: saves of fifty people in turns, and ten thousand workbooks."""

from __future__ import annotations

import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.builders import case, session
from tests.practice_database import Cluster, running
from tests.speed.bench_board import practice
from tests.speed.row import Row
from workbook.practice import board
from workbook.session import Change, Session
from workbook.store.postgres import PostgresStore
from workbook.store.postgres.connection import connect
from workbook.store.postgres.migrate import upgrade
from workbook.store.postgres.people import add

PEOPLE, TURNS, MANY = 50, 100, 10_000  # twenty saves a minute each, for five minutes


def rows() -> Iterator[Row]:
    """What the same work costs in both, on a server that writes to disk at each save."""
    with running() as cluster, tempfile.TemporaryDirectory() as place:
        home = Path(place)
        with connect(cluster.address()) as db:
            upgrade(db)
            for name in (*(f"p{number}" for number in range(PEOPLE)), "many"):
                cluster.secrets[name] = secrets.token_urlsafe(12)
                add(db, name, "advocate", password=cluster.secrets[name])
        yield from _saves(cluster, home)
        yield from _many(cluster, home)


def _saves(cluster: Cluster, home: Path) -> Iterator[Row]:
    stores = [PostgresStore(cluster.address(f"p{n}"), home / str(n)) for n in range(PEOPLE)]
    for n, store in enumerate(stores):
        store.create(case(f"case{n}"))
    there = [Session(store, f"case{n}") for n, store in enumerate(stores)]
    here = [session(home / f"file{n}", of=case(f"case{n}")) for n in range(PEOPLE)]
    took: dict[str, list[float]] = {"practice": [], "file": []}
    for turn in range(TURNS):
        for n in range(PEOPLE):
            change = [Change("put", "goal.own_words", f"Answer {turn} of person {n}")]
            took["practice"].append(_wall(lambda p=there[n], c=change: p.apply(c)))
            took["file"].append(_wall(lambda p=here[n], c=change: p.apply(c)))
    lost = sum(
        (page.store.version(page.case.id), page.store.read(page.case.id)[1]["goal"]["own_words"])
        != (TURNS + 1, f"Answer {TURNS - 1} of person {n}")
        for n, page in enumerate(there)
    )
    wrong = sum([row.id for row in store.cases()] != [f"case{n}"] for n, store in enumerate(stores))
    tail = {name: statistics.quantiles(times, n=20)[-1] for name, times in took.items()}
    yield Row(f"a save in a practice of {PEOPLE} people, p95 of {PEOPLE * TURNS}", tail["practice"] * 1000, None, "ms")
    yield Row("the same beside a save in a file, p95", tail["practice"] / tail["file"], 3)
    yield Row("cases of which a save was lost", lost, 0, "")
    yield Row("people who see a case of somebody else", wrong, 0, "")
    for page in (*there, *here):
        page.store.close()


def _many(cluster: Cluster, home: Path) -> Iterator[Row]:
    store = PostgresStore(cluster.address("many"), home / "many")
    practice(store, 10)
    few = _save(store)
    practice(store, MANY, start=10)
    cluster.sql("analyze")
    yield Row(f"a save among {MANY:,} workbooks beside one among 10", _save(store) / few, 1.5)
    keys = [row.id for row in store.cases()]
    every = _wall(lambda: sum(1 for _ in store.read_many(keys)))
    yield Row(f"reading {MANY:,} workbooks for a list", every, None, "s")
    first = _wall(lambda: board.lines(store))
    yield Row(f"the board of {MANY:,} workbooks in a practice, first on a day", first, None, "s")
    again = min(_wall(lambda: board.lines(store)) for _ in range(3))
    yield Row("the same again", again, 1.5, "s")
    store.close()


def _save(store: PostgresStore) -> float:
    page = Session(store, "client-0")
    times = [_wall(lambda n=n: page.apply([Change("put", "goal.own_words", f"Answer {n}")])) for n in range(60)]
    return statistics.median(times)


def _wall(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start

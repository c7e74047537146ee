"""How long the board takes: a practice of a thousand workbooks as full as the demo, first on a day and again."""

from __future__ import annotations

import datetime as dt
import json
import random
import tempfile
from collections.abc import Iterator

from tests.speed.row import Row, cpu
from workbook.case import dump, read
from workbook.practice import board
from workbook.session import demo
from workbook.store import Store, open_store


def practice(store: Store, number: int, start: int = 0) -> None:
    """Stores workbooks like the demo cases, each of a client of its own; one in ten is closed."""
    made = [json.loads(dump(case)) for case in demo.cases()]
    pick, now = random.Random(number), dt.datetime.now().astimezone().date()
    for n in range(start, number):
        body = dict(made[n % len(made)])
        state = "closed" if n % 10 == 9 else None
        days = pick.randrange(365)
        body |= {"id": f"client-{n}", "nickname": f"Client {n}", "synthetic": False, "demo_today": None}
        body |= {"status": state, "goal": {**body["goal"], "decide_by": str(now + dt.timedelta(days))}}
        store.create(read(body))


def tomorrow(store: Store) -> None:
    """Looks at the board on the next day."""
    today = board._now
    board._now = lambda: today() + dt.timedelta(days=1)
    try:
        board.lines(store)
    finally:
        board._now = today


def rows() -> Iterator[Row]:
    """The rows of 1,000 and of 10,000 workbooks."""
    with tempfile.TemporaryDirectory() as place:
        store = open_store(place)
        practice(store, 1000)
        board.lines(store, dt.date(2020, 1, 1))  # loads the calendar and the packs once
        first = cpu(lambda: board.lines(store), 1)
        again = cpu(lambda: board.lines(store), 3)
        yield Row("the board of 1,000 workbooks, first ever, CPU", first, None, "s")
        yield Row("the same again", again, 1, "s")
        ahead = cpu(lambda: board.ahead(store, rest=lambda _: None), 1)
        yield Row("the rows of the next three days, worked out while somebody looks, CPU", ahead, None, "s")
        yield Row("first on the next day", cpu(lambda: tomorrow(store), 1), 1, "s")
        store.close()
    with tempfile.TemporaryDirectory() as place:
        store = open_store(place)
        practice(store, 10_000)
        many = cpu(lambda: board.lines(store), 1)
        more = cpu(lambda: board.lines(store), 1)
        yield Row("the board of 10,000 workbooks, first on a day, CPU", many, None, "s")
        yield Row("the same again", more, 8, "s")
        yield Row("time for each workbook, of 10,000 against 1,000", more / again / 10, 1.5)

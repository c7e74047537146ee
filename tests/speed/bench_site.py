"""The browser's own home: how long readers wait beside stock Voilà, and what travels; one interleaved run."""

from __future__ import annotations

import random
import statistics
from collections.abc import Iterator

from tests.chromium import find
from tests.speed import in_browser
from tests.speed.in_browser import Handler, Place, Reader
from tests.speed.row import Row
from tests.speed.served import Visitor, names, stock

ROUNDS, SAVES = 4, 20
STAY = 1.5  # seconds on a page before continuing
PHONE = (10_000_000 / 8, 0.05)  # a slow line: bytes each second, and seconds before the first


def rows() -> Iterator[Row]:
    """Steps, visits, bytes, saves and memory; then the same on a slow phone, without limits."""
    program = find()
    if program is None:
        raise SystemExit("This benchmark needs Chromium. Install it, or set WORKBOOK_CHROMIUM to where it is.")
    with in_browser.place() as place:
        yield from _beside_stock(program, place)
        yield from _on_a_slow_phone(program, place)


def _beside_stock(program: str, place: Place) -> Iterator[Row]:
    pages = names()
    steps: dict[str, list[float]] = {"ours": [], "stock": []}
    opened: dict[str, list[float]] = {"first": [], "again": [], "stock": []}
    with stock() as voila, in_browser.started(program) as chromium:
        yield Row(f"the browser is Chromium {chromium.version}", 0, None, "")
        visitor = Visitor(chromium)  # warms up the server
        visitor.visit(voila, pages[0])
        visitor.leave()
        reader, found = _first_visit(chromium, place, opened["first"])
        for _ in range(ROUNDS):
            for ours in random.sample([True, False], 2):
                if ours:
                    opened["again"].append(reader.visit(pages[0]))
                else:
                    visitor = Visitor(chromium)
                    opened["stock"].append(visitor.visit(voila, pages[0]))
                walker = reader if ours else visitor
                for name in pages[1:]:
                    walker.tab.wait_for_timeout(STAY * 1000)
                    steps["ours" if ours else "stock"].append(walker.step(name))
                if not ours:
                    visitor.leave()
        heap = reader.heap() / 1e6
        reader.visit(pages[0])
        saves = statistics.median(reader.types(SAVES)) * 1000
        hosts = len(reader.hosts - {"127.0.0.1"})
        reader.leave()
    middle = {name: statistics.median(times) for name, times in [*opened.items(), *steps.items()] if name != "stock"}
    first, step = statistics.median(opened["stock"]), statistics.median(steps["stock"])
    yield Row("browser's home: step to step, beside stock Voilà", middle["ours"] / step, 0.08)
    yield Row("    ours", middle["ours"], None, "s")
    yield Row("    stock Voilà", step, None, "s")
    yield Row(
        "browser's home: second visit until usable, beside stock Voilà's first page", middle["again"] / first, 1.0
    )
    yield Row("    ours", middle["again"], None, "s")
    yield Row("    ours, first visit", middle["first"], None, "s")
    yield Row("    stock Voilà", first, None, "s")
    yield Row("bytes of the first visit, without PDF", found["first"] / 1e6, 9.5, "MB")
    yield Row("bytes of the second visit", found["second"] / 1e3, 30, "kB")
    yield Row("bytes until the words of the first page are there", found["words"] / 1e3, 150, "kB")
    yield Row("a save, from leaving the page to its acknowledgement", saves, 40, "ms")
    yield Row("Python's memory after all steps, without PDF", heap, 60, "MB")
    yield Row("other hosts asked", hosts, 0, "")


def _first_visit(chromium: object, place: Place, times: list[float]) -> tuple[Reader, dict[str, int]]:
    """A reader who has been here once; and the bytes of that visit, of its words, and of the next visit."""
    for last in (False, True):
        reader = Reader(chromium, place)
        reader.has_a_case()
        Handler.sent.clear()
        times.append(reader.visit("1-goal"))
        reader.installed()
        if not last:
            reader.leave()
    found = {"first": sum(Handler.sent.values()), "words": reader.before_python()}
    Handler.sent.clear()
    reader.visit("1-goal")
    reader.installed()
    return reader, {**found, "second": sum(Handler.sent.values())}


def _on_a_slow_phone(program: str, place: Place) -> Iterator[Row]:
    with in_browser.slow_phone(program) as slow:
        if slow is None:
            yield Row("a slow phone: not tried, because this system does not let a process be held back", 0, None, "")
            return
        Handler.rate, Handler.latency = PHONE
        try:
            with in_browser.started(slow) as chromium:
                reader = Reader(chromium, place, phone=True)
                reader.has_a_case()
                first = reader.visit("1-goal")
                reader.installed()
                again = reader.visit("1-goal")
                steps = []
                for name in names()[1:]:
                    reader.tab.wait_for_timeout(STAY * 1000)
                    steps.append(reader.step(name))
                reader.leave()
        finally:
            Handler.rate = Handler.latency = 0
    yield Row("a quarter of a core, 10 Mbit/s and 50 ms: first visit until usable", first, None, "s")
    yield Row("    second visit", again, None, "s")
    yield Row("    step to step", statistics.median(steps), None, "s")

"""How long readers wait for a page, compared with stock Voilà on the same notebooks: ratios of an interleaved run."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator

from tests.speed.row import Row
from tests.speed.served import Site, Visitor, browser, names, sites

ROUNDS = 2
STAY = 1.5  # seconds on a page before continuing: the fastest reader


def rows() -> Iterator[Row]:
    """First page in a fresh browser, step to step, bytes transferred, and leftover kernels."""
    with sites() as both, browser() as chromium:
        ours, stock = both
        for site in both:  # warm-up: compiles the modules, loads the files from disk
            _walk(chromium, site, names()[:2])
            site.cold, site.steps = [], []
        wire: dict[str, Visitor] = {}
        for _ in range(ROUNDS):
            for site in random.sample(both, 2):
                wire[site.name] = _walk(chromium, site, names())
        yield _ratio("first page in a fresh browser", ours.cold, stock.cold, 0.5)
        yield _ratio("step to step, 1.5 s after the last", ours.steps, stock.steps, 0.1)
        yield Row("    ours, step to step", statistics.median(ours.steps), None, "s")
        yield Row("    stock Voilà, step to step", statistics.median(stock.steps), None, "s")
        yield Row("    ours, first page", statistics.median(ours.cold), None, "s")
        yield Row("    stock Voilà, first page", statistics.median(stock.cold), None, "s")
        seen, other = wire["ours"].first, wire["stock"].first
        yield Row("bytes of the first page", seen[0] / 1000, 150, "kB")
        yield Row("    stock Voilà", other[0] / 1000, None, "kB")
        yield Row("requests of the first page, with its websocket", seen[1], 8, "")
        yield Row("    stock Voilà", other[1], None, "")
        yield Row("other hosts asked", len(wire["ours"].hosts), 0, "")
        yield Row("kernels of pages left after all steps", wire["ours"].left, 1, "")
        yield Row("    stock Voilà", wire["stock"].left, None, "")


def _walk(chromium: object, site: Site, pages: list[str]) -> Visitor:
    """One reader walks through the pages."""
    before = site.kernels()
    visitor = Visitor(chromium)
    site.cold.append(visitor.visit(site, pages[0]))
    visitor.tab.wait_for_timeout(STAY * 1000)
    visitor.first = (visitor.bytes, visitor.requests)
    for name in pages[1:]:
        site.steps.append(visitor.step(name))
        visitor.tab.wait_for_timeout(STAY * 1000)
    visitor.tab.wait_for_timeout(STAY * 1000)
    visitor.left = site.kernels() - before
    visitor.leave()
    time.sleep(STAY)
    return visitor


def _ratio(what: str, ours: list[float], stock: list[float], bar: float) -> Row:
    return Row(f"{what}, beside stock Voilà", statistics.median(ours) / statistics.median(stock), bar)

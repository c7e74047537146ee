"""The cost of saving one answer, its growth with the case, and the size of the history."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.builders import Clock, case, large_case, session
from tests.speed.row import Row, cpu
from workbook.case import Case
from workbook.session import Change

SAVES = 20


def rows() -> Iterator[Row]:
    """CPU of one save in a small case, in one of 200 records, and in one of 400."""
    small, usual, double = (_save(made) for made in (case(), large_case(200), large_case(400)))
    yield Row("save of one answer, small case", small * 1000, None, "ms")
    yield Row("save of one answer, case with 200 records", usual * 1000, None, "ms")
    # Twice the case may cost twice as much plus noise: more would not be linear.
    yield Row("save with 400 records beside 200", double / usual, 2.4)
    yield Row("history after 600 long answers beside the case", _history(), 10)


def _save(made: Case) -> float:
    with tempfile.TemporaryDirectory() as home:
        page = session(Path(home), of=made)
        turn = iter(range(10_000))

        def save() -> None:
            for _ in range(SAVES):
                page.apply([Change("put", "goal.own_words", f"Answer number {next(turn)}")])

        took = cpu(save, 4) / SAVES
        page.store.close()
        return took


def _history() -> float:
    """Long answers that replace each other, far enough apart in time to be separate rows."""
    with tempfile.TemporaryDirectory() as home:
        clock = Clock()
        page = session(Path(home), of=case(), clock=clock)
        for turn in range(600):
            clock.forward(minutes=11)
            page.apply([Change("put", "goal.own_words", f"{turn} " + "words that change again and again " * 20)])
        _, body = page.store.read(page.case.id)
        size = len(json.dumps(body if isinstance(body, dict) else body.model_dump(mode="json", exclude_defaults=True)))
        kept = sum(len(json.dumps(row.deltas, default=str)) for row in page.store.history(page.case.id))
        page.store.close()
        return kept / size

"""Forms with many questions: widgets, Python's time to open one, and rendering and typing in a browser."""

from __future__ import annotations

import contextlib
import os
import statistics
import tempfile
from collections.abc import Iterator
from typing import Any

from tests.builders import case, large_case
from tests.speed.row import Row, cpu
from tests.speed.served import browser
from workbook.case import Case, add, put

FEW, MANY = 20, 200
TYPEABLE = 200  # ms from key to paint; up to here people feel no delay ("Interaction to Next Paint", good)
# From the key to the next paint: the handler runs, then two frames pass.
TYPE = """() => new Promise((done) => {
  const field = [...document.querySelectorAll("select, input")].filter((e) => e.getClientRects().length)[0];
  field.focus();
  const start = performance.now();
  if (field.tagName === "SELECT") field.selectedIndex = (field.selectedIndex + 1) % field.options.length;
  else if (field.type === "radio" || field.type === "checkbox") field.click();
  else field.value += "x";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
})"""
DRAWN = """() => new Promise((done) => {
  const look = () => (document.querySelector(".wb .wb-opening") ? requestAnimationFrame(look) : done());
  look();
})"""


def rows() -> Iterator[Row]:
    """The page of 40 questions, the list of 200 records, and the grid of 200 records by three opinions."""
    yield Row("widgets of a form with 40 questions", _widgets(), 1, "")
    opens = {n: _open(n) for n in (FEW, 100, MANY, 400)}
    yield Row("opening 200 records beside 20: Python's CPU", opens[MANY] / opens[FEW], 3)
    yield Row("    opening 200 records", opens[MANY] * 1000, None, "ms")
    yield Row("opening 400 records beside 200: grows with the list", opens[400] / opens[MANY], 2.4)
    yield Row("opening 200 records beside 100", opens[MANY] / opens[100], 2.4)
    with browser() as chromium:
        draws: dict[int, list[float]] = {FEW: [], 100: [], MANY: [], 400: []}
        for _ in range(3):
            for number, times in draws.items():
                times.append(_drawn(chromium, number)[0])
        draw = {n: statistics.median(times) for n, times in draws.items()}
        yield Row("drawing 200 records beside 20, in a browser", draw[MANY] / draw[FEW], 3)
        yield Row("    drawing 200 records", draw[MANY], None, "ms")
        yield Row("drawing 400 records beside 200", draw[400] / draw[MANY], 2.4)
        took, keys = _drawn(chromium, MANY, grid=True)
        yield Row("    drawing a grid of 200 records by 3 opinions", took, None, "ms")
        yield Row("from key to picture in that grid, median of 20", statistics.median(keys), TYPEABLE, "ms")


@contextlib.contextmanager
def _opened(made: Case) -> Iterator[Any]:
    """A handle on this case, in a separate home."""
    from workbook.store import open_store
    from workbook.ui.handle import OpenCase

    before = os.environ.get("WORKBOOK_HOME")
    with tempfile.TemporaryDirectory() as home:
        os.environ["WORKBOOK_HOME"] = home
        store = open_store()
        try:
            store.create(made)
            yield OpenCase(store)
        finally:
            store.close()
            os.environ.pop("WORKBOOK_HOME")
            if before is not None:
                os.environ["WORKBOOK_HOME"] = before


def _records(handle: Any) -> Any:
    import workbook as wb

    return wb.form(handle, wb.each("records.items", "title", "state", "facility", "service_date", "kind"))


def _widgets() -> int:
    import ipywidgets

    import workbook as wb

    with _opened(case()) as handle:
        before = set(ipywidgets.widgets.widget._instances)
        wb.form(handle, *(wb.ask(f"own.q{n}", f"Question number {n}?", kind="text") for n in range(40)))
        made = [w for k, w in ipywidgets.widgets.widget._instances.items() if k not in before]
        return sum(not isinstance(w, ipywidgets.Layout) for w in made)


def _open(number: int) -> float:
    with _opened(large_case(number)) as handle:
        form = _records(handle)
        return cpu(lambda: form.widget.hear({"do": "open", "case": None}), 9)  # the effects of the page's message


def _drawn(chromium: Any, number: int, *, grid: bool = False) -> tuple[float, list[float]]:
    """Milliseconds of browser time until the form is rendered, and from key to paint."""
    import workbook as wb
    from tests.browser.harness import Stage

    made = large_case(number)
    if grid:
        for name in ("third", "fourth"):
            made = add(made, "clinicians", {"id": f"c-{name}", "name": f"Dr. {name} Invented"})
            made = add(made, "opinions", {"id": f"o-{name}", "clinician": f"c-{name}", "diagnosis": "Worn cartilage"})
        made = put(made, "goal.own_words", "Compare")
    with _opened(made) as handle:
        form = wb.grid(handle, rows="records.items", columns="opinions") if grid else _records(handle)
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        try:
            stage = Stage(context, form, address=f"http://workbook.test/?case={made.id}")
            wire = context.new_cdp_session(stage.page)
            wire.send("Performance.enable")
            stage.page.evaluate(DRAWN)
            stage.page.evaluate("() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))")
            found = {m["name"]: m["value"] for m in wire.send("Performance.getMetrics")["metrics"]}
            keys = [stage.page.evaluate(TYPE) for _ in range(20)] if grid else []
            return found["TaskDuration"] * 1000, keys
        finally:
            context.close()

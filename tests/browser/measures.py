"""How long and how busy each page is on a phone: `python -m tests.browser.measures`. Knows the browser only.

For a new case and a demo case, with everything folded: height in px, the controls and main questions in view, and how
far down the first question is. Then the comparison of twelve records that two clinicians saw differently.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from workbook.case import Case, add, put
from workbook.store.sqlite import SQLiteStore

from .flow import PHONE, App, Person

LONGEST = 4_500  # px, of the comparison of twelve records and two clinicians

MEASURE = """() => {
  const seen = (one) => one.checkVisibility() && one.getBoundingClientRect().height > 0;
  const all = (what) => [...document.querySelectorAll(`main :is(${what})`)].filter(seen);
  const asked = all('.wb-field').filter((one) => !one.parentElement.closest('.wb-field') && !one.matches('.wb-done'));
  const first = document.querySelector('main .wb-form')?.querySelector('.wb-field, .wb-add, .wb-group');
  return {
    height: Math.round(document.documentElement.scrollHeight),
    controls: all('input, select, textarea').length,
    questions: asked.length,
    headings: all('h1, h2, h3, h4').length,
    first: first ? Math.round(first.getBoundingClientRect().top + scrollY) : 0,
  };
}"""
COLUMNS = ("height", "controls", "questions", "headings", "first")


def measured(me: Person, case: str, names: list[str]) -> dict[str, dict[str, int]]:
    """The figures of each page of a case."""
    found = {}
    for name in names:
        me.go(name, case=case)
        me.page.evaluate("() => document.fonts.ready")
        found[name] = me.page.evaluate(MEASURE)
    return found


def twelve() -> Case:
    """A made-up case whose two clinicians saw twelve records, most of them in different ways."""
    made = Case(id="twelve", nickname="Twelve records", synthetic=True, demo_today="2026-12-03")
    doctors = {"first": "Dr. Leopoldina Underhill-Invented", "second": "Dr. Casimir Brightwater-Madeup"}
    for role, name in doctors.items():
        made = add(made, "clinicians", {"id": role, "name": name, "role": role})
        said = {"diagnosis": "Narrowing of the spine at two levels", "recommended": "An operation, or more therapy"}
        made = add(made, "opinions", {"id": f"o-{role}", "clinician": role, **said})
    kinds = ("imaging_study", "imaging_report", "lab")
    ways = (("images", "not_seen"), ("report_only", "report_only"), ("told_about", "report_only"), ("images", "images"))
    for n in range(12):
        record = {"kind": kinds[n % 3], "title": f"Invented test {n + 1}, with a long name", "state": "received"}
        made = add(made, "records.items", {"id": f"r{n}", **record})
        for role, how in zip(doctors, ways[n % 4], strict=True):
            made = put(made, f"viewed.r{n}.{role}.how", how)
    return made


def names_of(app: App) -> list[str]:
    """The pages, in the order of their files."""
    folder = app.notebooks or Path(__file__).parents[2] / "notebooks"
    return sorted(file.stem for file in folder.glob("*.ipynb"))


def rows(browser: Any, app: App) -> list[tuple[str, str, dict[str, int]]]:
    """(case, page, figures) for a new case and the longer demo case."""
    app.run("demo")
    new = app.run("new", "--nickname", "Knee").split()[-1]
    SQLiteStore(app.home).create(twelve())
    found = []
    for kind, case in (("new", new), ("demo", "demo-spine"), ("12x2", "twelve")):
        context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True, locale="en-US")
        me = Person(context.new_page(), app)
        me.enter()
        names = ["6-compare"] if case == "twelve" else names_of(app)
        found += [(kind, name, one) for name, one in measured(me, case, names).items()]
        me.leave()
        context.close()
    return found


def main() -> None:
    """Prints the table."""
    from tests.chromium import started

    with tempfile.TemporaryDirectory() as home, started() as browser:
        app = App(Path(home) / "home")
        try:
            found = rows(browser, app)
        finally:
            app.stop()
    print(f"{'case':5} {'page':14}" + "".join(f"{name:>10}" for name in COLUMNS))
    for kind, name, one in found:
        print(f"{kind:5} {name:14}" + "".join(f"{one[name]:>10}" for name in COLUMNS))


if __name__ == "__main__":
    main()

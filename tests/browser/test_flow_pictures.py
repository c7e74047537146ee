"""In a real browser no picture has text that is cut off, runs into other text, or scrolls sideways."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from workbook.case import Case, add, put
from workbook.documents import export
from workbook.store.sqlite import SQLiteStore

from .flow import past_the_edge
from .measures import LONGEST, twelve

pytestmark = pytest.mark.slow
DAY = "2026-12-03"
PICTURES = ".wb-line-picture, .wb-seen-picture, .wb-tracks"

# Every piece of visible text and every mark of a picture, each where it is; then which of them touch, or are cut off.
TROUBLE = """(pictures) => [...document.querySelectorAll(pictures)].flatMap((root) => {
  const found = [], seen = (one) => one.checkVisibility() && !one.closest('.wb-vh, .wb-column-name');
  const keep = (rect, words) => rect.width > 1 && found.push({ words, left: rect.left, right: rect.right,
    top: rect.top + rect.height * .15, bottom: rect.bottom - rect.height * .15 });
  for (const one of root.querySelectorAll('svg text, svg.wb-mark-sign'))
    if (seen(one)) keep(one.getBoundingClientRect(), one.matches('text') ? one.textContent : 'a mark');
  const all = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = all.nextNode(); node; node = all.nextNode()) {
    if (!node.data.trim() || node.parentElement.closest('svg') || !seen(node.parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) keep(rect, node.data.trim());
  }
  const box = root.getBoundingClientRect(), trouble = [];
  found.forEach((a, n) => {
    if (a.left < box.left - 1 || a.right > box.right + 1) trouble.push(`cut off: ${a.words}`);
    for (const b of found.slice(n + 1)) {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 1 && high > 1) trouble.push(`${a.words} | ${b.words}`);
    }
  });
  return found.length > 2 ? trouble : [`nothing in ${root.className}`];
})"""


def crowded() -> Case:
    """A made-up case with many dates, some on one day, some years away, and many records on their way."""
    case = put(Case(id="crowded", nickname="Crowded", synthetic=True), "demo_today", DAY)
    for role in ("first", "second"):
        case = add(
            case, "clinicians", {"id": role, "name": f"Dr. Wilhelmina Thistle-Invented the {role}", "role": role}
        )
    for n in range(12):
        title = f"Invented scan {n} of the lower back, with and without contrast"
        case = add(case, "records.items", {"id": f"r{n}", "title": title, "state": "requested"})
        sent = f"2026-11-{6 + 2 * (n // 2):02}"
        office = f"Unbrokenofficename{n}ofthelongestkindthereis" if n == 3 else f"Made-Up Regional Hospital, office {n}"
        asked = {
            "to": office,
            "items": [f"r{n}"],
            "route": "access_self",
            "sent_on": sent,
            "received_by_holder_on": sent,
        }
        case = add(case, "records.requests", {"id": f"q{n}", **asked})
    case = add(case, "visit.appointments", {"id": "v1", "clinician": "second", "start": "2026-12-08"})
    values = {
        "goal.safe_wait.until": "2029-06-18",
        "goal.held_slot.on": "2026-12-08",
        "goal.held_slot.what": "An operation",
        "goal.decide_by": "2026-12-06",
    }
    for path, value in values.items():
        case = put(case, path, value)
    return case


def four() -> Case:
    """Twelve records and four clinicians."""
    case = twelve().model_copy(update={"id": "four"})
    for name in ("third", "fourth"):
        case = add(case, "clinicians", {"id": name, "name": f"Dr. Number {name} Hyphenated-Longername"})
        case = add(case, "opinions", {"id": f"o-{name}", "clinician": name, "diagnosis": "Something else"})
        for n in range(12):
            case = put(case, f"viewed.r{n}.{name}.how", ("images", "told_about", "not_seen", "unknown")[n % 4])
    return case


@pytest.fixture(scope="module")
def drawn(app: Any) -> Any:
    """The program with these cases."""
    store = SQLiteStore(app.home)
    made = [crowded(), four(), twelve()]
    for case in made:
        store.create(case)
    yield app
    for case in made:
        store.erase(case.id)


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize(
    ("name", "case"), [("index", "crowded"), ("4-records", "crowded"), ("6-compare", "four"), ("6-compare", "twelve")]
)
def test_no_text_of_a_picture_is_cut_off_or_covered(drawn: Any, person: Any, name: str, case: str, width: int) -> None:
    me = person(viewport={"width": width, "height": 800})
    me.enter()
    me.go(name, case=case)
    for large in (False, True):
        me.page.evaluate(f"document.documentElement.classList.toggle('wb-large', {str(large).lower()})")
        assert me.page.locator(PICTURES).count() >= 1
        assert me.page.evaluate(TROUBLE, PICTURES) == []
        assert past_the_edge(me.page) == []
    me.unfold()
    assert me.page.evaluate(TROUBLE, PICTURES) == []


def test_the_comparison_of_twelve_records_is_not_long_on_a_phone(drawn: Any, person: Any) -> None:
    me = person(viewport={"width": 390, "height": 844})
    me.enter()
    me.go("6-compare", case="twelve")
    assert me.page.evaluate("() => document.documentElement.scrollHeight") <= LONGEST


@pytest.mark.parametrize(("name", "case"), [("6-compare", "twelve"), ("4-records", "crowded"), ("index", "crowded")])
def test_paper_shows_what_is_folded_on_the_screen(drawn: Any, person: Any, name: str, case: str) -> None:
    me = person()
    me.enter()
    me.go(name, case=case)
    folded = me.page.locator(PICTURES).locator("details.wb-group > :is(table, ul, ol)")
    height = "(one) => one.checkVisibility({contentVisibilityAuto: true}) ? one.getBoundingClientRect().height : 0"
    assert folded.count() >= 1
    assert folded.first.evaluate(height) == 0
    me.page.emulate_media(media="print")
    assert folded.first.evaluate(height) > 50


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_web_page_of_a_document_has_legible_pictures(context: Any, tmp_path: Path, width: int) -> None:
    """The time line is a picture file in it; the browser opens that file as well, in its own font."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    for case, document, reader in ((crowded(), "summary", "family"), (four(), "comparison", "clinician")):
        file = tmp_path / f"{document}.html"
        file.write_bytes(export.make(case, document, "html", dt.date.fromisoformat(DAY), reader=reader))
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto((tmp_path / "summary.html").as_uri())
    for image in page.locator("picture source, picture img").evaluate_all("all => all.map((e) => e.srcset || e.src)"):
        page.goto(image)
        assert page.evaluate(TROUBLE, "svg") == []

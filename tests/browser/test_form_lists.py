"""List entries are added, removed, restored and moved, by keyboard and without losing the focus."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.ui.fake import FIELDS, VALUES, Fake
from workbook.ui.forms.widgets import Form

pytestmark = pytest.mark.slow


def saved(shown: Any) -> None:
    expect(shown.page.locator(".wb-save[data-state=saved]")).to_be_visible()


def test_items_with_a_title_start_collapsed_with_a_summary_line(stage: Any) -> None:
    fields = [{**f, "fold": False} for f in FIELDS]
    values = {**VALUES, "records.items.r2.received_on": "2026-11"}
    shown = stage(Form(Fake(fields, values)))
    items = shown.page.locator("details.wb-item")
    expect(items).to_have_count(2)
    assert [items.nth(n).get_attribute("open") for n in (0, 1)] == [None, None]
    assert items.nth(1).locator(".wb-item-line").inner_text() == "Asked for · November 2026"
    assert items.locator("input").count() == 0  # built when it is opened


def test_only_the_first_item_without_a_title_is_open(stage: Any) -> None:
    values = {**VALUES, "records.items": ["rec-labs", "r3", "r4", "r2"], "records.items.r4.state": "received"}
    shown = stage(Form(Fake(values=values)))
    items = shown.page.locator("details.wb-item")
    expect(items).to_have_count(4)
    assert [items.nth(n).get_attribute("open") for n in range(4)] == [None, "", None, None]


def test_a_group_starts_collapsed_and_says_what_it_contains(stage: Any) -> None:
    fields = [{"kind": "group", "question": "Who said that it can wait?", "fields": [
        {"path": "goal.said_by", "kind": "text", "question": "Who?"},
        {"path": "goal.said_on", "kind": "date", "question": "When?"},
        {"path": "goal.told", "kind": "yesno", "question": "Does your doctor know?"}]}]  # fmt: skip
    shown = stage(Form(Fake(fields, {"goal.said_by": "Dr. Rowan", "goal.said_on": "2026-10-27", "goal.told": "yes"})))
    group = shown.page.locator("details.wb-group")
    told = group.locator(".wb-told")
    expect(told).to_have_text("Dr. Rowan · October 27, 2026 · Does your doctor know? Yes")
    assert group.get_attribute("open") is None
    assert group.locator("input").count() == 0
    group.locator("summary").click()
    shown.page.get_by_label("Who?").fill("Dr. Vale")
    shown.page.get_by_text("Who said that it can wait?").click()
    expect(told).to_be_visible()
    expect(told).to_contain_text("Dr. Vale · October 27")


@pytest.mark.parametrize(
    ("link", "words"), [("records.items.r2", "summary"), ("records.items.r2.state", "input"), ("nowhere", "body")]
)
def test_a_link_to_an_answer_expands_its_container(stage: Any, link: str, words: str) -> None:
    shown = stage(Form(Fake()), address=f"http://workbook.test/?case=c1#{link}")
    shown.page.locator("details.wb-item").first.wait_for()
    assert shown.page.evaluate("document.activeElement.localName") == words
    assert shown.page.locator("details.wb-item[open]").count() == (words != "body")


def test_privacy_is_among_the_actions_of_an_item(stage: Any) -> None:
    private = {"path": "private", "kind": "check", "question": "Keep this out of everything I share"}
    quiet = {"kind": "group", "question": "Keep this private", "quiet": True, "fields": [private]}
    fields = [{**f, "fields": [*f["fields"], quiet]} if f["kind"] == "each" else f for f in FIELDS]
    shown = stage(Form(Fake(fields)))
    shown.page.locator("summary", has_text="MRI of the back").click()
    press = shown.page.get_by_role("button", name="Is this private? MRI of the back")
    assert press.get_attribute("aria-expanded") == "false"
    press.press("Enter")
    shown.page.get_by_label("Keep this out of everything I share").check()
    expect(shown.page.get_by_role("button", name="Private MRI of the back", exact=True)).to_be_visible()
    saved(shown)
    assert shown.changes()[-1]["path"] == "records.items.r2.private"


def test_adding_focuses_the_new_item_and_its_title_follows(stage: Any) -> None:
    fake = Fake()
    shown = stage(Form(fake))
    shown.page.get_by_role("button", name="Add another record").click()
    shown.page.keyboard.type("CT scan")
    expect(shown.page.locator(".wb-item-title").last).to_have_text("CT scan")
    saved(shown)
    new = fake.values["records.items"][2]
    add, title = shown.changes()
    assert add == {"op": "add", "path": "records.items", "value": {"id": new}, "before": None}
    assert title["path"] == f"records.items.{new}.title"


def test_removing_says_who_used_it_and_can_be_undone(stage: Any) -> None:
    fake = Fake()
    fake.users = ["Packet for Dr. Vale"]
    shown = stage(Form(fake))
    shown.page.locator("summary", has_text="MRI of the back").click()
    shown.page.get_by_role("button", name="Remove this record MRI of the back").click()
    assert shown.page.evaluate("document.activeElement.textContent").startswith("Lab results")
    saved(shown)
    assert fake.values["records.items"] == ["rec-labs"]
    note = shown.page.locator(".wb-list .wb-note")
    expect(note).to_contain_text("Removed: MRI of the back. It was also used in: Packet for Dr. Vale.")
    note.get_by_role("button", name="Undo").click()
    expect(shown.page.locator(".wb-item")).to_have_count(2)
    expect(shown.page.locator(".wb-save")).to_have_text("Undone and saved.")
    assert fake.values["records.items"] == ["rec-labs", "r2"]
    assert fake.values["records.items.r2.state"] == "requested"
    assert [m["do"] for m in shown.inbox if m["do"] != "open"] == ["save", "undo"]


def test_undo_before_it_was_sent_sends_nothing(stage: Any) -> None:
    fake = Fake()
    shown = stage(Form(fake))
    shown.page.locator("summary", has_text="Lab results").click()
    shown.page.get_by_role("button", name="Leave out Lab results").click()
    shown.page.locator(".wb-list .wb-note").get_by_role("button", name="Undo").click()
    shown.page.wait_for_timeout(1000)
    assert fake.values["records.items"] == ["rec-labs", "r2"]
    assert shown.changes() == []


def test_moving_by_keyboard_keeps_the_focus(stage: Any) -> None:
    fake = Fake()
    shown = stage(Form(fake))
    shown.page.locator("summary", has_text="Lab results").click()
    shown.page.get_by_role("button", name="Move down Lab results").focus()
    shown.page.keyboard.press("Enter")
    expect(shown.page.get_by_role("button", name="Move up Lab results")).to_be_focused()
    expect(shown.page.locator(".wb-vh[role=status]")).to_have_text("Lab results is now number 2.")
    saved(shown)
    assert fake.values["records.items"] == ["r2", "rec-labs"]
    shown.page.keyboard.press("Enter")
    saved(shown)
    assert fake.values["records.items"] == ["rec-labs", "r2"]


def test_a_list_that_changed_elsewhere_is_updated_in_place(stage: Any) -> None:
    shown = stage(Form(Fake()))
    shown.page.locator("summary", has_text="Lab results").click()
    box = shown.page.get_by_label("What is it?")
    box.focus()
    shown.widget.push({"records.items": ["r3", "rec-labs"], "records.items.r3.title": "Biopsy"})
    expect(shown.page.locator(".wb-item-title")).to_have_text(["Biopsy", "Lab results"])
    expect(box).to_be_focused()


def test_two_hundred_items_build_only_what_is_open(stage: Any) -> None:
    ids = [f"r{n}" for n in range(200)]
    values = {"records.items": ids, **{f"records.items.{i}.title": f"Record {i}" for i in ids}}
    shown = stage(Form(Fake(FIELDS, values)))
    expect(shown.page.locator("details.wb-item")).to_have_count(200)
    assert shown.page.locator(".wb-item-body .wb-field").count() == 0
    shown.page.locator("summary", has_text="Record r150").click()
    expect(shown.page.locator(".wb-item-body .wb-field")).to_have_count(3)


def test_a_large_grid_stays_typeable(stage: Any) -> None:
    rows, columns = [[f"r{n}", f"Record {n}"] for n in range(200)], [[f"c{n}", f"Dr. {n}"] for n in range(3)]
    grid = {**next(f for f in FIELDS if f["kind"] == "grid"), "rows": rows, "columns": columns}
    text = {"path": "note", "kind": "text", "question": "Note"}
    shown = stage(Form(Fake([text, grid], {})))
    expect(shown.page.locator(".wb-seen")).to_have_count(3)
    expect(shown.page.locator(".wb-seen select")).to_have_count(0)  # built when it is opened
    shown.page.locator("summary", has_text="What did Dr. 2 see?").click()
    expect(shown.page.locator(".wb-seen select")).to_have_count(200)
    shown.page.get_by_label("Record 150, Dr. 2").select_option("saw")
    expect(shown.page.locator(".wb-seen .wb-told").last).to_have_text("1 of 200 filled in")
    shown.page.evaluate(
        "window.drawn = 0; new MutationObserver((all) => { window.drawn += all.length })"
        ".observe(document.querySelector('.wb-grid-field'), {childList: true, subtree: true})"
    )
    shown.page.get_by_label("Note").press_sequentially("A longer note")
    saved(shown)
    assert ("viewed.r150.c2.how", "saw") in [(c["path"], c["value"]) for c in shown.changes()]
    assert shown.page.evaluate("window.drawn") == 0  # typing does not redraw the lists


def test_the_rest_of_a_clinicians_records_is_filled_in_at_once_and_undone(stage: Any) -> None:
    grid = {**next(f for f in FIELDS if f["kind"] == "grid"), "none": "no"}
    grid["options"] = [*grid["options"], ["no", "Has not seen it"]]
    grid["ways"] = {"read": [["report", "Has read it"], ["no", "Has not seen it"]]}
    grid["rows"] = [[*grid["rows"][0], "read"], grid["rows"][1]]
    shown = stage(Form(Fake([grid], {"viewed.r2.c1.how": "report"})))
    shown.page.locator("summary", has_text="What did Dr. Rowan see?").click()
    shown.page.get_by_role("button", name="Saw all the rest Dr. Rowan").click()
    saved(shown)
    assert [(c["path"], c["value"]) for c in shown.changes()] == [("viewed.rec-labs.c1.how", "report")]
    expect(shown.page.get_by_label("Lab results, Dr. Rowan")).to_have_value("report")
    expect(shown.page.get_by_label("MRI of the back, Dr. Rowan")).to_have_value("report")
    shown.page.get_by_role("button", name="Undo").click()
    saved(shown)
    expect(shown.page.get_by_label("Lab results, Dr. Rowan")).to_have_value("")
    expect(shown.page.get_by_label("MRI of the back, Dr. Rowan")).to_have_value("report")
    shown.page.get_by_role("button", name="Saw none of the rest Dr. Rowan").click()
    saved(shown)
    assert shown.changes()[-1]["value"] == "no"

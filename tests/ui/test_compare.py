"""Opinions side by side, with who saw what; the person says whether they agree, nothing is computed."""

from __future__ import annotations

import re

import pytest

import workbook as wb
from tests.ui.pagekit import opened, page
from workbook.case import Case, add, put
from workbook.session import Change
from workbook.store import open_store
from workbook.ui.handle import OpenCase


def two_opinions(**values: str) -> OpenCase:
    case = opened()
    made = add(case.case, "opinions", {"id": "o-second", "clinician": "c-second", "diagnosis": "Torn meniscus"})
    for path, value in values.items():
        made = put(made, path.replace("__", "."), value)
    open_store().change("knee", "test", lambda _: made.model_dump(mode="json"))
    return wb.open_case()


def test_each_opinion_is_a_column_under_its_clinician() -> None:
    shown = page(wb.compare(two_opinions())).html
    assert shown.index("Dr. Solveig Marsh-Invented") < shown.index("Dr. Teodor Quill-Invented")
    row = shown[shown.index(">Diagnosis</th>") :].split("</tr>")[0]
    assert row.index("Worn cartilage") < row.index("Torn meniscus")
    assert "Not written down" not in row


def test_the_main_topics_are_in_view_and_the_rest_behind_a_line() -> None:
    shown = page(wb.compare(two_opinions(**{"opinions__o-second__tests_wanted": "A new scan"}))).html
    table, _, more = shown.partition("More of what they said")
    assert ">Diagnosis</th>" in table
    assert "A new scan" not in table
    assert "A new scan" in more


def test_the_workbook_never_says_whether_they_agree() -> None:
    shown = page(wb.compare(two_opinions(compare__diagnosis_class="different"))).html
    assert "agree" not in shown.lower()


def cells(shown: str, record: str) -> list[str]:
    """What a screen reader says of a record's row in the picture: its name, then a cell for each clinician."""
    row = shown[shown.index(f">{record}") :].split("</tr>")[0]
    return [re.sub(r"<[^>]*>", "", cell).strip("> ") for cell in re.split(r"</t[hd]>", row)[:-1]]


def test_who_saw_which_record_is_a_picture_with_words() -> None:
    shown = page(wb.compare(two_opinions(**{"viewed__r-mri__c-first__how": "report_only"}))).html
    assert "They did not all see the same records." in shown
    name, *told = cells(shown, "MRI of the left knee")
    assert name == "MRI of the left knee (Not the same for everyone)"
    assert told == ["Read the report only", "Saw the images"]
    assert 'class="wb-differs"' in shown
    assert "Report of the MRI" not in shown, "what nobody noted is not compared"


def test_the_legend_explains_the_marks_in_use_and_no_others() -> None:
    shown = page(wb.compare(two_opinions(**{"viewed__r-mri__c-first__how": "report_only"}))).html
    legend = shown.partition('class="wb-legend"')[2].partition("</ul>")[0]
    assert legend.count("<svg") == 2
    assert "Saw it" in legend
    assert "Read the report only" in legend
    assert "Was told about it" not in legend


def test_the_columns_are_numbers_with_a_key_and_names_for_those_who_hear() -> None:
    shown = page(wb.compare(two_opinions())).html
    key = shown.partition('class="wb-seen-key"')[2].partition("</ol>")[0]
    assert key.index("Marsh-Invented") < key.index("Quill-Invented")
    head = shown.partition('class="wb-matrix"')[2].partition("</thead>")[0]
    assert re.findall(r'aria-hidden="true">(\d)</span><span class="wb-column-name" dir="auto">(Dr\. \w+)', head) == [
        ("1", "Dr. Solveig"),
        ("2", "Dr. Teodor"),
    ]


def test_of_a_long_list_what_all_saw_alike_is_behind_a_line() -> None:
    values = {f"viewed__r{n}__{who}__how": "images" for n in range(12) for who in ("c-first", "c-second")}
    case = opened()
    made = add(case.case, "opinions", {"id": "o-second", "clinician": "c-second", "diagnosis": "Torn meniscus"})
    for n in range(12):
        made = add(made, "records.items", {"id": f"r{n}", "title": f"Scan {n}", "state": "received"})
    for path, value in values.items():
        made = put(made, path.replace("__", "."), value)
    open_store().change("knee", "test", lambda _: made.model_dump(mode="json"))
    shown = page(wb.compare(wb.open_case())).html
    first, fold, rest = shown.partition("Seen the same way")
    assert fold
    assert cells(first, "MRI of the left knee")[0] == "MRI of the left knee (Not known for everyone)"
    assert "Scan 7" not in first
    assert cells(rest, "Scan 7") == ["Scan 7", "Saw the images", "Saw the images"]


def test_names_in_the_picture_are_text() -> None:
    hostile = "<script>alert(1)</script>"
    values = {"records__items__r-mri__title": hostile, "clinicians__c-first__name": hostile}
    shown = page(wb.compare(two_opinions(**values))).html
    assert "<script" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


def test_a_missing_note_counts_as_unknown() -> None:
    shown = page(wb.compare(two_opinions())).html
    assert "they all saw the same" not in shown
    assert "Not known for everyone" in shown


def test_all_saw_the_same() -> None:
    shown = page(wb.compare(two_opinions(**{"viewed__r-mri__c-first__how": "images"}))).html
    assert "For every record listed here, they all saw the same." in shown
    assert "Bold: not the same, or not known" not in shown
    assert cells(shown, "MRI of the left knee") == ["MRI of the left knee", "Saw the images", "Saw the images"]


DIFFER = {"compare__treatment_class": "different", "goal__stakes": "high"}
SAME = {"viewed__r-mri__c-first__how": "images", "records__items__r-mri__state": "received"}


@pytest.mark.parametrize(
    ("values", "card"),
    [({**DIFFER, **SAME}, True), (DIFFER, False), ({**SAME, "goal__stakes": "high"}, False)],
    ids=["same records and they differ", "a gap is left", "they do not differ"],
)
def test_a_third_opinion_is_mentioned_only_when_it_is_time(values: dict[str, str], card: bool) -> None:
    shown = page(wb.compare(two_opinions(**values))).html
    assert ("A third opinion</h3>" in shown) is card
    assert "What Medicare pays" not in shown


def test_the_medicare_rule_is_shown_for_a_matching_plan() -> None:
    plan = {"insurance__plan__type": "original_medicare"}
    shown = page(wb.compare(two_opinions(**DIFFER, **SAME, **plan))).html
    assert "What Medicare pays" in shown
    assert "Checked on November 22, 2026." in shown


def test_without_opinions_there_is_a_sentence_and_no_table() -> None:
    case = opened()
    page(wb.form(case, wb.each("opinions", "diagnosis"))).change({"op": "remove", "path": "opinions.o-first"})
    shown = page(wb.compare(case)).html
    assert "you will see them side by side here" in shown
    assert "<table" not in shown


def test_a_record_that_does_not_exist_yet_is_not_a_gap() -> None:
    none_yet = two_opinions(
        **{"records__items__r-mri__state": "pending_result", "viewed__r-mri__c-second__how": "unknown"}
    )
    shown = page(wb.compare(none_yet)).html
    assert "They did not all see the same" not in shown
    assert "they all saw the same" not in shown


def test_before_any_opinion_there_is_one_helpful_sentence_and_nothing_to_fill_in() -> None:
    open_store().create(Case(id="knee"))
    case = wb.open_case()
    assert "There is nothing to compare yet." in page(wb.compare(case)).html
    assert page(wb.heading(case, "Who saw what", when="opinions")).html == ""
    assert page(wb.downloads(case, "comparison", "ask-both", when="opinions")).html == ""
    (grid,) = page(wb.grid(case, rows="records.items", columns="opinions")).fields
    assert not grid["columns"]
    assert not grid["empty"]


def test_a_section_appears_with_the_opinion_that_it_is_about() -> None:
    case = two_opinions()
    shown = page(wb.heading(case, "Do they agree? You choose.", when="opinions has 2")).html
    assert "<h2>Do they agree? You choose.</h2>" in shown
    assert "Opinions side by side" in page(wb.downloads(case, "comparison", when="opinions")).html
    assert "nothing to compare" not in page(wb.compare(case)).html


def test_an_opinion_without_a_clinician_says_what_to_do_first() -> None:
    case = opened()
    form = page(wb.form(case, wb.each("opinions", "clinician")))
    form.change({"op": "put", "path": "opinions.o-first.clinician", "value": None})
    (grid,) = page(wb.grid(case, rows="records.items", columns="opinions")).fields
    assert grid["empty"].startswith("Above, say which clinician gave each opinion.")


def test_a_phone_number_under_a_heading_can_be_pressed() -> None:
    case = opened()
    case.session.apply([Change("put", "insurance.plan.type", "medigap")])
    words = "Call <Medicare> at 1-800-633-4227."
    shown = page(wb.heading(case, "Which number to call", words, when="insurance.plan.type in medicare")).html
    assert '<p>Call &lt;Medicare&gt; at <a href="tel:1-800-633-4227">1-800-633-4227</a>.</p>' in shown


def test_an_opinion_that_nobody_filled_in_is_no_column() -> None:
    empty = add(two_opinions().case, "opinions", {"id": "o-new"})
    for known, is_shown in ((empty, False), (put(empty, "opinions.o-new.diagnosis", "Torn meniscus"), True)):
        body = known.model_dump(mode="json")
        open_store().change("knee", "test", lambda _, body=body: body)
        assert ("Clinician without a name" in page(wb.compare(wb.open_case())).html) is is_shown

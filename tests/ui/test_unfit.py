"""Before a summary leaves, its page says how many answers are invalid, and where they are."""

from __future__ import annotations

import workbook as wb
from tests.ui.pagekit import opened, page
from workbook.ui.panels.progress import unfit


def test_the_warning_has_a_count() -> None:
    assert unfit({}) == ""
    one = "One answer does not fit its question yet. Until it is changed, papers leave it out."
    assert unfit({"goal.decide_by": "soon"}) == one
    assert unfit({"goal.decide_by": "soon", "person.born": "then"}) == (
        "2 answers do not fit their questions yet. Until they are changed, papers leave them out."
    )


def test_the_packet_page_warns_with_links_and_without_the_answers() -> None:
    case = opened()
    packet = page(wb.still_open(case, "7-packet"))
    assert "does not fit" not in packet.html
    page(wb.form(case, "goal.decide_by")).set("When do you need to decide?", "next PLANTED spring")
    packet.open()
    assert "One answer does not fit its question yet. Until it is changed, papers leave it out." in packet.html
    assert "1-goal.ipynb#goal.decide_by" in packet.html
    assert "PLANTED" not in packet.html


def test_other_pages_do_not_repeat_it() -> None:
    case = opened()
    page(wb.form(case, "goal.decide_by")).set("When do you need to decide?", "next spring")
    assert "does not fit" not in page(wb.still_open(case, "1-goal")).html

"""States by name and code, in any writing, and never slowly."""

from __future__ import annotations

import time

import pytest

from workbook.rules.us_states import state_name, states_in


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ky", {"KY"}),
        ("OH/KY", {"OH", "KY"}),
        ("oh, ky", {"OH", "KY"}),
        ("Washington, DC", {"WA", "DC"}),
        ("West Virginia", {"WV"}),
        ("in Ohio or so", {"OH"}),
        ("", set()),
        ("Narnia", set()),
    ],
)
def test_states_are_found(text: str, codes: set[str]) -> None:
    assert states_in(text) == codes


def test_a_long_line_of_dashes_takes_no_time() -> None:
    start = time.process_time()
    assert states_in("_" * 5000) == frozenset()
    assert state_name("a_" * 3000 + "!") != "Alabama"
    assert time.process_time() - start < 1

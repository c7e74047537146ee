"""A call button dials exactly the number that was written; an ambiguous one gets no button (RFC 3966)."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.case.phone_cases import PIECES, READ, mixed
from workbook.case.phones import Number, numbers

KEYS = {
    s: str(n) for n, signs in enumerate(("ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ"), 2) for s in signs
}
TEL = re.compile(r"tel:\+?[0-9]{3,18}(;ext=[0-9]{1,7})?")


@pytest.mark.parametrize("text", READ)
def test_phone_fields_and_what_is_dialed(text: str) -> None:
    assert [number.tel for number in numbers(text)] == [f"tel:{dialed}" for dialed in READ[text]]


def keys(words: str) -> str:
    return "".join(KEYS.get(s, s) for s in words.upper() if s in KEYS or s in "0123456789")


def written(text: str, number: Number) -> None:
    """Only keys of this number are pressed, in order; a 0 in parentheses may be left out."""
    assert TEL.fullmatch(number.tel), number
    place = text[number.start : number.end]
    dialed, _, ext = number.tel.removeprefix("tel:").partition(";ext=")
    assert keys(place.replace("(0)", "")).startswith(dialed.lstrip("+")), (text, number)
    assert ext == number.ext
    assert not ext or place.endswith(ext)
    assert (dialed[0] == "+") == (place[0] == "+")
    assert "".join(re.findall("[0-9]", number.number.replace("(0)", ""))) == dialed.lstrip("+"), "the label says it"


@given(
    st.one_of(
        st.text(max_size=60),
        st.text("0123456789 -().+,;x#/ABCfaxty\n", max_size=40),
        st.lists(st.sampled_from(PIECES), max_size=7).map("".join),
    )
)
@example("1-800-633-42272, 63")
def test_no_digit_from_outside_a_number_is_ever_dialed(text: str) -> None:
    found = numbers(text)
    for number in found:
        written(text, number)
    places = [(n.start, n.end) for n in found]
    assert places == sorted(places)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(places)), "no digit is dialed in two numbers"
    assert len({n.tel for n in found}) == len(found)


def test_no_outside_digit_is_dialed_in_random_fields() -> None:
    found = [(text, number) for text in mixed(5000) for number in numbers(text)]
    assert len(found) > 500
    for text, number in found:
        written(text, number)


@pytest.mark.parametrize("dialed", ["4105550101", "18006334227"])
@pytest.mark.parametrize("after", ["0", "12", "-3", ".4", "a", "_"])
def test_a_longer_number_is_not_truncated(dialed: str, after: str) -> None:
    assert numbers(dialed + after) == ()

"""Blocks clean their input, and an invalid tree is rejected."""

from __future__ import annotations

import pytest

from workbook.documents.tree import blocks as B  # noqa: N812
from workbook.errors import CannotExport

from .kinds import document


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("e\u0301", "é"),
        ("a\x00b\x1bc\x7f", "abc"),
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("safe\u202eevil", "safeevil"),
        ("\ud800 \ue000 \uffff", "\ufffd \ufffd \ufffd"),
        ("a\tb", "a   b"),
        (7, "7"),
    ],
)
def test_text_is_cleaned(raw, clean):
    assert B.text(raw) == {"t": clean}


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/a?b=c#d", True),
        ("HTTP://EXAMPLE.ORG", True),
        ("mailto:a@example.org", True),
        ("tel:+18005550142", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("https://", False),
        ('https://a.org/"onclick=', False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_only_safe_links_are_kept(address, kept):
    assert ("href" in B.link("words", address)) is kept


def test_an_unsafe_link_in_a_tree_is_dropped_too():
    doc = B.document("T", [{"k": "para", "c": [{"t": "x", "href": "javascript:alert(1)"}]}])
    assert B.check(doc)["blocks"][0]["c"] == [{"t": "x", "href": ""}]


def test_a_heading_without_text_becomes_a_paragraph():
    assert B.heading(2, " ")["k"] == "para"
    slipped_in = B.document("T", [{"k": "heading", "level": 2, "c": [{"t": "\u202e"}]}])
    assert B.check(slipped_in)["blocks"][0]["k"] == "para"


def test_rows_and_widths_fit_the_columns():
    ragged = B.table("", ["a", "b"], [["1"], ["1", "2", "3"]])
    assert [len(row) for row in ragged["rows"]] == [2, 2]
    by_hand = {**ragged, "rows": [[[]], [[], [], []]], "widths": [1.0]}
    checked = B.check(B.document("T", [by_hand]))["blocks"][0]
    assert [len(row) for row in checked["rows"]] == [2, 2]
    assert len(checked["widths"]) == 2


def nested(depth: int) -> B.Block:
    block = B.para("deep")
    for _ in range(depth):
        block = B.quote([block])
    return block


@pytest.mark.parametrize(
    "change",
    [
        {"blocks": [{"k": "script", "c": []}]},
        {"blocks": [{"k": "para"}]},
        {"blocks": [{"k": "callout", "tone": "loud", "title": [], "blocks": []}]},
        {"blocks": [nested(9)]},
        {"blocks": [nested(500)]},
        {"paper": "napkin"},
        {"lang": 'en" onload=x'},
        {"size": 400},
        {"surprise": 1},
    ],
)
def test_an_invalid_tree_is_rejected_with_one_sentence(change):
    with pytest.raises(CannotExport, match=r"^This document cannot be made: .*\.$"):
        B.check({**document(), **change})


def test_every_kind_passes_and_checking_twice_changes_nothing():
    once = B.check(document())
    assert B.check(once) == once

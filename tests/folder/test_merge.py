"""Two changed versions of a notebook become one, and nothing of either is lost."""

from __future__ import annotations

import json
from typing import Any

import nbformat
from hypothesis import given
from hypothesis import strategies as st

from tests.folder.shipped import book, cell
from workbook.folder import merge

A, B, C = cell("a", "one\ntwo\nthree\nfour\nfive"), cell("b", "bee"), cell("c", "sea")


def ids(whole: merge.Book) -> list[str]:
    return [c["id"] for c in whole["cells"]]


def text_of(whole: merge.Book, key: str) -> str:
    return next(merge.source(c) for c in whole["cells"] if c["id"] == key)


def changed(one: dict[str, Any], source: str) -> dict[str, Any]:
    return {**one, "source": source}


def test_each_sides_changes_are_kept() -> None:
    mine = book(changed(A, "ONE\ntwo\nthree\nfour\nfive"), B, C)
    new = book(changed(A, "one\ntwo\nthree\nfour\nFIVE"), changed(B, "BEE"), C)
    whole, said = merge.merged(book(A, B, C), mine, new)
    assert text_of(whole, "a") == "ONE\ntwo\nthree\nfour\nFIVE"
    assert text_of(whole, "b") == "BEE"
    assert said == []


def test_the_same_lines_changed_twice_keep_ours_and_show_theirs() -> None:
    whole, said = merge.merged(book(A, B), book(A, changed(B, "MINE")), book(A, changed(B, "THEIRS")))
    assert ids(whole) == ["a", "b", "b-new"]
    assert text_of(whole, "b") == "MINE"
    assert text_of(whole, "b-new").endswith("\n\nTHEIRS")
    shown = whole["cells"][2]
    assert shown["cell_type"] == "raw", "it is never run"
    assert shown["metadata"]["tags"] == ["wb-lab", "wb-conflict"], "no reader sees it"
    assert said == [
        "You and the workbook changed the same lines of a cell (b). Yours is used; the new one is below it."
    ]


def test_a_later_upgrade_replaces_what_an_earlier_one_left() -> None:
    first, _ = merge.merged(book(B), book(changed(B, "MINE")), book(changed(B, "THEIRS")))
    second, _ = merge.merged(book(changed(B, "THEIRS")), first, book(changed(B, "NEWEST")))
    assert ids(second) == ["b", "b-new"]
    assert "NEWEST" in text_of(second, "b-new")


def test_new_cells_of_both_sides_follow_the_cell_they_followed() -> None:
    mine = book(A, cell("mine", "x"), B, C)
    new = book(A, B, cell("theirs", "y"), C)
    whole, said = merge.merged(book(A, B, C), mine, new)
    assert ids(whole) == ["a", "mine", "b", "theirs", "c"]
    assert said == []


def test_a_cell_that_the_workbook_removed_goes_unless_it_was_changed() -> None:
    assert ids(merge.merged(book(A, B), book(A, B), book(A))[0]) == ["a"]
    whole, said = merge.merged(book(A, B), book(A, changed(B, "MINE")), book(A))
    assert ids(whole) == ["a", "b"]
    assert said == ["The workbook no longer has a cell (b) that you changed. Yours stays."]


def test_a_cell_that_we_removed_stays_removed() -> None:
    assert merge.merged(book(A, B), book(A), book(A, B)) == (book(A), [])
    whole, said = merge.merged(book(A, B), book(A), book(A, changed(B, "NEW")))
    assert ids(whole) == ["a"]
    assert said == ["You removed a cell (b) that has changed in the workbook. It stays removed."]


def test_moved_cells_stay_where_they_were_moved() -> None:
    assert ids(merge.merged(book(A, B, C), book(C, A, B), book(A, B, C))[0]) == ["c", "a", "b"]
    assert ids(merge.merged(book(A, B, C), book(A, B, C), book(C, A, B))[0]) == ["c", "a", "b"]


def test_titles_and_tags_come_from_the_side_that_changed_them() -> None:
    base = book(A, title="Old")
    assert merge.merged(base, book(A, title="Ours"), base)[0]["metadata"]["title"] == "Ours"
    assert merge.merged(base, base, book(A, title="Theirs"))[0]["metadata"]["title"] == "Theirs"
    whole, said = merge.merged(base, book(A, title="Ours"), book(A, title="Theirs"))
    assert whole["metadata"]["title"] == "Ours"
    assert "“Theirs”" in said[0]


TEXTS = st.text("ab\n", max_size=6)
BOOKS = st.lists(st.tuples(st.sampled_from("pqrstu"), TEXTS), unique_by=lambda pair: pair[0], max_size=5).map(
    lambda pairs: book(*(cell(key, source) for key, source in pairs))
)


@given(BOOKS, BOOKS, BOOKS)
def test_nothing_that_one_side_wrote_is_lost(base: merge.Book, mine: merge.Book, new: merge.Book) -> None:
    whole, said = merge.merged(base, mine, new)
    assert len(set(ids(whole))) == len(ids(whole))
    old, ours, theirs = ({c["id"]: merge.source(c) for c in one["cells"]} for one in (base, mine, new))
    kept = {c["id"]: merge.source(c) for c in whole["cells"]}
    for key, source in ours.items():
        if old.get(key) == source:
            continue  # unchanged: what the workbook did with it counts
        together = key in theirs and key in old and theirs[key] != old[key]
        assert key in kept
        assert kept[key] == source or together
    for key, source in theirs.items():
        if old.get(key) != source and key in ours:
            assert kept[key] == source or source in kept.get(f"{key}-new", "") or ours[key] != old.get(key)
        elif key not in old:
            assert kept[key] == source
    if not said:
        assert merge.merged(new, whole, new) == (whole, [])


@given(BOOKS, BOOKS)
def test_without_changes_of_ours_an_upgrade_is_the_shipped_page(base: merge.Book, new: merge.Book) -> None:
    whole, said = merge.merged(base, base, new)
    assert (whole, said) == (new, [])


def test_the_file_is_as_jupyter_writes_it() -> None:
    whole = book(A, cell("m", "# Title\n\nText", "markdown"))
    text = merge.text(whole)
    assert nbformat.writes(nbformat.reads(text, 4)).rstrip("\n") == text.rstrip("\n")
    assert json.loads(text)["cells"][0]["source"][0] == "one\n"

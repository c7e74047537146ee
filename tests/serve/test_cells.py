"""A failing cell says one kind sentence; the cells after it still run."""

from __future__ import annotations

import pytest

from workbook.serve.cells import name_of, sentence


def test_cells_after_a_failing_one_run(server):
    text = server.get("/voila/render/index.ipynb?case=ab12cd").text
    assert "could not be shown" in text
    assert "STILL RUNS case=ab12cd voila" in text


def test_a_foreign_error_keeps_its_words(server):
    text = server.get("/voila/render/index.ipynb").text
    assert "(cell 2: Who can drive you home)" in text
    assert "PLANTED" not in text
    assert "ValueError" not in text
    assert "Traceback" not in text
    assert "PLANTED" not in server.log.read_text()


def test_our_own_error_speaks_for_itself(server):
    assert "Did you mean goal.kinds?" in server.get("/voila/render/index.ipynb").text


def test_no_source_is_in_the_page(server):
    assert (
        "anywidget"
        not in server.get("/voila/render/1-step.ipynb").text.partition("<body")[2].partition("config-data")[0]
    )


def test_the_key_does_not_reach_the_kernel(server):
    answer = server.get("/voila/render/index.ipynb?case=ab12cd&token=" + server.token)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/voila/render/index.ipynb?case=ab12cd"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("# Rides home\nx", "Rides home"),
        ('import workbook as wb\nwb.form(case, "goal.kinds")', "wb.form"),
        ("1 / 0", ""),
    ],
)
def test_a_cell_is_named_by_its_purpose(source, name):
    assert name_of(source) == name


def test_only_our_errors_are_quoted():
    assert sentence("x", 3, "BadValue", "A day is missing.") == "A day is missing."
    assert "secret" not in sentence("x", 3, "KeyError", "secret")
    assert "cell 3" in sentence("x", 3, "KeyError", "secret")

"""An advocate sees a page as the client does: the words speak to the client, and what is for advocates is away."""

from __future__ import annotations

import pytest

import workbook as wb
from tests.ui.pagekit import opened, page
from workbook.session import Change
from workbook.ui import links
from workbook.ui.handle import OpenCase


@pytest.fixture
def anna(monkeypatch: pytest.MonkeyPatch) -> OpenCase:
    handle = opened()
    monkeypatch.setenv("WORKBOOK_APP", "voila")
    handle.session.apply([Change("put", "mode", "advocate"), Change("put", "person.name", "Anna Invented")])
    return handle


def looks_as_client(monkeypatch: pytest.MonkeyPatch, handle: OpenCase) -> None:
    monkeypatch.setenv("QUERY_STRING", f"case={handle.case.id}&as=client")


def test_the_words_speak_to_the_client(anna: OpenCase, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "What {do you|does the patient} want?"
    assert anna.voice.say(words) == "What does Anna want?"
    looks_as_client(monkeypatch, anna)
    assert anna.voice.say(words) == "What do you want?"
    assert anna.case.mode == "advocate", "the workbook itself stays the advocate's"


def test_the_map_leads_there_and_back(anna: OpenCase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRIPT_NAME", "/voila/render/1-goal.ipynb")
    ours = page(wb.steps(anna)).html
    assert f'<a href="1-goal.ipynb?case={anna.case.id}&amp;as=client">See as client</a>' in ours
    assert "Filled in by an advocate for Anna." in ours
    looks_as_client(monkeypatch, anna)
    theirs = page(wb.steps(anna)).html
    assert f'<a href="1-goal.ipynb?case={anna.case.id}">Back to your own view</a>' in theirs
    assert "You fill this in for yourself." in theirs
    assert "All workbooks" not in theirs
    assert f'href="2-clinician.ipynb?case={anna.case.id}&amp;as=client"' in theirs, "the other pages are seen so, too"


def test_nobody_else_is_offered_it(monkeypatch: pytest.MonkeyPatch) -> None:
    handle = opened()
    monkeypatch.setenv("WORKBOOK_APP", "voila")
    monkeypatch.setenv("SCRIPT_NAME", "/voila/render/1-goal.ipynb")
    assert "See as client" not in page(wb.steps(handle)).html
    handle.session.apply([Change("put", "mode", "caregiver")])
    looks_as_client(monkeypatch, handle)
    assert handle.voice.mode == "caregiver"


def test_a_notebook_in_jupyterlab_speaks_to_the_advocate(anna: OpenCase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKBOOK_APP")
    looks_as_client(monkeypatch, anna)
    assert not links.as_client()
    assert anna.voice.mode == "advocate"

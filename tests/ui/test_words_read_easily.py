"""The panels' own texts are easy to read, without scolding or alarm."""

from __future__ import annotations

import ast
import functools
import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from tests.notebooks.test_reading_grade import HARDEST, HIGHEST, grade, sentences
from tests.texts import everything
from workbook.case import spoken
from workbook.cli import messages

_BARRED = re.compile(r"!|\b(urgent|invalid|failed|please|simply|just|don't worry|user)\b", re.IGNORECASE)


@functools.cache
def said() -> dict[str, list[str]]:
    """The texts of this room by file."""
    found = defaultdict(list)
    for text, place, many in everything():
        if place.startswith("ui/"):
            found[place] += [spoken(words, "self") for words in (text, many) if words]
    return found


FILES = sorted(said())


def test_panels_are_included() -> None:
    assert {
        "ui/panels/clocks.py",
        "ui/panels/timeline.py",
        "ui/panels/alerts.py",
        "ui/panels/templates/home.html.j2",
    } <= {*FILES}


@pytest.mark.parametrize("file", FILES)
def test_a_panel_is_easy_to_read(file: str) -> None:
    found = [s for text in said()[file] for s in sentences(text)]
    long = [s for s in found if len(s) >= 5]
    assert not long or grade(long) <= HIGHEST, f"{grade(long):.1f}"
    hard = [" ".join(s) for s in found if len(s) >= 10 and grade([s]) > HARDEST]
    assert hard == []
    assert [text for text in said()[file] if _BARRED.search(text)] == []


# What sounds translated: things that stand and lie, "no" as an adjective, time that runs, and the like.
_STILTED = re.compile(
    r"""
    \b(?:stands?|stood|lies?|lay)\b
  | \bgo(?:es)?\ along\b | \b(?:is|are)\ told\b | \btells?\ of\b
  | \b(?:holds?|held)\b(?!\ back)
  | \b(?:is|are)\ kept\b | \bkept\ apart\b
  | \bcame\b | \bare\ to\ be\b | \bis\ to\ be\b
  | (?<!there\ )\b(?:is|are|on|in|fits?|of|names?)\ (?:no|nobody)\ (?!longer\b|more\b)\w
  | \bhas\ not\ (?:both|all)\b | \bneed\ not\b
  | \b(?:limit|clock|days|rule)\ runs?\b | \bcounts?\ on\ that\b
  | \b(?:by|on)\ which\ day\b | \buntil\ when\b
  | \b(?:by|of)\ (?:my|our)\ count\b | \bsees?\ to\ it\b
  | \banew\b | \bin\ measure\b | \bstand-in\b | \bfrom\ afar\b | \bhangs?\ on\b
  | \b(?:of|by)\ (?:that|this)\ name\b | \bof\ its\ own\b
  | ,\ for\ (?:no|I|it|he|she|they|we|you)\b
  | \blook(?:s|ing)?\ (?:whether|into\ the)\b | \bapart\b | \bbeside\b | \bsits?\b
  | (?<!\bhave\ )\bnoted\b | \bthe\ other\ way\ round\b | \bat\ hand\b | \bmeanwhile\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NATIVE = (
    r"\bwhere (?:do )?things stand\b",  # an idiom for "what the status is"
    r"\{stands\}",  # the name of a blank
    r"\bthe damaged file is kept\b",  # it is not erased: "saved" would say something else
    r"\bcame from one center\b",  # a study comes from where it was made
)


def stilted(text: str) -> bool:
    """Whether a sentence has a turn that a native writer would not use."""
    return bool(_STILTED.search(re.sub("|".join(_NATIVE), "", text, flags=re.IGNORECASE)))


def errors() -> Iterator[str]:
    """The words that an error is raised with: a person may see them though no translator does."""
    for file in sorted(messages.PACKAGE.rglob("*.py")):
        for raised in ast.walk(ast.parse(file.read_text("utf-8"))):
            for node in ast.walk(raised) if isinstance(raised, ast.Raise) else ():
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


@pytest.mark.parametrize(
    "text",
    [
        "It stands in the letter.",
        "What is only said is no promise.",
        "As noted, it has not both.",
        "The packet cannot lie in that folder.",
        "It holds 1 file and an index.",
        "A report tells of a scan that is on no disc.",
        "By my count, they ended on Monday.",
        "Tell me on which day the records will come.",
        "The part that looks into the file did not start.",
        "This PDF would lose words, for no font can print them.",
        "No time limit runs on this way of asking.",
        "You can start anew.",
        "No calls are noted yet.",
        "The report that goes with these images, or the other way round.",
        "Have at hand: the card.",
        "The workbook is starting. You can read on meanwhile.",
    ],
)
def test_a_turn_that_sounds_translated_is_found(text: str) -> None:
    assert stilted(text)


def test_locations_are_worded_naturally() -> None:
    """A day is printed on a letter and does not stand in it; what is in a file does not go along."""
    assert [f for f in everything() if stilted(f.text) or stilted(f.many)] == []


def test_an_error_is_said_as_people_say_it() -> None:
    assert [text for text in errors() if stilted(text)] == []


@pytest.mark.parametrize("page", ["README.md", "PRIVACY.md", "CUSTOMIZE.md"])
def test_a_page_about_the_workbook_is_said_as_people_say_it(page: str) -> None:
    text = re.sub(r"```.*?```", "", (messages.PACKAGE.parent / page).read_text("utf-8"), flags=re.DOTALL)
    assert [line for line in text.splitlines() if stilted(line)] == []

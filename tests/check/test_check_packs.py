"""Each mistake in a pack gets one kind sentence with its file and line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.check.folder import DAY, pack
from workbook.check import Finding, check
from workbook.errors import BadFile

QUESTIONS = "seeds/visit.questions.toml"
GOOD = '[[entry]]\nid = "ask-wait"\ntext = "What if we wait?"\n'
OWN = "conditions/kidney.toml"
KIDNEY = '[condition]\ntitle = "Kidney stones"\n\n[[entry]]\nid = "a"\n'
FACT = """[[entry]]
id = "H-3"
retrieved_on = 2026-01-01
review_by = 2026-06-01
"""
LETTER = """[letter]
title = "Request for a ride"
use = "Asks the office to help with the way there."
fills = "after-request"
about = "waiting-requests"

[[entry]]
id = "subject"
part = "subject"
lines = ["A ride for {patient}"]

[[entry]]
id = "ask"
lines = ["{I ask|I ask for {patient}} for help. The request went out {on_sent}."]

[[entry]]
id = "check"
part = "lack"
lines = ["Say which day the visit is."]
"""

# The file, what is in it, the line that is named, and the sentence.
SLIPS: list[tuple[str, str, int, str]] = [
    (
        "conditions/kidney.toml",
        '[[entry]]\nid = "a"\nlist = "options"\ntext = "Wait"\n',
        0,
        "Write one [condition] table",
    ),
    (OWN, 'condition = "Kidney stones"\n', 0, "Write one [condition] table"),
    (OWN, KIDNEY + 'list = "option"\ntext = "Wait"\n', 0, 'Entry "a", field "list": write one of'),
    (OWN, KIDNEY + 'list = "options"\ntxt = "Wait"\n', 0, 'Entry "a", field "text"'),
    (OWN, KIDNEY + 'list = "visit.questions"\ntxt = "Wait"\n', 0, 'Entry "a", field "txt": Extra inputs'),
    ("condition/kidney.toml", KIDNEY, 0, "This file is not read."),
    (
        QUESTIONS,
        "[[entry]]\nid = “ask-wait”\n",
        2,
        "This line has curly quotes (“ ”). Type them again as straight quotes.",
    ),
    (QUESTIONS, '[[entry]]\nid = "ask-wait\n', 2, "A quote opens here and is not closed."),
    (QUESTIONS, '[[entry]]\nid = "a"\ntext = What if we wait?\n', 3, "Words need quotes, such as title ="),
    (QUESTIONS, '[[entry]]\nid = "ask-wait"\nid = "b"\n', 3, "This name is given twice in one entry."),
    (QUESTIONS, '[entry]\nid = "ask-wait"\n', 1, "Write [[entry]] with two brackets on each side."),
    (QUESTIONS, 'text = "What if we wait?"\n', 1, '"text" is not in an [[entry]].'),
    (QUESTIONS, '[[entry]]\ntext = "What if we wait?"\n', 0, "Entry 1 has no id. Give it one, such as id ="),
    (QUESTIONS, GOOD + GOOD, 2, 'The id "ask-wait" is used twice, so only the last entry counts.'),
    (
        QUESTIONS,
        '[[entry]]\nid = "own-x"\nafter = "ask-wath"\ngroup = "treatment"\ntext = "X?"\n',
        3,
        'There is no entry "ask-wath" to come after, so this one comes last. Did you mean ask-wa',
    ),
    (
        QUESTIONS,
        '[[entry]]\nid = "ask-wiat"\nhide = true\n',
        2,
        'There is no entry "ask-wiat" to hide. Did you mean ask-wait?',
    ),
    (QUESTIONS, GOOD + 'txt = "X?"\n', 0, 'Entry "ask-wait", field "txt": '),
    (QUESTIONS, GOOD + 'group = "logistic"\n', 0, 'Entry "ask-wait", field "group": '),
    (QUESTIONS, "a = " + "[" * 50_000, 0, "This file has too many brackets inside each other."),
    (QUESTIONS, "# " + "x" * 1_100_000, 0, "This file is larger than 1 MB, so it is no pack."),
    (QUESTIONS, GOOD + "<<<<<<< HEAD\n", 4, "This file has the marks of an unfinished merge"),
    ("seeds/visit.questionss.toml", GOOD, 0, "This file is not read. Did you mean seeds/visit.questions.toml?"),
    ("seed/visit.questions.toml", GOOD, 0, "This file is not read. Did you mean seeds/visit.questions.toml?"),
    ("seeds/visit.questions.toml.txt", GOOD, 0, "This file is not read: a pack's name ends in .toml."),
    ("letters/Ride.toml", LETTER, 0, "Name the file in small letters and hyphens"),
    (
        "letters/ride.toml",
        LETTER.replace("{on_sent}", "{on_snet}"),
        14,
        'Entry "ask" does not know "on_snet"; did you mean',
    ),
    (
        "letters/ride.toml",
        LETTER.replace("after-request", "after-requst"),
        4,
        '"after-requst" is not a choice for "fills"',
    ),
    ("letters/ride.toml", LETTER.partition("\n\n")[2], 0, "Is not read: it has no [letter] table."),
    ("texts/help.toml", '[[entry]]\nid = "x"\nlinez = ["a"]\n', 0, 'Entry "x", field "linez"'),
    ("facts/own.toml", '[[entry]]\nid = "H-3-x"\nversion_of = "H-99"\nvalid_from = 2027-01-01\n', 0, ""),
    ("facts/records.toml", FACT, 2, 'The fact "H-3" was to be checked again by 2026-06-01. Read its source'),
]


def found(folder: Path) -> list[Finding]:
    return check(folder, DAY)


@pytest.mark.parametrize(("name", "text", "line", "sentence"), SLIPS, ids=[f"{n}: {s[:30]}" for n, _, _, s in SLIPS])
def test_a_mistake_in_a_pack_is_one_sentence_with_its_place(
    tmp_path: Path, name: str, text: str, line: int, sentence: str
) -> None:
    pack(tmp_path, "texts/README.md", "Ours.")
    pack(tmp_path, name, text)
    wrong = [one for one in found(tmp_path) if not one.note]
    assert [one.file for one in wrong] == [name]
    assert wrong[0].sentence.startswith(sentence)
    assert wrong[0].line == line
    assert "\n" not in wrong[0].sentence


def test_a_near_id_is_for_attention(tmp_path: Path) -> None:
    pack(tmp_path, QUESTIONS, '[[entry]]\nid = "ask-wiat"\ngroup = "treatment"\ntext = "What if we wait?"\n')
    (one,) = found(tmp_path)
    assert one.note
    assert one.sentence == '"ask-wiat" adds an entry. Did you mean the one that is there, "ask-wait"?'


def test_good_packs_have_no_findings(tmp_path: Path) -> None:
    pack(
        tmp_path, QUESTIONS, GOOD + '\n[[entry]]\nid = "own-x"\nafter = "ask-wait"\ngroup = "treatment"\ntext = "X?"\n'
    )
    pack(tmp_path, "letters/ride.toml", LETTER)
    pack(tmp_path, "seeds/health.medications.toml", "")
    pack(tmp_path, ".git/seeds/x.toml", "a = ")
    assert [str(one) for one in found(tmp_path)] == []


def test_facts_of_the_workbook_past_their_day_are_for_attention(tmp_path: Path) -> None:
    pack(tmp_path, QUESTIONS, GOOD)
    told = check(tmp_path, dt.date(2040, 1, 1))
    assert told
    assert all(one.note and "to be checked again by" in one.sentence for one in told)


def test_a_folder_with_nothing_to_check_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadFile, match="nothing to check"):
        check(tmp_path, DAY)
    with pytest.raises(BadFile, match="no folder with that name"):
        check(tmp_path / "not", DAY)
    monkeypatch.setenv("WORKBOOK_PACKS", str(tmp_path / "not"))
    with pytest.raises(BadFile, match="WORKBOOK_PACKS names a folder that does not exist"):
        check(tmp_path, DAY)

"""A story becomes a case without loss: every key is used, and an unknown key is an error that names it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import stories
from tests.story_box import StoryError
from workbook.case import Case
from workbook.store import open_store

HERE = Path(__file__).parent
FILES = [HERE / "every_key.yaml", *sorted((HERE.parent / "rules" / "stories").glob("*.yaml"))]
EVERY = yaml.safe_load((HERE / "every_key.yaml").read_text("utf-8"))
# Values that are codes in the case, and how to find them there.
SAID = {
    "confirmed_by_biopsy": "by biopsy",
    "confirmed_on_mri": "on mri",
    "confirmed_on_x_ray": "on x ray",
    "suspected_by_exam": "by exam",
    "fax confirmation only": "fax_confirmation",
    "fax confirmation": "fax_confirmation",
    "heard": "draft",
    "heard by phone": "by phone",
    "internal": "internal_1",
    "top reasons in plain language": "tie-reasons",
    "risks feared most for me": "tie-fears",
    "third opinion": "tie-third",
    "same records": "tie-same-records",
    "month": '"2026-09"',
    "2026-09-15": '"2026-09"',
    "zz_asked": "zz asked",
}


def leaves(node: Any, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, f"{place}.{key}")
    elif isinstance(node, list):
        for value in node:
            yield from leaves(value, place)
    elif not isinstance(node, bool) and node is not None:
        yield place, str(node)


def load(tmp_path: Path, told: dict[str, Any]) -> Case:
    file = tmp_path / "story.yaml"
    file.write_text(yaml.safe_dump(told, allow_unicode=True), "utf-8")
    return stories.load(file)


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_value_is_in_the_case(file: Path) -> None:
    told = yaml.safe_load(file.read_text("utf-8"))
    told.pop("expect", None)
    text = json.dumps(stories.load(file).model_dump(mode="json"), ensure_ascii=False).lower()
    lost = [
        (place, value)
        for place, value in leaves(told)
        if json.dumps(SAID.get(value, value).removeprefix("written "), ensure_ascii=False)[1:-1].lower() not in text
        and SAID.get(value, value) not in text
    ]
    assert lost == []


@pytest.mark.parametrize("section", [k for k, v in EVERY.items() if isinstance(v, dict | list)])
def test_a_section_is_independent_and_an_unknown_key_is_named(tmp_path: Path, section: str) -> None:
    assert load(tmp_path, {section: EVERY[section]}).synthetic
    strange: Any = {"zz_stranger": 1}
    part = EVERY[section]
    if section == "people":
        changed: Any = {"patient": strange}
    elif section == "viewed":
        return  # its keys are clinicians and records: any is valid
    else:
        changed = [{**part[0], **strange}] if isinstance(part, list) else {**part, **strange}
    with pytest.raises(StoryError, match=rf"{section}.*zz_stranger"):
        load(tmp_path, {section: changed})


def test_yes_and_no_and_dates_are_accepted_in_both_forms(tmp_path: Path) -> None:
    for yes, when in ((True, yaml.safe_load("2026-12-07")), ("yes", "2026-12-07")):
        told = {"people": {"patient": {"interpreter": yes}}, "step1_goal": {"decide_by": when}}
        case = load(tmp_path, told)
        assert (case.person.interpreter, case.goal.decide_by) == ("yes", "2026-12-07")


def test_an_invalid_value_is_kept_as_a_draft(tmp_path: Path) -> None:
    told = {"step4_records": {"requests": [{"id": "R1", "to": "zz office", "evidence": "a postcard"}]}}
    case = load(tmp_path, told)
    assert case.records.requests["r1"].evidence is None
    assert case.drafts == {"records.requests.r1.evidence": "a postcard"}


def test_received_records_are_not_a_loan(tmp_path: Path) -> None:
    items = [{"id": "Z1", "kind": "lab"}]
    request = {"id": "R1", "items": ["Z1"], "route": "access_self", "arrived_on": "2026-11-10"}
    records = load(tmp_path, {"step4_records": {"items": items, "requests": [request]}}).records
    assert records.requests["r1"].fulfilled_on == "2026-11-10"
    assert not records.materials


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("by phone: we need 30 more days", "phone"),
        ("called, and asked for more time", "phone"),
        ("wrote that it needs more time", None),
        ("called: the images are at another center", None),
    ],
)
def test_more_time_claimed_by_phone_is_a_claim(tmp_path: Path, reply: str, expected: str | None) -> None:
    request = {"id": "R1", "route": "access_self", "sent_on": "2026-11-01", "reply": reply}
    made = load(tmp_path, {"step4_records": {"requests": [request]}}).records.requests["r1"]
    assert (made.reply, made.extension.announced_by) == (reply, expected)


def test_a_decision_followed_by_a_comment_is_still_a_decision(tmp_path: Path) -> None:
    auth = {"service": "zz scan", "submitted_on": "2026-11-01", "decision": "denied for zz reasons"}
    (made,) = load(tmp_path, {"step3_insurance": {"prior_auth": auth}}).insurance.prior_auths.values()
    assert (made.state, made.own["decision"].value) == ("denied", "denied for zz reasons")


def test_a_referral_without_number_or_dates_is_only_requested(tmp_path: Path) -> None:
    for told, state in (({"from": "zz pcp"}, "requested"), ({"from": "zz pcp", "number": "Z1"}, "approved")):
        (made,) = load(tmp_path, {"step3_insurance": {"referral": told}}).insurance.referrals.values()
        assert made.state == state


def test_the_command_loads_one_and_prints_its_id(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for _ in range(2):  # loading again replaces the first
        assert stories.main([str(HERE / "every_key.yaml")]) == 0
        assert capsys.readouterr().out == "syn-z\n"
    assert [row.id for row in open_store().cases()] == ["syn-z"]
    bad = tmp_path / "bad.yaml"
    bad.write_text("step1_goal: {decsion: x}", "utf-8")
    assert stories.main([str(bad)]) == 1
    assert "step1_goal.decsion" in capsys.readouterr().err

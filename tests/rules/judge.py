"""Compares the status of a story with the story's `expect` block. Knows the schema of stories, no story."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

STORIES = sorted((Path(__file__).parent / "stories").glob("*.yaml"))
_RULES = {"due": "records-access", "promised": "records-promised", "outer_limit": "records-outer-limit"}
_ALONE = {
    "cut_off": "cut-off",
    "slides_return": "return-by",
    "appeal": "appeal",
    "appeal_by_rule": "appeal-by-rule",
    "prior_auth": "prior-auth",
    "estimate": "estimate",
    "referral_ends": "referral-ends",
}


def expectations(story: Path) -> dict[str, dict[str, Any]]:
    """The story's expectations, by day."""
    told = yaml.safe_load(story.read_text("utf-8"))["expect"]
    return {str(key).removeprefix("on_"): value for key, value in told.items()}


def all_days() -> list[Any]:
    """Every story on each of its days."""
    return [(story, day) for story in STORIES for day in expectations(story)]


def complaints(expected: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """Differences between the status (as JSON) and the story's expectations; empty if it agrees."""
    wrong: list[str] = []
    for name, due in expected.get("deadlines", {}).items():
        wrong += _deadline(name, str(due), found["deadlines"])
    for name in expected.get("not_deadlines", []):
        wrong += [] if _deadline(name, "", found["deadlines"]) == [f"{name} is not there"] else [f"{name} is listed"]
    for text in expected.get("alerts", []):
        wrong += _alert(str(text), found["alerts"])
    for text in expected.get("not_alerts", []):
        key = _id(text)
        wrong += [f"{key} should be silent"] if any(a["id"] == key for a in found["alerts"]) else []
    if "same_records_gaps" in expected:
        told = {_gap(str(t)) for t in expected["same_records_gaps"]}
        seen = {(_last(g["item"]), _last(g["clinician"] or "")) for g in found["same_records_gaps"]}
        wrong += [f"gaps: {sorted(told ^ seen)}"] if told != seen else []
    if "critical_path" in expected:
        item = _last(found["critical_path"]["item"] or "")
        wrong += [] if str(expected["critical_path"]).lower().split()[0] == item else [f"critical path is {item}"]
    return wrong


def _deadline(name: str, due: str, deadlines: list[dict[str, Any]]) -> list[str]:
    about, _, kind = name.partition("_")
    rule = _ALONE.get(name) or _RULES[kind]
    for found in deadlines:
        if found["rule"] == rule and (name in _ALONE or _last(found["about"]) == about.lower()):
            sure = "estimated" in due
            agrees = found["due"] == due[:10] and (found.get("certainty") == "estimated") is sure
            return [] if agrees else [f"{name} is {found['due']}, {found.get('certainty')}"]
    return [f"{name} is not there"]


def _alert(text: str, alerts: list[dict[str, Any]]) -> list[str]:
    key, ids = _id(text), {w.lower() for w in re.findall(r"\b[A-Z]{1,2}\d+\b", text[4:])}
    fitting = [a for a in alerts if a["id"] == key and (not ids or _last(a["about"]) in ids)]
    if not fitting:
        return [f"{text}: not there"]
    if "(blocker)" in text and all(a["level"] != "blocker" for a in fitting):
        return [f"{text}: not a blocker"]
    return []


def _id(text: str) -> str:
    return text[:4]


def _gap(text: str) -> tuple[str, str]:
    item, who, *_ = text.lower().split()
    return item, "" if who == "neither" else who


def _last(path: str) -> str:
    return path.rpartition(".")[2]

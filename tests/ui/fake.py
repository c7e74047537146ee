"""An in-memory backend that saves answers like a session, and a form with every type of question."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from workbook.errors import StoreTrouble

RECORD = [
    {"path": "title", "kind": "text", "question": "What is it?"},
    {"path": "state", "kind": "one", "question": "Do you have it yet?",
     "options": [["to_request", "Not asked for yet"], ["requested", "Asked for"], ["received", "I have it"]]},
    {"path": "received_on", "kind": "date", "question": "When did it arrive?"},
]  # fmt: skip
FIELDS: list[dict[str, Any]] = [
    {"path": "goal.own_words", "kind": "long", "question": "What do you want from this visit?",
     "hint": "In your own words.", "why": "Doctors answer better when they know what you want."},
    {"path": "goal.decide_by", "kind": "date", "question": "When do you need to decide?", "unknown": True},
    {"path": "goal.reversible", "kind": "one", "question": "Can the treatment be undone?",
     "options": [["yes", "Yes"], ["no", "No"], ["partly", "In part"]]},
    {"path": "goal.kinds", "kind": "many", "question": "What should the visit do?",
     "options": [["confirm", "Confirm the diagnosis"], ["options", "Explain the options"]]},
    {"path": "goal.told", "kind": "yesno", "question": "Does your doctor know?", "options": []},
    {"path": "insurance.reference", "kind": "text", "question": "Reference number", "aloud": True},
    {"path": "insurance.share", "kind": "money", "question": "Your share of the cost"},
    {"path": "insurance.phone", "kind": "phone", "question": "Phone number on the card"},
    {"kind": "say", "question": "Say this first", "lines": ["I want a second opinion.", "What does my plan ask for?"]},
    {"path": "insurance.referral", "kind": "answer", "question": "Do I need a referral?"},
    {"path": "goal.safe_to_wait", "kind": "text", "question": "How long can it wait?", "source": True,
     "sources": [["clinician_said", "A clinician said so"]], "hows": [["phone", "A phone call"]]},
    {"path": "records.items", "kind": "each", "item": "record", "title": "title", "fields": RECORD, "fold": True,
     "movable": True, "question": "Your records", "shipped": ["rec-labs"]},
    {"kind": "group", "question": "Add a referral", "fields": [
        {"path": "insurance.from_whom", "kind": "text", "question": "Who refers you?"}]},
    {"path": "viewed", "kind": "grid", "question": "Who saw which record?", "cell": "how",
     "rows": [["rec-labs", "Lab results"], ["r2", "MRI of the back"]],
     "columns": [["c1", "Dr. Rowan"], ["c2", "Dr. Vale"]],
     "options": [["saw", "Saw it"], ["report", "Saw the report only"]]},
    {"path": "steps.goal", "kind": "done", "question": "I am done with this step"},
]  # fmt: skip
VALUES = {
    "goal.decide_by": "2026-11-22",
    "goal.reversible": "yes",
    "goal.own_words": "To keep walking.",
    "insurance.share": "250",
    "records.items": ["rec-labs", "r2"],
    "records.items.rec-labs.title": "Lab results",
    "records.items.r2.title": "MRI of the back",
    "records.items.r2.state": "requested",
}


class Fake:
    """Saves answers in memory; rejects partial dates and text for money like a case."""

    def __init__(self, fields: list[dict[str, Any]] | None = None, values: dict[str, Any] | None = None) -> None:
        self.fields = FIELDS if fields is None else fields
        self.values: dict[str, Any] = dict(VALUES if values is None else values)
        self.drafts: dict[str, Any] = {}
        self.undos: dict[str, dict[str, Any]] = {}
        self.users: list[str] = []
        self.pace = ""
        self.full = False
        self.saves: list[tuple[int, list[dict[str, Any]]]] = []

    def open(self, case_id: str | None) -> dict[str, Any]:
        who = {"case": case_id or "c1", "title": "Ana"}
        return {
            "who": who,
            "fields": self.fields,
            "pace": self.pace,
            "values": dict(self.values),
            "drafts": dict(self.drafts),
            "facts": {},
            "today": "2026-11-22",
        }

    def save(self, rev: int, changes: list[dict[str, Any]]) -> dict[str, Any]:
        if self.full:
            raise StoreTrouble("The disk is full.")
        self.saves.append((rev, changes))
        results = [self._do(c) for c in changes]
        return {"rev": rev, "time": dt.datetime(2026, 11, 22, 10, 42, tzinfo=dt.UTC).isoformat(), "results": results}

    def undo(self, token: Any) -> dict[str, Any]:
        self.values = self.undos[token]
        return {"values": dict(self.values)}

    def _do(self, change: dict[str, Any]) -> dict[str, Any]:
        path, op = change["path"], change["op"]
        token = f"u{len(self.undos)}"
        self.undos[token] = dict(self.values)
        done = {"path": path, "status": "saved", "undo": token}
        if op == "put":
            return self._put(change, done)
        name, _, key = path.rpartition(".")
        if op == "add":
            key, name = change["value"]["id"], path
        order = [k for k in self.values.get(name, []) if k != key]
        if op != "remove":
            before = change.get("before")
            order.insert(order.index(before) if before else len(order), key)
        else:
            done["users"] = self.users
            self.values = {k: v for k, v in self.values.items() if not k.startswith(f"{path}.")}
        self.values[name] = order
        return done

    def _put(self, change: dict[str, Any], done: dict[str, Any]) -> dict[str, Any]:
        path, value = change["path"], change["value"]
        problem = ""
        if path.endswith(("_by", "_on")) and value and not re.fullmatch(r"\d{4}(-\d\d){0,2}~?|unknown", value):
            problem = "Enter the year, or the month and year, or the full date."
        if path.endswith("share") and value and not re.fullmatch(r"\d+", value):
            problem = "Write the amount in numbers, such as 250."
        if problem:
            self.drafts[path] = {"text": value, "problem": problem}
            return {**done, "status": "kept", "problem": problem}
        other = self.values.get(path)
        if other not in (change["based"], value, None):
            done |= {"status": "overwrote", "other": other}
        self.values[path] = value
        self.drafts.pop(path, None)
        return {**done, "value": value}

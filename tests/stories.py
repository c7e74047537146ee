"""Converts a story (YAML, invented people) to a Case. Knows the schema of stories and the case; nothing of any story.

    uv run python -m tests.stories FILE      loads it into the store and prints its id

An unknown key is an error that names the key and its position.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

from tests.story_box import Box, StoryError, day, fitted, kept, listed, slug, words, yesno
from tests.story_people import authority, people
from workbook.case import Case
from workbook.case.health import Certainty
from workbook.content import seeds

__all__ = ["StoryError", "load"]

ANSWERS = {"cost_of_slide_review": "slide_review_cost", "cost": "cost_share", "repeat": "repeat_tests"}
STEPS = {"same": "tie-same-records", "top": "tie-reasons", "risks": "tie-fears", "third": "tie-third"}
MODES = {"virtual": "video", "in person": "in_person", "record_review": "record_review_only"}
ROLES = ("first", "second", "third", "pcp", "pathologist", "radiologist")


def load(path: str | Path) -> Case:
    """The case that a story file tells."""
    story = Box(yaml.safe_load(Path(path).read_text("utf-8")), "")
    story.take("expect")
    data: dict[str, Any] = {
        "id": slug(story.take("id"), "story"),
        "nickname": words(story.take("title")),
        "mode": story.take("mode", "self"),
        "synthetic": bool(story.take("synthetic", True)),
        "demo_today": day(story.take("as_of")),
        "own": {},
    }
    after = day(story.take("as_of_after"))
    if after:
        data["own"]["as_of_after"] = {
            "words": "The story looks at itself again on",
            "value": after,
            "kind": "date",
            "private": True,
        }
    data["person"], data["parties"] = people(story.box("people"), data["own"])
    data["authorities"] = [authority(a, n) for n, a in enumerate(story.boxes("authority"), 1)]
    data["goal"] = _goal(story.box("step1_goal"))
    data["health"] = _health(story)
    data["clinicians"] = _clinicians(story.box("step2_clinicians"))
    data["insurance"] = _insurance(story.box("step3_insurance"), data["own"])
    data["records"] = _records(story.box("step4_records"))
    data["visit"] = {
        "appointments": _appointment(story.box("appointment")),
        "questions": _questions(story.box("step5_questions")),
    }
    data["opinions"] = [_opinion(o) for o in story.boxes("opinions")]
    data["viewed"] = _viewed(story.box("viewed"))
    data["compare"] = _compare(story.box("step6_compare"), data["opinions"])
    story.close()
    data["left_out"] = [f"{p}.{s.id}" for p in ("records.items", "visit.questions") for s in seeds(p)]
    return fitted(Case, data)


def _goal(goal: Box) -> dict[str, Any]:
    wait, slot = goal.raw("safe_wait"), goal.box("held_slot")
    made = {
        "kinds": listed(goal.take("kinds")),
        "own_words": words(goal.take("own_words")),
        "decision": words(goal.take("decision")),
        "decide_by": day(goal.take("decide_by")),
        "held_slot": {
            "what": words(slot.take("what")),
            "on": day(slot.take("on")),
            "state": slot.take("state"),
            "where": words(slot.take("where")),
        },
        "reversible": yesno(goal.take("reversible")),
        "stakes": goal.take("stakes"),
        "values": [{"id": f"value-{n}", "text": words(v)} for n, v in enumerate(listed(goal.take("values")), 1)],
    }
    slot.close()
    if isinstance(wait, dict):
        said = goal.box("safe_wait")
        made["safe_wait"] = {
            "until": day(said.take("until")),
            "said_by": words(said.take("said_by")),
            "said_on": day(said.take("said_on")),
            "words": words(said.take("words")),
        }
        said.close()
    elif goal.take("safe_wait") is not None:
        made["safe_wait"] = {"until": "unknown"}
    goal.close()
    return made


def _health(story: Box) -> dict[str, Any]:
    problem, pills = story.box("problem"), story.box("medications")
    health: dict[str, Any] = {"problems": [], "medications": [], "allergies": [], "timeline": []}
    if problem:
        sure, based = _sure(words(problem.take("certainty")))
        health["problems"] = [
            {
                "id": "problem-1",
                "label": words(problem.take("label")),
                "given_by": words(problem.take("given_by")),
                "on": day(problem.take("on")),
                "certainty": sure,
                "certainty_note": based,
            }
        ]
    problem.close()
    health["medications_confirmed_on"] = day(pills.take("confirmed_on"))
    for state, key in (("taking", "list"), ("proposed_not_started", "proposed_not_started")):
        for name in listed(pills.take(key)):
            number = len(health["medications"]) + 1
            health["medications"].append({"id": f"med-{number}", "name": words(name), "state": state})
    pills.close()
    for number, one in enumerate(story.boxes("allergies"), 1):
        health["allergies"].append(
            {"id": f"allergy-{number}", "to": words(one.take("to")), "reaction": words(one.take("reaction"))}
        )
        one.close()
    for number, event in enumerate(story.boxes("timeline"), 1):
        on, precision = day(event.take("on")), event.take("precision")
        on = f"{on}~" if on and precision in ("approx", "approximate") else on
        cut = {"month": 7, "year": 4}.get(str(precision), 99)
        health["timeline"].append({"id": f"event-{number}", "on": on and on[:cut], "what": words(event.take("what"))})
        event.close()
    return health


def _sure(told: str) -> tuple[str | None, str]:
    """The certainty and its basis: `confirmed_by_biopsy` is confirmed, by biopsy."""
    sure = next((c.value for c in Certainty if told.startswith(c.value)), None)
    return sure, told.removeprefix(sure or "").replace("_", " ").strip()


def _clinicians(steps: Box) -> list[dict[str, Any]]:
    made = []
    for role in [r for r in ROLES if r in steps]:
        one = steps.box(role)
        made.append(
            {
                "id": role,
                "role": role,
                "state": "seen" if role == "first" else "booked" if role == "second" else None,
                "name": words(one.take("name")),
                "kind": one.take("type"),
                "specialty": words(one.take("specialty")),
                "facility": words(one.take("facility")),
                "network": words(one.take("network")),
                "accepts_assignment": yesno(one.take("accepts_assignment")),
                "exam_needed": yesno(one.take("exam_needed")),
                "license_states": words(one.take("licence_states")),
                "license_checked_on": day(one.take("licence_checked_on")),
                "board_checked_on": day(one.take("board_checked_on")),
                "relation_to_other": words(one.take("relation_to_other")),
                "owns_share_of": words(one.take("owns_share_of")),
                "saw_on": day(one.take("saw_on")),
            }
        )
        one.close()
    for number, one in enumerate(steps.boxes("considered"), 1):
        made.append(
            {
                "id": f"considered-{number}",
                "state": "considering",
                "name": words(one.take("name")),
                "first_date": day(one.take("first_date")),
                "distance_miles": one.take("distance_miles"),
                "why_not": words(one.take("why_not")),
            }
        )
        one.close()
    steps.close()
    return made


def _insurance(step: Box, own: dict[str, Any]) -> dict[str, Any]:
    from tests.story_parts import insurance

    return insurance(step, ANSWERS, own)


def _records(step: Box) -> dict[str, Any]:
    from tests.story_parts import records

    return records(step)


def _appointment(one: Box) -> list[dict[str, Any]]:
    if not one:
        return []
    mode = words(one.take("mode"))
    made = {
        "id": "visit-1",
        "clinician": "second",
        "state": "booked",
        "start": day(one.take("start")),
        "time_zone": words(one.take("zone")),
        "mode": MODES.get(mode, mode) or None,
        "slot_minutes": one.take("slot_minutes"),
        "cut_off": day(one.take("cut_off")),
        "cut_off_rule": words(one.take("cut_off_rule")),
        "interpreter": words(one.take("interpreter")),
        "who_comes": words(one.take("who_comes")),
        "notes": words(one.take("note")),
        "patient_location_state": words(one.take("patient_location_state")),
    }
    one.close()
    return [made]


def _questions(step: Box) -> list[dict[str, Any]]:
    made = []
    for key, top in (("top3", True), ("others", False)):
        for one in step.boxes(key):
            made.append(
                {
                    "id": f"question-{len(made) + 1}",
                    "text": words(one.take("text")),
                    "group": one.take("group"),
                    "minutes": one.take("minutes"),
                    "state": one.take("state") or "in",
                    "top": top,
                }
            )
            one.close()
    step.close()
    return made


def _opinion(one: Box) -> dict[str, Any]:
    by = words(one.take("by"))
    form, _, written = words(one.take("form")).partition(" ")  # "heard", or "written 2026-12-03"
    made = {
        "id": f"opinion-{by}",
        "clinician": by,
        "on": day(one.take("on")),
        "form": {"": None, "written": "written"}.get(form, "draft"),
        "written_on": written if form == "written" and written else None,
        "own": {} if form == "written" or not written else {"form": {"words": "form", "value": written}},
        "diagnosis": words(one.take("diagnosis")),
        "recommended": words(one.take("treatment")),
        "urgency": words(one.take("urgency")),
        "reasons": "\n".join(words(r) for r in listed(one.take("reasons"))),
        "feared_risks": words(one.take("feared_risk")),
        "would_change_mind": words(one.take("would_change_mind")),
    }
    one.close()
    return made


def _viewed(step: Box) -> dict[str, dict[str, dict[str, str]]]:
    made: dict[str, dict[str, dict[str, str]]] = {}
    for clinician in step:
        for item, how in (step.take(clinician) or {}).items():
            made.setdefault(slug(item, "item"), {})[clinician] = {"how": how}
    return made


def _compare(step: Box, opinions: list[dict[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "diagnosis_class": step.take("diagnosis_class"),
        "treatment_class": step.take("treatment_class"),
        "urgency_class": step.take("urgency_class"),
        "causes": listed(step.take("cause")),
        "tie_breaker": [],
    }
    texts = {s.id: getattr(s, "text", "") for s in seeds("compare.tie_breaker")}
    for number, one in enumerate(step.boxes("tie_breaker"), 1):
        name = words(one.take("step"))
        key = next((v for k, v in STEPS.items() if name.lower().startswith(k)), f"tie-{number}")
        made["tie_breaker"].append(
            {"id": key, "text": texts.get(key, name), "plan": words(one.take("do")), "due": day(one.take("due"))}
        )
        one.close()
    ready = step.box("readiness_before")
    if ready:
        four = {k: yesno(ready.take(k)) for k in ("sure", "know", "weighing", "support")}
        own = kept(ready, "score")
        given = [o["on"] for o in opinions if o["on"]]
        made["readiness"] = [
            {"id": "ready-1", "moment": "after_2", "on": max(given) if len(given) > 1 else None, "own": own, **four}
        ]
    ready.close()
    step.close()
    return made


def main(argv: list[str]) -> int:
    """Loads one story into the store and prints its id; replaces a story loaded before."""
    from workbook.store import open_store

    if len(argv) != 1:
        print("Usage: python -m tests.stories FILE", file=sys.stderr)
        return 2
    try:
        case = load(argv[0])
    except (StoryError, OSError, yaml.YAMLError, ValueError) as error:
        print(str(error).splitlines()[0], file=sys.stderr)
        return 1
    store = open_store()
    if case.id in {row.id for row in store.cases()}:
        store.erase(case.id)
    store.create(case)
    print(case.id)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

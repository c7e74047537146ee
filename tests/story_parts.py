"""The insurance and the records of a story, as parts of a case."""

from __future__ import annotations

import re
from typing import Any

from tests.story_box import Box, day, kept, listed, slug, words, yesno
from workbook.case.plan import CallAnswers

EVIDENCE = {
    "fax confirmation only": "fax_confirmation",
    "fax confirmation": "fax_confirmation",
    "fax": "fax_confirmation",
}
SENT_BY = {"hand": "in_person", "by hand": "in_person", "post": "mail"}
DECISIONS = {"approved": "approved", "denied": "denied", "partly": "partly", "pending": "submitted"}


_BY_PHONE = re.compile(r"\b(phone|call(ed)?|voice)\b", re.IGNORECASE)
_MORE_TIME = re.compile(r"\b(more time|extension|\d+ (more )?(days|weeks)|longer)\b", re.IGNORECASE)
LEVELS = {"internal": "internal_1", "first": "internal_1", "second": "internal_2", "outside": "external"}


def insurance(step: Box, aliases: dict[str, str], own: dict[str, Any]) -> dict[str, Any]:
    """Step 3; what a plan has no field for goes to `own`."""
    plan = step.box("plan")
    year = plan.take("year")
    made: dict[str, Any] = {
        "plan": {
            "type": plan.take("type"),
            "name": words(plan.take("name")),
            "network": words(plan.take("network")),
            "funding": words(plan.take("funding")),
            "supplement": words(plan.take("supplement")),
            "member_id_last4": words(plan.take("member_id_last4")),
            "state": words(plan.take("state")),
            "year": year or plan.raw("year_of_visit"),
            "deductible": plan.take("tier2_deductible"),
            "deductible_met": plan.take("met"),
        },
        "calls": [_call(c, n, aliases) for n, c in enumerate(step.boxes("calls"), 1)],
    }
    if year:
        own |= kept(plan, "year_of_visit", prefix="plan ")
    plan.take("year_of_visit")
    plan.close()
    auth = _prior_auth(step.box("prior_auth"))
    made["prior_auths"] = [auth] if auth else []
    made["denials"] = _denials(step.box("denial"), auth)
    made["referrals"] = _referral(step.box("referral"))
    made["estimates"] = _estimate(step.box("gfe"))
    step.close()
    return made


def _call(call: Box, number: int, aliases: dict[str, str]) -> dict[str, Any]:
    answers, own = {}, {}
    asked = call.box("answers")
    for question in asked:
        one = asked.box(question)
        answer = {"answer": yesno(one.take("answer")), "form": one.take("form"), "detail": words(one.take("detail"))}
        one.close()
        key = aliases.get(question, question)
        if key in CallAnswers.model_fields:
            answers[key] = answer
        else:
            text = ", ".join(v for v in (answer["answer"], answer["form"], answer["detail"]) if v)
            own[key] = {"words": question.replace("_", " "), "value": text}
    made = {
        "id": f"call-{number}",
        "when": day(call.take("when")),
        "number": words(call.take("number")),
        "rep": words(call.take("rep")),
        "reference": words(call.take("reference")),
        "with_whom": words(call.take("with_whom")),
        "outcome": call.take("outcome"),
        "answers": answers,
        "own": own,
    }
    call.close()
    return made


def _prior_auth(one: Box) -> dict[str, Any] | None:
    if not one:
        return None
    decision, _, more = words(one.take("decision")).partition(" ")  # "denied", or "denied in part"
    made = {
        "id": "auth-1",
        "service": words(one.take("service")),
        "state": DECISIONS.get(decision, decision) or "submitted",
        "own": {"decision": {"words": "decision", "value": f"{decision} {more}", "private": True}} if more else {},
        "submitted_on": day(one.take("submitted_on")),
        "notice_date": day(one.take("notice_date")),
        "received_on": day(one.take("received_on")),
        "reason": words(one.take("reason")),
    }
    one.close()
    return made


def _denials(one: Box, auth: dict[str, Any] | None) -> list[dict[str, Any]]:
    if not one:
        return []
    about, level = auth or {}, words(one.take("level"))
    made = {
        "id": "denial-1",
        "what": about.get("service", ""),
        "state": "open",
        "notice_date": about.get("notice_date"),
        "received_on": about.get("received_on"),
        "reason": about.get("reason", ""),
        "letter_deadline": day(one.take("letter_deadline")),
        "letter_rule": words(one.take("letter_rule")),
        "level": LEVELS.get(level, level) or None,
    }
    one.close()
    return [made]


def _referral(one: Box) -> list[dict[str, Any]]:
    if not one:
        return []
    given = any(one.raw(k) for k in ("number", "valid_from", "valid_to", "visits"))
    made = {
        "id": "referral-1",
        "state": "approved" if given else "requested",
        "number": words(one.take("number")),
        "sender": words(one.take("from")),
        "to": words(one.take("to")),
        "valid_from": day(one.take("valid_from")),
        "valid_to": day(one.take("valid_to")),
        "visits": one.take("visits"),
        "used": one.take("used"),
    }
    one.close()
    return [made]


def _estimate(one: Box) -> list[dict[str, Any]]:
    if not one:
        return []
    received = one.take("received")
    made = {
        "id": "gfe-1",
        "to": words(one.take("to")),
        "state": "received" if received not in (None, False, "no") else "asked",
        "received_on": None if received in (None, False, True, "no", "yes") else day(received),
        "asked_on": day(one.take("asked_on")),
        "scheduled_for": day(one.take("scheduled")),
        "self_pay": yesno(one.take("self_pay")),
    }
    one.close()
    return [made]


def records(step: Box) -> dict[str, Any]:
    """Step 4."""
    made: dict[str, Any] = {
        "items": [_item(i, n) for n, i in enumerate(step.boxes("items"), 1)],
        "requests": [],
        "materials": [],
        "media": [],
    }
    kinds = {i["id"]: i["kind"] for i in made["items"]}
    for number, one in enumerate(step.boxes("requests"), 1):
        request, material = _request(one, number, kinds)
        made["requests"].append(request)
        made["materials"] += material
    media = step.box("media_check")
    if media:
        made["media"] = [_media(media)]
    media.close()
    step.close()
    return made


def _item(one: Box, number: int) -> dict[str, Any]:
    could = one.box("can_change_plan")
    on = day(one.take("date"))
    made = {
        "id": slug(one.take("id"), f"item-{number}"),
        "kind": one.take("kind"),
        "title": words(one.take("what")),
        "state": one.take("state"),
        "need": one.take("need"),
        "own": kept(one, "drawn") if on else {},
        "service_date": on or day(one.take("drawn")),
        "facility": words(one.take("at")),
        "modality": words(one.take("modality")),
        "accession": words(one.take("accession")),
        "name_on_record": words(one.take("name_on_record")),
        "expected_on": day(one.take("expected")),
        "quality": words(one.take("note")),
        "can_change_plan": {"said_by": words(could.take("said_by")), "on": day(could.take("on"))},
    }
    could.close()
    one.close()
    return made


def _request(one: Box, number: int, kinds: dict[str, str]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    key = slug(one.take("id"), f"request-{number}")
    items = [slug(i, "item") for i in listed(one.take("items"))]
    more = one.box("extension")
    arrived = day(one.raw("arrived_on"))
    evidence, how = words(one.take("evidence")), words(one.take("how"))
    letter, reply = day(more.take("letter_on")), words(one.take("reply"))
    claimed = _BY_PHONE.search(reply) and _MORE_TIME.search(reply)  # more time, asked for only by voice
    material = _material(one, key, items, kinds)
    request = {
        "id": key,
        "to": words(one.take("to")),
        "items": items,
        "route": one.take("route"),
        "state": one.take("state"),
        "sent_on": day(one.take("sent_on")),
        "how": SENT_BY.get(how, how) or None,
        "received_by_holder_on": day(one.take("received_by_holder_on")),
        "evidence": EVIDENCE.get(evidence, evidence) or None,
        "reply": reply,
        "extension": {
            "announced_by": "letter" if letter else "phone" if claimed else None,
            "letter_on": letter,
            "reason": words(more.take("reason")),
            "new_date": day(more.take("new_date")),
        },
        "partly_received_on": day(one.take("partly_received_on")),
        "fulfilled_on": arrived,
    }
    more.close()
    one.close()
    return request, material


def _material(one: Box, key: str, items: list[str], kinds: dict[str, str]) -> list[dict[str, Any]]:
    sent, arrived, back = (day(one.take(k)) for k in ("shipped_on", "arrived_on", "return_by"))
    tracking, blocks, report = (words(one.take(k)) for k in ("carrier_tracking", "blocks", "report_to"))
    recuts = one.take("recuts_offered")
    kind = kinds.get(items[0] if items else "")
    tissue = kind in ("slides", "block")
    # The arrival of records is part of the request; only loans have a separate shipment.
    if not any((sent, back, tracking, blocks, report, recuts, arrived and tissue)):
        return []
    return [
        {
            "id": f"m-{key}",
            "kind": kind if tissue else None,
            "record": items[0] if items else "",
            "request": key,
            "state": "at_reviewer" if arrived else "in_transit" if sent else "requested",
            "sent_on": sent,
            "tracking": tracking,
            "received_on": arrived,
            "return_by": back,
            "blocks": blocks,
            "recuts_offered": recuts,
            "report_to": report,
        }
    ]


def _media(one: Box) -> dict[str, Any]:
    return {
        "id": "media-1",
        "kind": one.take("kind"),
        "sender": words(one.take("from")),
        "received_on": day(one.take("received_on")),
        "checked_on": day(one.take("checked_on")),
        "result": one.take("result"),
        "found": "\n".join(words(f) for f in listed(one.take("found"))),
        "missing": "\n".join(words(f) for f in listed(one.take("missing"))),
        "shown": words(one.take("shown")),
        "action": words(one.take("action")),
    }

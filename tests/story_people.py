"""The people of a story and their papers, as parts of a case."""

from __future__ import annotations

from typing import Any

from tests.story_box import Box, day, kept, plain, slug, words, yesno
from workbook.case.people import Role


def people(parties_of: Box, own: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The patient and those who help; what a person has no field for goes to `own`."""
    patient = parties_of.box("patient")
    person = {
        "name": words(patient.take("name")),
        "birth_date": day(patient.take("dob")),
        "aliases": _aliases(patient),
        "language": words(patient.take("language")),
        "interpreter": yesno(patient.take("interpreter")),
        "access_needs": plain("hearing: ", patient.take("hearing")),
        "state": words(patient.take("state")),
        "phone": words(patient.take("phone")),
    }
    own |= kept(patient, "relation", "credential", "lives_in", prefix="patient ")
    patient.close()
    parties = []
    for role in parties_of:
        one = parties_of.box(role)
        known = role in list(Role)
        relation = words(one.take("relation"))
        parties.append(
            {
                "id": slug(role, "party"),
                "role": role if known else "family",
                "name": words(one.take("name")),
                "relationship": relation if known else ", ".join(w for w in (role, relation) if w),
                "credential": words(one.take("credential")),
                "phone": words(one.take("phone")),
                "languages": words(one.take("language")),
                "lives_in": ", ".join(w for k in ("lives_in", "state") if (w := words(one.take(k)))),
                "own": {
                    **kept(one, "dob", "hearing", "interpreter"),
                    **{f"alias-{a['id']}": _noted("other name", a["name"], a["until"]) for a in _aliases(one)},
                },
            }
        )
        one.close()
    return person, parties


def _aliases(one: Box) -> list[dict[str, Any]]:
    made = []
    for number, alias in enumerate(one.boxes("aliases"), 1):
        made.append({"id": f"alias-{number}", "name": words(alias.take("name")), "until": day(alias.take("until"))})
        alias.close()
    return made


def _noted(asked: str, *parts: str | None) -> dict[str, str]:
    return {"words": asked, "value": ", ".join(p for p in parts if p)}


def authority(paper: Box, number: int) -> dict[str, Any]:
    """One authorization."""
    made = {
        "id": f"paper-{number}",
        "party": words(paper.take("party")),
        "kind": paper.take("kind"),
        "holder": words(paper.take("holder")),
        "state": paper.take("state"),
        "signed_on": day(paper.take("signed_on")),
        "expires_on": day(paper.take("expires_on")),
        "copy_on_file": bool(paper.take("copy_on_file", False)),
    }
    paper.close()
    return made

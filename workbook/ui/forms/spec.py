"""Converts the fields of a cell to specs for the browser: a dict for each question, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...case import Choice, Evidence, Mode, Source, Words, words_for
from ...case.opinions import How, Seen, fullest
from ...case.plan import AMOUNTS, Form, Told
from ...case.records import Need, RecordItem, RecordKind, RecordState
from ...content import choices, passage, seeds_of, with_values
from ...locale import N_, tr
from ..asking import catalog
from ..asking.asked_now import Spoken, conditions, to_read_aloud
from ..asking.coming import meant
from ..asking.fields import Ask, Done, Each, Grid, Group, Mark, Say, asks
from ..voice import Voice
from .state import Shows, columns, name_of, title_paths

# What a browser may autofill if the answers are about the person who types (WCAG 1.3.5).
FILLS = {
    "person.name": "name",
    "person.preferred_name": "nickname",
    "person.birth_date": "bday",
    "person.phone": "tel",
    "person.address": "street-address",
    "person.state": "address-level1",
}
_LISTS = (RecordKind.MEDICATION_LIST, RecordKind.ALLERGY_LIST)  # both clinicians ask for these anyway
ADDED = {  # what a choice among these can add by its name alone
    "clinicians": N_("Add a clinician"),
    "facilities": N_("Add a place"),
    "parties": N_("Add a person"),
}
CALLS = "insurance.calls"  # a card asks in the words of the script, which differ by plan
FOLD_FROM = 4  # entries with this many questions are collapsed, so that a list stays readable


def specs(marks: Sequence[Mark], voice: Voice, session: Shows) -> list[dict[str, Any]]:
    """The fields of a form as the browser renders them."""
    return [_spec(mark, "", voice, session) for mark in marks]


def _spec(mark: Mark, listed: str, voice: Voice, session: Shows) -> dict[str, Any]:
    when = [one.compiled() for one in conditions(mark, listed)]
    return _element(mark, listed, voice, session) | ({"when": when} if when else {})


def _element(mark: Mark, listed: str, voice: Voice, session: Shows) -> dict[str, Any]:
    if isinstance(mark, Ask):
        return question(mark, listed, voice)
    if isinstance(mark, Say):
        return _say(mark, voice)
    if isinstance(mark, Group):
        fields = [_spec(f, listed, voice, session) for f in mark.fields]
        return {"kind": "group", "question": voice.say(mark.title), "fields": fields}
    if isinstance(mark, Done):
        when = {"when": [{"path": mark.started}]} if mark.about else {}
        return {"kind": "done", "path": mark.path, "question": tr("I am done with this step")} | when
    if isinstance(mark, Grid):
        return _grid(mark, voice, session)
    return _each(mark, voice, session)


def question(mark: Ask, listed: str, voice: Voice) -> dict[str, Any]:
    """One question; empty keys are omitted."""
    words = mark.seen(listed)
    spec: dict[str, Any] = {
        "path": mark.path,
        "kind": words.kind,
        "question": (not mark.words and listed == CALLS and voice.asked_aloud(mark.path)) or voice.say(words.question),
        "hint": voice.say(words.hint),
        "why": voice.say(words.why),
        "options": _choices(words, voice),
        "target": words.target,
        "empty": tr("No clinician is listed yet.") if words.target == "clinicians" else "",
        "add": tr(ADDED[words.target]) if words.target in ADDED else "",
        "multiple": words.several,
        "unknown": words.unknown,
        "not_applicable": words.not_applicable,
        "unit": voice.say(words.unit),
        "aloud": words.aloud,
        "source": words.source,
        "private": mark.private,
        "born": mark.path.endswith("birth_date"),
        "day": meant(f"{listed}.{mark.path}") if words.kind in ("date", "moment") and not mark.own else "",
        "fill": FILLS.get(mark.path, "") if voice.mode == Mode.SELF and not listed else "",
    }
    if words.source:
        spec["sources"], spec["hows"] = _sources(voice), _members(Evidence)
    if words.kind == "answer":
        spec["options"], spec["forms"] = _members(Told), _members(Form)
        spec["amount"] = mark.path.rpartition(".")[2] in AMOUNTS  # there is room for the sum at once
        if spec["amount"]:  # nobody answers "How much" with yes or no
            said = [Told.YES.value, tr("They said how much")]
            spec["options"] = [said, *_members(Told, Told.YES)]
            spec["options"] = [one for one in spec["options"] if one[0] != Told.NO.value]
    return {k: v for k, v in spec.items() if v not in ("", [], False)}


def _choices(words: Words, voice: Voice) -> list[list[str]]:
    return [[code, voice.say(text)] for code, text in choices(words)]


def _members(kind: type[Choice], without: Choice | None = None) -> list[list[str]]:
    return [[m.value, tr(m.words)] for m in kind if m is not without]


def _sources(voice: Voice) -> list[list[str]]:
    """The possible sources; the person who fills in the workbook is "I"."""
    mine = {"self": Source.PATIENT, "caregiver": Source.CAREGIVER}.get(voice.mode, Source.ADVOCATE)
    first = tr("I wrote it down") if mine is Source.ADVOCATE else tr("I said so")
    told = {Source.PATIENT.value: voice.say(tr("{I|The patient} said so")), mine.value: first}
    return [[code, told.get(code, words)] for code, words in _members(Source, Source.COMPUTED)]


def _say(mark: Say, voice: Voice) -> dict[str, Any]:
    text = passage(mark.id)
    lines = with_values(map(voice.say, text.lines), _known(voice))
    if text.fills == "caller" and voice.caller:
        lines = [x.replace("…", voice.caller.rstrip(".") + ".") for x in lines]
    spec: dict[str, Any] = {"kind": "say", "text": lines, "copy": True}
    if "." in text.fills:  # the page fills it in, because the answer may be given on this very page
        spec["fills"] = dict(zip(("of", "part"), text.fills.rsplit(".", 1), strict=True))
    said = {
        "question": voice.say(text.title),
        "hint": voice.say(text.note),
        "questions": [_line(one, voice) for one in to_read_aloud(text.asks)],
    }
    return {**spec, **{k: v for k, v in said.items() if v}}


def _known(voice: Voice) -> dict[str, str]:
    """What fills the slots of a text to read aloud."""
    return {"caller": voice.caller, "visit": voice.visit, "patient": voice.patient}


def _line(one: Spoken, voice: Voice) -> dict[str, Any]:
    when = [condition.compiled() for condition in one.when]
    return {"text": voice.say(one.text), **({"when": when} if when else {})}


def _each(mark: Each, voice: Voice, session: Shows) -> dict[str, Any]:
    model = catalog.lists()[mark.path]
    noun = voice.say(mark.item or model.NOUN)
    shown = [f for f in mark.fields if not (isinstance(f, Ask) and f.path == mark.marks)]
    fields = [_spec(f, mark.path, voice, session) for f in shown]
    asked = {one.path for one in asks(mark.fields)}
    private = [question(Ask(n), mark.path, voice) for n in catalog.PRIVACY if n not in asked]
    if private:
        fields.append({"kind": "group", "question": tr("Keep this private"), "fields": private, "quiet": True})
    few = {"path": mark.marks, "most": mark.most, "question": tr("Which ones matter most?")}
    return ({"marks": few} if mark.marks else {}) | {
        "kind": "each",
        "path": mark.path,
        "item": noun,
        "title": title_paths(mark),
        "add": voice.say(mark.add) or tr("Add another {item}").replace("{item}", noun),
        "fields": fields,
        "fold": sum(f["kind"] not in ("say", "group") for f in fields) >= FOLD_FROM,
        "removable": True,
        "movable": True,
        "shipped": [s.id for s in seeds_of(session.case, mark.path)],
        **({"pace": mark.pace} if mark.pace else {}),
    }


def _grid(mark: Grid, voice: Voice, session: Shows) -> dict[str, Any]:
    words = words_for(Seen, "how")
    assert words is not None  # the model defines wording for this field
    options = _choices(words, voice)
    shown = [(key, item) for key, item in session.shown(mark.rows).items() if _is_compared(session, key, item)]
    return {
        "kind": "grid",
        "path": mark.value,
        "cell": mark.value + ".{row}.{column}.how",
        "question": voice.say(words.question),
        "rows": [[key, name_of(session.case, item), _way(item)] for key, item in shown],
        "columns": columns(mark, session),
        "options": options,
        "empty": tr("Above, say which clinician gave each opinion. Then fill in here what each one saw.")
        if session.case.opinions
        else "",
        "ways": _ways_to_see(options),
        "none": How.NOT_SEEN.value,
    }


def _is_compared(session: Shows, key: str, item: RecordItem) -> bool:
    """Whether it is worth asking who saw a record: it exists, somebody needs it, and it can differ."""
    asked = item.state is not RecordState.NONE and item.need is not Need.NOT_RELEVANT and item.kind not in _LISTS
    return asked or bool(session.case.viewed.get(key))


def _ways_to_see(options: list[list[str]]) -> dict[str, list[list[str]]]:
    """How records can be seen, by the fullest way: a lab result has no images."""
    words = dict(options)
    rest = [[how.value, words[how.value]] for how in (How.TOLD, How.NOT_SEEN, How.UNKNOWN)]
    report = [How.REPORT_ONLY.value, words[How.REPORT_ONLY.value]]
    full = {how.value: [[how.value, words[how.value]], report, *rest] for how in (How.IMAGES, How.SLIDES)}
    return {**full, "read": [[How.REPORT_ONLY.value, tr("Has read it")], *rest]}


def _way(item: RecordItem) -> str:
    """Which of the ways fits this record; "" for all, if its kind is not known."""
    how = fullest(item.kind)
    return "" if how is None else "read" if how is How.REPORT_ONLY else how.value

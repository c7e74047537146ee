"""The elements of a form in a cell: questions, repeated lists, texts to read aloud, groups. Plain values; no widgets.

Each verb validates its arguments at once, so that a mistake is reported in its cell. `when` is a condition on other
answers, such as `insurance.plan.type in medicare`; `conditions.py` beside this reads it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from ...case import Words, words_at
from ...case.words import Kind
from . import catalog, conditions
from .cells import mistake

PACES = ("one", "all")
READERS = ("clinician", "insurer", "family")  # whoever gets everything gets these answers, too
KINDS = ("text", "long", "one", "many", "yesno", "date", "moment", "number", "money", "phone", "pick", "check")
_PLAIN = Words("", "", "", "", 2, "text", (), False, False, "", "", False, False, False)


class OfAForm:
    """An element of a form. Alone in a cell it asks nothing, and says so."""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        verb = "when" if isinstance(self, Together) else type(self).__name__.lower()
        said = f"wb.{verb} alone asks nothing. Put it in a form: wb.form(case, wb.{verb}(…))."
        return {"text/html": f"<p>{said}</p>", "text/plain": said}


@dataclass(frozen=True)
class Ask(OfAForm):
    """One question; empty attributes default to the case's wording."""

    path: str
    words: str = ""
    kind: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    why: str = ""
    private: bool = False
    when: str = ""
    readers: tuple[str, ...] = ()

    @property
    def own(self) -> bool:
        """Whether this question is defined by the notebook."""
        return self.path.startswith("own.")

    def seen(self, listed: str = "") -> Words:
        """The wording as this notebook asks it."""
        base = _PLAIN if self.own else words_at(f"{listed}.{self.path}" if listed else self.path)
        if base is None:
            raise mistake(_no_question(self.path, listed), self.path)
        return replace(
            base,
            question=self.words or base.question,
            hint=self.hint or base.hint,
            why=self.why or base.why,
            kind=base.kind if base.kind == "last4" else cast("Kind", self.kind) or base.kind,  # no other keeps it short
            choices=self.choices or base.choices,
        )


@dataclass(frozen=True)
class Say(OfAForm):
    """A text to read aloud, from a pack."""

    id: str
    when: str = ""


@dataclass(frozen=True)
class Group(OfAForm):
    """Questions collapsed behind one line; `main` ones still count among what has no answer."""

    title: str
    fields: tuple[Mark, ...]
    when: str = ""
    main: bool = False


@dataclass(frozen=True)
class Each(OfAForm):
    """The same questions for every entry of a list."""

    path: str
    fields: tuple[Mark, ...]
    add: str = ""
    item: str = ""
    title: str = ""
    pace: str = ""
    when: str = ""
    marks: str = ""
    most: int = 3


@dataclass(frozen=True)
class Grid:
    """One choice for each pair of entries from two lists."""

    rows: str
    columns: str
    value: str = "viewed"


@dataclass(frozen=True)
class Done:
    """The checkbox that marks a step as done; shown once one of the questions it is about has an answer."""

    key: str
    about: tuple[Mark, ...] = ()

    @property
    def path(self) -> str:
        """Its path in the case."""
        return f"steps.{self.key}"

    @property
    def started(self) -> str:
        """Where a form keeps whether there is anything to be done with; not in the case."""
        return f"{self.path}.started"


Mark = Ask | Say | Group | Each | Grid | Done


@dataclass(frozen=True)
class Together(OfAForm):
    """Elements of a cell that share a condition; a form has them one by one, each with that condition."""

    when: str
    fields: tuple[str | Mark | Together, ...]


def ask(
    path: str,
    words: str | None = None,
    *,
    kind: str | None = None,
    choices: Sequence[Any] | Mapping[str, str] | None = None,
    hint: str | None = None,
    why: str | None = None,
    private: bool = False,
    when: str | None = None,
    readers: Sequence[str] | str | None = None,
) -> Ask:
    """One question, reworded or new: `wb.ask("own.ride", "Who can drive you home?", readers=["family"])`.

    It belongs in a form. Words for two readers, such as "When {can you|can the patient} walk again?", name the patient
    by their first name for whoever helps them. `kind` is text, long, one, many, yesno, date, moment, number, money
    (in dollars) or phone. `choices` are texts, or codes with a text each, as pairs or as a dict. `when` says when it is
    asked, by other answers: `wb.ask("answers.assignment", when="insurance.plan.type in medicare")`. `readers` are the
    readers of the summary who get the answer: clinician, insurer, family; without it, the clinician. Whoever gets
    everything gets it, too. With `private=True` nobody does. NotebookMistake for an unknown kind, reader or name.
    """
    if kind and kind not in KINDS:
        near = difflib.get_close_matches(kind, KINDS, 1)
        known = _meant(near[0]) if near else f" The kinds are: {', '.join(KINDS)}."
        raise mistake(f"There is no kind of answer called {kind}." + known, kind)
    if isinstance(choices, str):
        listed_choices = ", ".join(f'"{word}"' for word in re.split(r"[\s,/]+", choices.strip()))
        raise mistake(f"choices is a list. Write choices=[{listed_choices}].", choices)
    listed = choices.items() if isinstance(choices, Mapping) else choices or ()
    pairs = tuple((c, c) if isinstance(c, str) else (str(c[0]), str(c[1])) for c in listed)
    if path.startswith("own."):
        if not words:
            raise mistake(
                f"A question of your own needs its words. Write it like wb.ask({path!r}, 'Who can drive?').", path
            )
        if path.count(".") != 1 or not path[4:].replace("_", "").isalnum() or path[4:].isdigit():
            raise mistake(f"{path} needs one short name after own, such as own.parking.", path)
        if kind in ("one", "many") and not pairs:
            raise mistake(f"{path} needs choices, such as choices=['Bus', 'Car'].", path)
    elif private:
        raise mistake(f"private=True is for questions of your own, such as own.{path.rpartition('.')[2]}.", path)
    made = kind or (("one" if pairs else "text") if path.startswith("own.") else "")
    return Ask(path, words or "", made, pairs, hint or "", why or "", private, when or "", _readers(path, readers))


def _readers(path: str, given: Sequence[str] | str | None) -> tuple[str, ...]:
    """The readers of an own answer, each a known one."""
    found = (given,) if isinstance(given, str) else tuple(given or ())
    if found and not path.startswith("own."):
        raise mistake(f"readers is for questions of your own, such as own.{path.rpartition('.')[2]}.", path)
    for name in found:
        if name not in READERS:
            near = difflib.get_close_matches(str(name), READERS, 1)
            known = _meant(near[0]) if near else f" The readers are: {', '.join(READERS)}."
            raise mistake(f"There is no reader called {name}.{known}", str(name))
    return found


def each(
    path: str,
    *fields: str | Mark | Together,
    add: str | None = None,
    item: str | None = None,
    title: str | None = None,
    pace: str | None = None,
    when: str | None = None,
    marks: str | None = None,
    most: int = 3,
) -> Each:
    """The questions repeated for every entry of a list: `wb.each("insurance.calls", "when", "rep", add="Add a call")`.

    Inside, paths are relative to the entry. `add` are the words of its button, `item` those of one entry, `title` the
    question that names an entry. `pace="one"` asks an entry's questions one at a time, `pace="all"` shows them
    together. `marks` is one of them, a checkbox, for at most `most` entries: one list above the entries shows it for
    all. NotebookMistake for a list or a question that does not exist.
    """
    if path not in catalog.lists():
        near = catalog.nearest(path) or next(iter(difflib.get_close_matches(path, catalog.lists(), 1, 0.4)), "")
        raise mistake(f"There is no list called {path}." + _meant(near), path)
    if not fields:
        raise mistake(f'wb.each("{path}") needs at least one question of an entry.', path)
    made = checked(fields, path)
    if title and title not in catalog.asked(path):
        raise mistake(_no_question(title, path), title)
    if marks and not any(one.path == marks and one.seen(path).kind == "check" for one in asks(made)):
        raise mistake(f"{marks} is not a checkbox among these questions.", marks)
    return Each(path, made, add or "", item or "", title or "", paced(pace), when or "", marks or "", most)


def say(id: str, *, when: str | None = None) -> Say:  # noqa: A002  (named as in the packs)
    """A text to read aloud, by its id in a pack: `wb.say("ins-start")`; NotebookMistake if no pack has it."""
    from ... import content
    from ...errors import BadFile

    try:
        content.passage(id)
    except BadFile as error:
        raise mistake(str(error), id) from None
    return Say(id, when or "")


def group(title: str, *fields: str | Mark | Together, when: str | None = None, main: bool = False) -> Group:
    """Questions that most people do not need, behind one line: `wb.group("More about why", "goal.own_words")`.

    With `main=True` they are questions for everybody that can wait: they count among what has no answer yet. Its paths
    are validated by the form or list that contains it.
    """
    if not fields:
        raise mistake(f'The group "{title}" has no questions in it.', title)
    inside = tuple(Ask(f) if isinstance(f, str) else f for f in fields)
    return Group(title, cast("tuple[Mark, ...]", inside), when or "", main)  # `checked` leaves only marks in it


def when(condition: str, *fields: str | Mark | Together) -> Together:
    """Questions asked with the same other answers: `wb.when("state is received", "received_on", "where_kept")`."""
    if not fields:
        raise mistake(f'wb.when("{condition}") has no questions in it.', condition)
    return Together(condition, fields)


def checked(fields: Sequence[str | Mark | Together], listed: str = "") -> tuple[Mark, ...]:
    """The fields of a form or of a list's entry, each with a valid path; those of a `when` with its condition."""
    return tuple(mark for field in fields for mark in _flat(field, listed))


def _flat(field: str | Mark | Together, listed: str) -> Iterator[Mark]:
    if not isinstance(field, Together):
        yield _checked(field, listed)
        return
    conditions.parsed(field.when, listed)
    for mark in checked(field.fields, listed):
        if isinstance(mark, Grid | Done):
            raise mistake("A condition is for questions, groups, lists and texts to read aloud.", field.when)
        yield replace(mark, when=" and ".join(x for x in (field.when, mark.when) if x))


def _checked(field: str | Mark, listed: str) -> Mark:
    if isinstance(field, str):
        return _asked(Ask(field), listed)
    if isinstance(field, Ask | Say | Group | Each):
        conditions.parsed(field.when, listed)
    if isinstance(field, Ask):
        return _asked(field, listed)
    if isinstance(field, Group):
        return replace(field, fields=checked(field.fields, listed))
    if isinstance(field, Each | Grid) and listed:
        raise mistake("A list cannot be inside another list. Put it in its own form.", field_path(field))
    if isinstance(field, Say | Each | Grid | Done):
        return field
    raise mistake("A form lists paths in quotes, or wb.ask, wb.each, wb.say and wb.group.")


def paced(pace: Any) -> str:
    """The pace of a form or an entry: one question at a time, all of them, or "" for what fits the screen."""
    if pace is None or pace in PACES:
        return pace or ""
    raise mistake(
        'pace is "one" for one question at a time, or "all" for all questions together. '
        "Without it, a long form starts one at a time on a phone.",
        str(pace),
    )


def field_path(field: Each | Grid) -> str:
    """The path of the list that a field is about."""
    return field.path if isinstance(field, Each) else field.rows


def _asked(one: Ask, listed: str) -> Ask:
    if one.own:
        if not one.words:
            raise mistake(
                f"A question of your own needs its words. Write it like wb.ask({one.path!r}, 'Who can drive?').",
                one.path,
            )
        return one
    known = catalog.asked(listed)
    if one.path in known:
        return replace(one, when=one.when or conditions.default(one.path, listed))
    if not listed and one.path in catalog.lists():
        first = next(iter(n for n in catalog.asked(one.path) if n not in catalog.PRIVACY), "")
        raise mistake(f'{one.path} is a list. Write wb.each("{one.path}", "{first}").', one.path)
    inside = next((n for n in known if n.startswith(one.path + ".")), "")
    if inside:
        raise mistake(f"{one.path} has several questions. Name each one, such as {inside}.", one.path)
    near = catalog.nearest(one.path, listed)
    if (one.words or one.kind) and not near and one.path.isidentifier():
        raise mistake(
            f"{_no_question(one.path, listed)} One of your own begins with own., as own.{one.path}.", one.path
        )
    raise mistake(_no_question(one.path, listed), one.path)


def _no_question(path: str, listed: str = "") -> str:
    known = catalog.asked(listed)
    for end in range(1, len(path)):  # Python joins two texts that no comma parts
        if path[:end] in known and (path[end:] in known or path[end:].startswith("own.")):
            return f"A comma is missing between {path[:end]} and {path[end:]}."
    where = f" in {listed}" if listed else ""
    return f"There is no question called {path}{where}." + _meant(catalog.nearest(path, listed))


def _meant(near: str) -> str:
    return f" Did you mean {near}?" if near else ""


def asks(marks: Sequence[Mark]) -> Iterator[Ask]:
    """The questions among the fields, including those in groups."""
    for mark in marks:
        if isinstance(mark, Ask):
            yield mark
        elif isinstance(mark, Group):
            yield from asks(mark.fields)


def main(marks: Iterable[Mark]) -> Iterator[Mark]:
    """The fields that everybody is asked: those in the open, and those in groups that say so."""
    for mark in marks:
        if isinstance(mark, Group) and mark.main:
            yield from main(mark.fields)
        else:
            yield mark


def lists(marks: Sequence[Mark]) -> Iterator[Each]:
    """The repeated lists among the fields, including those in groups."""
    for mark in marks:
        if isinstance(mark, Each):
            yield mark
        elif isinstance(mark, Group):
            yield from lists(mark.fields)


def grids(marks: Sequence[Mark]) -> Iterator[Grid]:
    """The grids among the fields, including those in groups."""
    for mark in marks:
        if isinstance(mark, Grid):
            yield mark
        elif isinstance(mark, Group):
            yield from grids(mark.fields)

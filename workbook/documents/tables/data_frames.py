"""The lists of a case as pandas data frames, for people's own analyses. Knows the case and its wording.

The columns follow from the questions: each is named like its answer in a path, such as `sent_on`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ... import where
from ...case import Case, CaseModel, Item, Items, get, item_type, label, words_for
from ...errors import NotebookMistake
from ...locale import tr
from ..audience.redact import is_held_back
from ..wording import joined, words
from . import csv_safe

if TYPE_CHECKING:
    import pandas as pd


class Handle(Protocol):
    """An open case."""

    @property
    def case(self) -> Case: ...


LISTS = {
    "records": "records.items",
    "requests": "records.requests",
    "calls": "insurance.calls",
    "questions": "visit.questions",
    "timeline": "health.timeline",
}
_TYPES = {"number": "Int64", "money": "float64", "check": "boolean"}  # all other answers are text
_MARKS = ("private", "sensitive")

Column = tuple[str, str, Callable[[Item], Any]]


def frames(case: Case | Handle, *, private: bool = False) -> Frames:
    """The tables of an open case: `frames(case).records`, or `frames(case)["records"]`.

    Tables: records, requests, calls, questions, timeline; `help(wb.frames(case))` explains their columns. They contain
    what was entered, in the order of the page, without untouched shipped entries. Private and sensitive
    entries and their names are left out unless `private=True`; then two more columns mark them.
    """
    found = case if isinstance(case, Case) else getattr(case, "case", None)
    if not isinstance(found, Case):
        raise NotebookMistake(tr("wb.frames needs the open workbook, as in: wb.frames(case)"))
    if where.in_browser():
        raise NotebookMistake(tr("wb.frames only works in the workbook on a computer, because it needs pandas."))
    return Frames({name: _frame(found, name, private) for name in LISTS})


class Frames(Mapping[str, "pd.DataFrame"]):
    """Five tables of one case, by name or as attributes. An empty list is a table with columns and no rows.

    Types: text is `string`, and a choice is its label. A date has two columns: as given, which may be "2026-11",
    "2021~" (about 2021) or "unknown", and, with the suffix `_day`, as `datetime64`, missing unless it is one complete,
    certain day; a moment also has its time there. Numbers are `Int64`, dollars `float64`, checks `boolean`.
    Unknown values are missing (`<NA>`, `NaT`, `NaN`). Several names are joined by "; ". Answers to your own
    questions are columns such as `own.parking`, as text.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        self._tables = dict(tables)

    @property
    def records(self) -> pd.DataFrame:
        """One row a record.

        Text: id, kind, title, state, need, facility, modality, body_part, accession, name_on_record, where_kept,
        version, quality, can_change_plan.said_by.
        Names: needed_for, paired_with, seen_by (the clinicians who saw it and how).
        Dates: service_date, expected_on, received_on, can_change_plan.on, each also as `_day`.
        """
        return self._tables["records"]

    @property
    def requests(self) -> pd.DataFrame:
        """One row a records request.

        Text: id, to, scans, route, state, how, evidence, reply, extension.announced_by, extension.reason,
        denial.reason, denial.reviewable. Names: items (the records asked for), signed_by. Dollars: fee_asked, fee_paid.
        Dates: sent_on, received_by_holder_on, extension.letter_on, extension.new_date, denial.on, partly_received_on,
        fulfilled_on, each also as `_day`. Checks: extension.second_time, no_clock_known.
        """
        return self._tables["requests"]

    @property
    def calls(self) -> pd.DataFrame:
        """One row a call to the plan.

        Text: id, number, rep, reference, with_whom, outcome, notes. Minutes: minutes. Date and time: when, also as
        `when_day`. For each question (referral, prior_auth, network, outside_network, cost_share, repeat_tests,
        facility_network, lab_network, pathology_network, imaging_network, gap_exception, visit_count, assignment,
        virtual_covered, slide_review_cost) three texts: answers.referral.answer, answers.referral.detail,
        answers.referral.form, where `form` is whether it was spoken or written.
        """
        return self._tables["calls"]

    @property
    def questions(self) -> pd.DataFrame:
        """One row a question for the visit, with its answer.

        Text: id, text, group, state, origin, answer, answer_state, say_back, more_answers (what other clinicians
        said). Names: to_whom, answered_by. Minutes: minutes. Date: answered_on, also as `_day`. Check: top.
        """
        return self._tables["questions"]

    @property
    def timeline(self) -> pd.DataFrame:
        """One row an event: a symptom, a test, a visit.

        Text: id, what, kind, where. Name: record. Date: on, also as `on_day`.
        """
        return self._tables["timeline"]

    def csv(self, name: str) -> str:
        """One table as CSV text; cells that a spreadsheet would run as a formula begin with an apostrophe."""
        if name not in self._tables:
            known = ", ".join(self._tables)
            raise NotebookMistake(
                tr("There is no table with that name. The tables are: {names}.").replace("{names}", known)
            )
        return csv_safe.to_text(self._tables[name])

    def to_csv(self, folder: str | Path) -> list[Path]:
        """Writes each table as a CSV file (UTF-8, for spreadsheets) into the folder, and returns the files.

        Existing files are replaced. The files contain case data: store them only where the case may be.
        """
        files = [Path(folder) / f"{name}.csv" for name in self._tables]
        for file in files:
            csv_safe.write(self.csv(file.stem), file)
        return files

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self._tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def __repr__(self) -> str:
        sizes = ", ".join(f"{name}: {len(table)}" for name, table in self._tables.items())
        return f"<tables and their rows: {sizes}>"


def _frame(case: Case, name: str, private: bool) -> pd.DataFrame:
    import pandas as pd

    path = LISTS[name]
    look = _Look(case, private)
    rows = [item for item in get(case, path).values() if look.may(item)]
    columns = [*look.columns(item_type(path), ""), *look.own(rows)]
    if name == "records":
        columns.append(("seen_by", "string", look.seen_by))
    if name == "questions":
        columns.append(("more_answers", "string", look.more_answers))
    if private:
        columns += [(mark, "boolean", partial(_at, path=mark)) for mark in _MARKS]
    made = {}
    for column, kind, value in columns:
        found = [value(row) for row in rows]
        made[column] = pd.Series(found, dtype="object").astype(kind) if kind != "day" else days(found)
    return pd.DataFrame(made, index=pd.RangeIndex(len(rows)))


def days(values: Sequence[str | None]) -> pd.Series:
    """Dates as given, as days; missing unless it is one complete, certain day."""
    import pandas as pd

    whole = [v if v and len(v) >= len("2026-11-22") and not v.endswith("~") else None for v in values]
    return pd.to_datetime(pd.Series(whole, dtype="object"), format="ISO8601", errors="coerce").astype("datetime64[s]")


class _Look:
    """What may be shown of a case, and how each kind of answer becomes a cell."""

    def __init__(self, case: Case, private: bool) -> None:
        self.case, self.private = case, private

    def may(self, item: Item | None) -> bool:
        return item is not None and (self.private or not is_held_back(item))

    def columns(self, model: type[CaseModel], prefix: str) -> Iterator[Column]:
        """The columns of the model's fields, nested ones by path."""
        for name, info in model.model_fields.items():
            asked, path = words_for(model, name), prefix + name
            if name in (*_MARKS, "own"):
                continue
            if isinstance(info.default, CaseModel):
                yield from self.columns(type(info.default), f"{path}.")
            elif asked and asked.target:
                yield path, "string", partial(self.named, path=path, target=asked.target)
            elif asked and asked.kind in ("date", "moment"):
                yield path, "string", partial(_at, path=path)
                yield f"{path}_day", "day", partial(_at, path=path)
            else:
                kind = _TYPES.get(asked.kind, "string") if asked else "string"
                yield path, kind, partial(_text if kind == "string" else _plain, path=path)

    def own(self, rows: list[Item]) -> Iterator[Column]:
        keys = dict.fromkeys(k for row in rows for k, own in row.own.items() if self.private or not own.private)
        for key in keys:
            yield f"own.{key}", "string", partial(self.own_answer, key=key)

    def own_answer(self, item: Item, key: str) -> str | None:
        own = item.own.get(key)
        if own is None or (own.private and not self.private):
            return None
        return own.said or words(own.value) or None

    def named(self, item: Item, path: str, target: str) -> str | None:
        value = _at(item, path)
        return self.names(target, value if isinstance(value, tuple) else (value,))

    def names(self, target: str, keys: tuple[str, ...]) -> str | None:
        items: Items[Any] = get(self.case, target)
        return joined((label(self.case, target, k) for k in keys if self.may(items.get(k))), "; ") or None

    def seen_by(self, item: Item) -> str | None:
        cells = self.case.viewed.get(item.id, {})
        told = ((self.names("clinicians", (key,)), words(seen.how)) for key, seen in cells.items() if seen.how)
        return joined((f"{who}: {how}" for who, how in told if who), "; ") or None

    def more_answers(self, item: Item) -> str | None:
        found = [a for a in self.case.visit.more_answers.values() if a.question == item.id and self.may(a)]
        return joined((joined([self.names("clinicians", (a.clinician,)), a.words], ": ") for a in found), "; ") or None


def _at(item: Item, path: str) -> Any:
    return reduce(getattr, path.split("."), item)


def _text(item: Item, path: str) -> str | None:
    return words(_at(item, path)) or None


def _plain(item: Item, path: str) -> Any:
    value = _at(item, path)
    return float(value) if isinstance(value, Decimal) else value

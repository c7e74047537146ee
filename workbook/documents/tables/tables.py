"""The tables of a case, by name and as attributes, with what each column is. Knows the data frames.

`wb.tables` is the way to them; `wb.frames` is its old name.
"""

from __future__ import annotations

import datetime as dt
import difflib
import html
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ... import where
from ...case import Case
from ...errors import NotebookMistake
from ...locale import tr
from . import csv_safe
from .data_frames import LISTS, Handle, of_deadlines, of_list, of_own_answers

if TYPE_CHECKING:
    import pandas as pd

_CELL = "text-align:left;vertical-align:top;padding:.35em 1em .35em 0;border-bottom:1px solid #c9d3da"


def tables(case: Case | Handle, *, private: bool = False) -> Tables:
    """The lists of an open case as pandas tables: `tables(case).records`, or `tables(case)["records"]`.

    Tables: records, requests, calls, questions, timeline, tasks, time, clinicians, results, deadlines, own_answers;
    `help(wb.tables(case))` explains their columns, types and units. They contain what was entered, in the order of the
    page, without untouched shipped entries. Private and sensitive entries and their names are left out unless
    `private=True`; then two more columns mark them. NotebookMistake for anything but a workbook, for a table that does
    not exist, and in a browser alone.

    >>> int(tables(Case()).time["minutes"].sum())
    0
    """
    found = case if isinstance(case, Case) else getattr(case, "case", None)
    if not isinstance(found, Case):
        raise NotebookMistake(tr("wb.tables needs the open workbook, as in: wb.tables(case)"))
    if where.in_browser():
        raise NotebookMistake(tr("wb.tables only works in the workbook on a computer, because it needs pandas."))
    day = dt.date.fromisoformat(found.demo_today) if found.demo_today else dt.datetime.now().astimezone().date()
    made = {name: of_list(found, name, private) for name in LISTS}
    return Tables({**made, "deadlines": of_deadlines(found, day), "own_answers": of_own_answers(found, private)})


class NoSuchTable(NotebookMistake, AttributeError, KeyError):
    """A table that does not exist; with the name that comes near."""

    def __str__(self) -> str:
        return str(self.args[0])


class Tables(Mapping[str, "pd.DataFrame"]):
    """The tables of one case, by name or as attributes. An empty list is a table with columns and no rows.

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
        version, quality, can_change_plan.said_by. Number: pages.
        Names: needed_for, paired_with, seen_by (the clinicians who saw it and how).
        Dates: service_date, expected_on, received_on, can_change_plan.on, each also as `_day`.
        """
        return self._tables["records"]

    @property
    def requests(self) -> pd.DataFrame:
        """One row a records request.

        Text: id, to, scans, mrn, delivery, route, asker, permission_ends, state, how, evidence, reply,
        extension.announced_by, extension.reason, denial.reason, denial.reviewable. Names: items (the records asked
        for), signed_by. Dollars: fee_asked, fee_paid. Dates: service_from, service_to, permission_until, sent_on,
        received_by_holder_on, extension.letter_on, extension.new_date, denial.on, partly_received_on, fulfilled_on,
        each also as `_day`.
        Checks: extension.second_time, no_clock_known.
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

    @property
    def tasks(self) -> pd.DataFrame:
        """One row a task.

        Text: id, what, who, reason, origin. Date: due, also as `due_day`. Check: finished.
        """
        return self._tables["tasks"]

    @property
    def time(self) -> pd.DataFrame:
        """One row an entry of the time log.

        Text: id, kind, what. Date: on, also as `on_day`. Minutes: minutes. Check: billable.
        """
        return self._tables["time"]

    @property
    def clinicians(self) -> pd.DataFrame:
        """One row a clinician or clinic.

        Text: id, name, role, kind, state, specialty, sub_focus, facility, experience, network, accepts_assignment,
        virtual_ok, exam_needed, license_states, npi, relation_to_other, owns_share_of, records_to, slides_to,
        cut_off_rule, phone, fax, mrn, why_not. Name: facility_id (the place in the list of places). Miles:
        distance_miles. Minutes: slot_minutes. Months: images_max_age_months. Dates: first_date, license_checked_on,
        board_checked_on, saw_on, each also as `_day`.
        """
        return self._tables["clinicians"]

    @property
    def results(self) -> pd.DataFrame:
        """One row a test result.

        Text, as the laboratory gives it: id, name, value, unit, range, where. Date: on, also as `on_day`.
        """
        return self._tables["results"]

    @property
    def deadlines(self) -> pd.DataFrame:
        """One row a date that counts, or one that has not started; the same as `wb.status(case).deadlines`.

        Days, as `datetime64`: due (missing while its start is unknown), aim (the day to aim for). Text: rule, about (a
        path), text, certainty, evidence, fact (the id of the rule's source). Check: counts (False for a secondary
        date).
        """
        return self._tables["deadlines"]

    @property
    def own_answers(self) -> pd.DataFrame:
        """One row an answer to a question that somebody added.

        Text: path, question, kind, answer, entry (the name of the entry it was asked for; missing for the whole case).
        """
        return self._tables["own_answers"]

    def csv(self, name: str) -> str:
        """One table as CSV text; cells that a spreadsheet would run as a formula begin with an apostrophe."""
        return csv_safe.to_text(self[name])

    def to_csv(self, folder: str | Path) -> list[Path]:
        """Writes each table as a CSV file (UTF-8, for spreadsheets) into the folder, and returns the files.

        Existing files are replaced. The files contain case data: store them only where the case may be.
        """
        files = [Path(folder) / f"{name}.csv" for name in self._tables]
        for file in files:
            csv_safe.write(self.csv(file.stem), file)
        return files

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name in self._tables:
            return self._tables[name]
        near = difflib.get_close_matches(str(name), self._tables, 1)
        said = tr("There is no table with that name. The tables are: {names}.").replace("{names}", ", ".join(self))
        meant = tr("Did you mean {id}?").replace("{id}", near[0]) if near else ""
        raise NoSuchTable(f"{said} {meant}".strip())

    def __contains__(self, name: object) -> bool:
        return name in self._tables

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_"):  # what Jupyter and Python look for
            raise AttributeError(name)
        return self[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def __repr__(self) -> str:
        sizes = ", ".join(f"{name}: {len(table)}" for name, table in self._tables.items())
        return f"<tables and their rows: {sizes}>"

    def _repr_html_(self) -> str:
        """The tables with their sizes and columns, as wide as the page."""
        rows = "".join(
            f'<tr><th scope="row" style="{_CELL}">{name}</th><td style="{_CELL}">{len(table)}</td>'
            f'<td style="{_CELL};overflow-wrap:anywhere">{html.escape(", ".join(map(str, table.columns)))}</td></tr>'
            for name, table in self._tables.items()
        )
        heads = "".join(f'<th scope="col" style="{_CELL}">{head}</th>' for head in ("Table", "Rows", "Columns"))
        return f'<table style="width:100%"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'

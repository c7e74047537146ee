"""What a notebook gets of a scan: a summary to read, and tables. Knows the inventory, the case and its wording."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from ...case import Case
from ...case.field_types import clean
from ...errors import NotebookMistake
from ...locale import plural, tr
from ..errors import one_sentence, unreadable
from ..match import checking
from ..values import Inventory
from . import in_short, report, table

if TYPE_CHECKING:
    import pandas as pd

    from ...documents.tables.data_frames import Handle

MOST = 60  # lines of one part of the summary; the tables have them all


def look(
    path: str | Path,
    case: Case | Handle | None = None,
    *,
    go_on: bool = False,
    password: str = "",
    progress: Callable[[int, int, Inventory], object] | None = None,
) -> Looked:
    """What is in a folder, on a disc, in a zip or in one file.

    With an open case it is compared with that person and the checklist, and reading stops if it names somebody else;
    with `go_on=True` it is read all the same, if you may have it. `password` opens locked files; do not write it into a
    notebook, but ask for it with `getpass.getpass()`. `progress(files read, of how many, found so far)` is
    called after each file; if it returns False, reading stops. Nothing is changed, unpacked to disk or sent anywhere.
    Raises WorkbookError, with one sentence, if there is nothing to read.
    """
    if not isinstance(path, str | Path):
        raise NotebookMistake(tr('scan.look needs a folder, a disc, a zip or a file, as in: scan.look("D:/")'))
    whose = case if case is None or isinstance(case, Case) else getattr(case, "case", None)
    if case is not None and not isinstance(whose, Case):
        raise NotebookMistake(tr("scan.look needs the open workbook, as in: scan.look(path, case)"))
    with one_sentence(unreadable()):
        return Looked(checking.look(path, whose, progress, go_on=go_on, password=password), whose)


class Looked:
    """What was found, as a summary and as six tables: files, studies, series, documents, results, whose.

    `len(found)` is the number of files, members of archives included; `print(found)` is the text of `workbook scan`,
    and `found.inventory` has the plain values behind it all. The tables are pandas data frames, made when they are
    first asked for. Types: text is `string`; numbers are `Int64`, and values of results `float64`; yes or no is
    `boolean`. What a file does not say is missing (`<NA>`, `NaN`, `NaT`). A count of 0 means that a file lists none,
    not that there are none. A date has two columns: as given, such as "2026-11", and, with the suffix `_day`, as
    `datetime64`, missing unless it is one whole day. Sizes are in bytes.
    """

    def __init__(self, inventory: Inventory, case: Case | None = None) -> None:
        self.inventory, self._case = inventory, case

    @cached_property
    def files(self) -> pd.DataFrame:
        """One row a file, in order.

        Text: path (below what was scanned; a member of an archive is `archive.zip!/member`), kind (by content), status
        (ok, damaged, refused, duplicate, skipped), why, patient, modality, body_part, description, study_uid.
        Numbers: size (bytes), pages (of a PDF), medications, allergies, problems, labs, encounters (listed in it).
        Yes or no: is_scan (the pages of a PDF are pictures). Dates: birth (as text only), date.
        """
        return table.frame(self.inventory)

    @cached_property
    def studies(self) -> pd.DataFrame:
        """One row a scan.

        Text: study_uid, name, modality (DICOM codes), body_part, description, accession, place, missing (what is not
        here), note. Numbers: series, images (files with pictures, without duplicates), frames (the pictures in them).
        Dates: birth (as text only), date.
        """
        return table.studies(self.inventory)

    @cached_property
    def series(self) -> pd.DataFrame:
        """One row a series of a scan.

        Text: study_uid, series_uid, number (as the scanner wrote it), description, modality, holds (images, report,
        key images, marks, and others), missing_numbers (such as "7-8, 12"). Numbers: images (files), frames (pictures).
        """
        return table.series(self.inventory)

    @cached_property
    def documents(self) -> pd.DataFrame:
        """One row a record that could be read: a report, a letter, a health summary, claims.

        Text: path, kind, title, patient, notes. Names, joined by "; ": medication_names, allergy_names,
        diagnosis_names. Numbers: medications, allergies, problems (diagnoses), labs, encounters, results. "None known"
        and what was withdrawn are not counted. Dates: birth (as text only), date.
        """
        return table.documents(self.inventory)

    @cached_property
    def results(self) -> pd.DataFrame:
        """One row a test result, as the file gives it: nothing is converted, and nothing says what a value means.

        Text: path, name, value, unit, range (the laboratory's), flag (as the laboratory set it), code (LOINC).
        Number: value_number, if the value is one, without a sign such as "<". Date: date.
        """
        return table.results(self.inventory)

    @cached_property
    def whose(self) -> pd.DataFrame:
        """How we know whose it is: one row each name, birth date and number that is not the patient's without doubt.

        Text: name, id (the number of the patient), place (field, list: of the disc, text: the words of a document),
        verdict (other, cannot tell; missing without a case), why, paths (the first files). Number: files. Date: birth
        (as text only). Without a case: what is doubtful, or of several people.
        """
        return table.whose(self.inventory)

    def __len__(self) -> int:
        return len(self.inventory.files)

    def __repr__(self) -> str:
        files = plural("1 file", "{n} files", len(self))
        return f"<{': '.join(x for x in (files, in_short.counted(self.inventory)) if x)}>"

    def __str__(self) -> str:
        return report.text(self.inventory, self._case)

    def _repr_html_(self) -> str:
        """The summary for a notebook: no script, and as wide as the page, also on a phone."""
        return (
            '<div class="wb-looked" style="max-width: 44rem; overflow-wrap: anywhere; line-height: 1.5">'
            + "".join(_part(title, lines) for title, lines in report.sections(self.inventory, self._case))
            + "</div>"
        )


def _part(title: str, lines: list[str]) -> str:
    more = len(lines) - MOST
    shown = [*lines[:MOST], *([plural("1 more line.", "{n} more lines.", more)] if more > 0 else [])]
    rows = "".join(f'<li dir="auto">{escape(clean(line))}</li>' for line in shown)
    head = f'<h3 dir="auto" style="font-size: 1.05rem; margin: 1rem 0 .3rem">{escape(clean(title))}</h3>'
    return head + (f'<ul style="margin: 0; padding-inline-start: 1.3rem">{rows}</ul>' if rows else "")

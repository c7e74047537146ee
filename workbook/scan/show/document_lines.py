"""A record that could be read as a line: what it is called, and what it lists. Knows the values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ...locale import plural, tr
from ...locale.dates import show_day
from ..phrases.no_data import counted
from ..values import HealthRecord
from .file_lines import short


def line(document: HealthRecord, pages: int | None = None, file: str = "", *, day: bool = True) -> str:
    """`Summary of Care (summary.xml): 1 medicine listed`. It never says that a list is complete.

    A record without a title is called by the name of its file, as `file` or else as its path.
    """
    file = file or short(document.path)
    medicines, allergies = len(counted(document.medications)), len(counted(document.allergies))
    counts = (
        (pages or 0, plural("1 page", "{n} pages", pages or 0)),
        (medicines, plural("1 medicine listed", "{n} medicines listed", medicines)),
        (allergies, plural("1 allergy listed", "{n} allergies listed", allergies)),
        (document.problems, plural("1 diagnosis listed", "{n} diagnoses listed", document.problems)),
        (document.labs, plural("1 lab result", "{n} lab results", document.labs)),
        (document.encounters, plural("1 visit", "{n} visits", document.encounters)),
    )
    what = [show_day(document.date) if day else "", *(words for n, words in counts if n), *document.notes]
    told = "; ".join(x.rstrip(".") for x in what if x)
    if not told and (n := len(document.studies)):
        told = plural("It names 1 scan", "It names {n} scans", n)
    if document.title:
        return ": ".join(x for x in (f"{document.title.rstrip('.')} ({file})", told) if x)
    return f"{file}: {told or tr('A record in which we found nothing to list')}"


def file_names(paths: Iterable[str]) -> dict[str, str]:
    """The name by which each file is called: without its folders, unless another file has the same name.

    >>> file_names(["a/report.pdf", "b/report.pdf", "all.zip!/docs/labs.csv"])
    {'a/report.pdf': 'a/report.pdf', 'b/report.pdf': 'b/report.pdf', 'all.zip!/docs/labs.csv': 'labs.csv'}
    """
    plain = {path: path.rpartition("/")[2] or path for path in paths}
    count = Counter(plain.values())
    return {path: short(name if count[name] == 1 else path) for path, name in plain.items()}

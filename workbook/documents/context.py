"""What documents other than letters share: the patient, the redacted case, and the view of the day.

Knows the case, the reader and the rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..case import Case, YesNo, full_name
from ..locale import tr
from .audience.redact import seen_by
from .catalog import NOTES, Wanted
from .own_questions import to_print
from .summary.fit import LARGE
from .summary.parts import head, unnamed
from .tree import blocks as B  # noqa: N812
from .wording import joined

if TYPE_CHECKING:
    from ..rules import View

BLANK = "______________________"
"""Blank space for a few handwritten words where the case has no value yet."""


def as_read(case: Case, wanted: Wanted, reader: str = "clinician") -> Case:
    """The case without unselected private or sensitive entries, and with the questions that a paper prints."""
    seen = seen_by(case, reader, wanted.include)
    return seen.model_copy(update={"visit": seen.visit.model_copy(update={"questions": to_print(seen)})})


def both_in(case: Case) -> Case:
    """The case redacted for two clinicians who have given their opinions.

    Leaving out the first conclusion is for a clinician who has not looked yet: with two opinions in, nothing is.
    """
    given = {o.clinician for o in case.opinions.values() if o.diagnosis or o.recommended}
    if len(given) < 2 or case.records.show_first_conclusion is not YesNo.NO:
        return case
    return case.model_copy(update={"records": case.records.model_copy(update={"show_first_conclusion": None})})


def view_of(case: Case, wanted: Wanted) -> View:
    """The view of the case on the date printed on the document, with the dated facts."""
    from ..law import load
    from ..rules import View

    return View(case, load(), wanted.today)


def framed(
    case: Case,
    wanted: Wanted,
    title: str,
    blocks: Iterable[B.Block],
    *,
    size: float = 10,
    named: bool = False,
    full: bool = False,
    notes: Iterable[str] = (),
) -> dict[str, Any]:
    """The document frame: title, patient, who prepared it when, and the disclaimer.

    `size` is in points, of normal print. `named` prints only the name, for papers that stay
    with the person. `full` is for a page that is filled to its end: the disclaimer comes first, never alone on a
    last page. `notes` are for the sender and not part of any file.
    """
    told = {key: value for key, value in head(case, wanted.today)[0].items() if key not in ("k", "title")}
    lacks = [] if named else unnamed(case)
    if named:
        told["subject"] = full_name(case) or tr("Name: {blank}").format(blank=BLANK)
    if full:
        blocks = [B.para([B.text(told.pop("footer"), i=True)]), *blocks]
    size = LARGE if wanted.large else size
    return {
        **B.document(title, blocks, lang=case.language, paper=wanted.paper, size=size, **told),
        NOTES: [note for note in (*lacks, *notes) if note],
    }


def who(case: Case, key: str) -> str:
    """A clinician's name and clinic, as far as known."""
    found = case.clinicians.get(key)
    return joined([found.name, found.facility]) if found else ""

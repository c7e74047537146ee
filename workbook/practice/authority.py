"""The permissions of all workbooks: who may act, with which office, until when. Knows the rules and the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..case import Case, first_name, label, told_apart
from ..case.partial_dates import latest
from ..case.people import Authority, PaperState
from ..law import load
from ..locale import tr
from ..rules import View
from ..rules.alerts.people import is_good, needed_until
from ..store import open_store
from .chosen import today as own_day
from .due import open_cases
from .rows import Rows

TOO_SOON, ENDED, REVOKED, UNSIGNED, VALID = "ends too soon", "ended", "revoked", "not signed yet", "valid"
_ORDER = (TOO_SOON, ENDED, REVOKED, UNSIGNED, VALID)


class Permission(NamedTuple):
    """One signed form, or one that is not signed yet."""

    case: str
    name: str
    who: str
    form: str
    office: str
    allows: str
    until: dt.date | None
    until_event: str
    needed_until: dt.date | None
    status: str
    path: str
    private: bool

    @property
    def ends(self) -> str:
        """Its last day, or what ends it."""
        return ", ".join(filter(None, (self.until.isoformat() if self.until else "", self.until_event)))


_HEADS = {"name": "Workbook", "status": "Status", "ends": "Ends", "needed_until": "Needed until", "who": "Who"}
_HEADS |= {"form": "Form", "office": "Office", "allows": "Allows"}


def authority(on: dt.date | str | None = None) -> Rows[Permission]:
    """The permissions in all workbooks of this computer, those that need something first: like `workbook authority`.

    Each row has `case` (the id), `name`, `who` (whom the form names), `form`, `office`, `allows`, `until` (a date, or
    None), `until_event` (what ends it), `needed_until` (the last visit to come, else the day to decide by), `status`,
    `path`, and `private`. `status` is "ends too soon" (before it is needed), "ended", "revoked", "not signed yet" or
    "valid". Demo, paused and closed workbooks are left out. `on` is the day to count from, a date or such as
    "2026-11-29"; today without it. ValueError for other text.

    >>> len(authority("2026-11-29").find("hospital"))
    0
    """
    day = dt.date.fromisoformat(on) if isinstance(on, str) else on or dt.datetime.now().astimezone().date()
    return table(open_cases(open_store()), day)


def table(cases: Iterable[Case], day: dt.date | None = None) -> Rows[Permission]:
    """The permissions of these cases on this day; without one, each on its own."""
    known = list(cases)
    names = told_apart(((case.id, case.nickname, first_name(case)) for case in known), patients=True)
    found = [one._replace(name=names[case.id]) for case in known for one in of_case(case, day or own_day(case))]
    found.sort(key=lambda one: (_ORDER.index(one.status), one.until or dt.date.max, one.name))
    return Rows(Permission, found, _HEADS, "Permissions", "No permission form is written down in an open workbook.")


def of_case(case: Case, day: dt.date) -> Iterator[Permission]:
    """The permissions of one case."""
    view = View(case, load(), day)
    needed = needed_until(view)
    for paper in case.authorities.values():
        yield Permission(
            case.id,
            "",
            label(case, "parties", paper.party) if paper.party else "",
            tr(paper.kind.words) if paper.kind else "",
            paper.holder,
            paper.scope,
            latest(paper.expires_on),
            paper.expires_event,
            needed,
            _status(view, paper, needed),
            f"authorities.{paper.id}",
            paper.private or paper.sensitive,
        )


def _status(view: View, paper: Authority, needed: dt.date | None) -> str:
    end = latest(paper.expires_on)
    if paper.revoked_on or paper.state is PaperState.REVOKED:
        return REVOKED
    if paper.state is PaperState.EXPIRED or (end and end < view.today):
        return ENDED
    if not is_good(view, paper):
        return UNSIGNED
    return TOO_SOON if end and needed and end < needed else VALID

"""Assignment between people of a practice: hand-over, cover on holidays, sharing with a team. Knows SQL; no cases."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ...errors import StoreTrouble
from .connection import Link


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be offered a workbook, or who covers for others."""

    role: str
    shown: str
    kind: str
    teams: tuple[str, ...]
    is_me: bool

    @property
    def name(self) -> str:
        """The shown name, else the sign-in name."""
        return self.shown or self.role


@dataclass(frozen=True, slots=True)
class Offer:
    """A hand-over that was offered; `state` is offered, accepted, refused or withdrawn."""

    number: int
    case_id: str
    nickname: str
    from_role: str
    to_role: str
    note: str
    state: str
    offered: dt.datetime
    answered: dt.datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Cover:
    """One colleague works in all workbooks of another from one day to another, both included."""

    role: str
    by_role: str
    first: dt.date
    last: dt.date


class Team:
    """What the signed-in person may do with assignments. Every method may raise StoreTrouble with one sentence."""

    def __init__(self, link: Link) -> None:
        """`link` is the connection of a store."""
        self.link = link

    def people(self) -> list[Person]:
        """Colleagues, and the clients of the workbooks here."""
        with self.link.transaction() as db:
            rows = db.execute("select role, shown, kind, teams, is_me from colleagues()").fetchall()
        return [Person(role, shown, kind, tuple(teams), me) for role, shown, kind, teams, me in rows]

    def covers(self) -> list[Cover]:
        """Who covers for the signed-in person, and for whom they cover, from today on."""
        with self.link.transaction() as db:
            return [Cover(*row) for row in db.execute("select * from covers_here()").fetchall()]

    def shares(self) -> list[tuple[str, str]]:
        """The id of each workbook here that a team sees, with the team."""
        with self.link.transaction() as db:
            return db.execute("select case_id, team from shares_here()").fetchall()

    def offers(self) -> list[Offer]:
        """What was offered by or to the signed-in person, oldest first."""
        with self.link.transaction() as db:
            rows = db.execute("select * from offers_here()").fetchall()
        return [Offer(*row) for row in rows]

    def offer(self, case_id: str, to: str, note: str = "") -> int:
        """Offers a workbook to another advocate, who sees its name and the note until they accept; its number."""
        return int(self._call("select offer(?, ?, ?)", case_id, to, note))

    def accept(self, number: int) -> str:
        """Takes over a workbook; its id, which is another one if there is such an id here already."""
        return str(self._call("select answer(?, 'accepted', '')", number))

    def refuse(self, number: int, reason: str = "") -> None:
        """Leaves the workbook where it is, and says why."""
        self._call("select answer(?, 'refused', ?)", number, reason)

    def withdraw(self, number: int) -> None:
        """Takes back one's own offer."""
        self._call("select answer(?, 'withdrawn', '')", number)

    def cover(self, helper: str, first: dt.date, last: dt.date) -> None:
        """Lets a colleague see and change all workbooks here from one day to another, both included.

        The days begin and end at midnight where the one who is away lives, wherever the database and the colleague are.
        """
        try:
            moments = [_midnight(first), _midnight(last + dt.timedelta(days=1))]
        except (OverflowError, ValueError):
            raise StoreTrouble("Check the year of both days.") from None
        self._call("select cover(?, ?, ?, ?, ?)", helper, first, last, *moments)

    def end_cover(self, helper: str) -> None:
        """Ends it before its last day."""
        self._call("select end_cover(?)", helper)

    def share(self, case_id: str, team: str, *, shared: bool = True) -> None:
        """Shows a workbook to everyone in a team, or no longer."""
        self._call("select share(?, ?, ?)", case_id, team, shared)

    def invite(self, case_id: str, client: str) -> None:
        """Opens the workbook to the client it is about, who sees no other one."""
        self._call("select invite(?, ?)", case_id, client)

    def _call(self, statement: str, *values: object) -> Any:
        with self.link.transaction() as db:
            row = db.execute(statement, values).fetchone()
        return row[0] if row else None


def _midnight(day: dt.date) -> dt.datetime:
    """When the day begins in this process's time zone, which a page sets to the zone of its browser."""
    return dt.datetime.combine(day, dt.time()).astimezone()

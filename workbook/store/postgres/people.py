"""Who works in a practice: the roles that sign in, their teams, and the log. For the person who runs the database."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...errors import StoreTrouble
from .migrate import AUDITOR, PERSON

if TYPE_CHECKING:
    from .connection import Connection

KINDS = ("advocate", "client", "auditor")
_NAME = re.compile(r"[a-z_][a-z0-9_-]{0,30}")
NOT_A_NAME = "A sign-in name begins with a small letter and has small letters, digits, - and _, at most 31."
TAKEN = "There is a role of this name already, and it is not one of this practice. Choose another name."
NO_SUCH = "There is nobody of this name in this practice."
_RESERVED = ("postgres", "public", "none", "session_user", "current_user", "user")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log: who did what to which workbook, and where in it; never an answer."""

    at: dt.datetime
    who: str
    action: str
    case_id: str
    places: tuple[str, ...]
    other: str


def add(db: Connection, role: str, kind: str, shown: str = "", password: str | None = None) -> None:
    """Lets somebody sign in, or changes their shown name or password. Without a password, the system vouches for them.

    StoreTrouble for a name that does not fit, or that belongs to a role from elsewhere.
    """
    from psycopg import sql

    if not _NAME.fullmatch(role) or role in _RESERVED or role.startswith(("pg_", "workbook_")):
        raise StoreTrouble(NOT_A_NAME)
    name, group = sql.Identifier(role), sql.Identifier(AUDITOR if kind == "auditor" else PERSON)
    with db.transaction():
        known = db.execute("select kind from workbook.people where role = %s", (role,)).fetchone()
        exists = db.execute("select 1 from pg_roles where rolname = %s", (role,)).fetchone()
        if exists and not known:
            raise StoreTrouble(TAKEN)
        if known and known[0] != kind:
            raise StoreTrouble(f"{role} is here already, as {known[0]}. Remove them first.")
        if not exists:
            plain = "create role {} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls in role {}"
            db.execute(sql.SQL(plain).format(name, group))
        if password is not None:
            db.execute(sql.SQL("alter role {} password {}").format(name, sql.Literal(password)))
        db.execute(
            "insert into workbook.people (role, kind, shown) values (%s, %s, %s) "
            "on conflict (role) do update set shown = coalesce(nullif(excluded.shown, ''), people.shown)",
            (role, kind, shown),
        )
        _log(db, "added", role)


def join(db: Connection, role: str, team: str, *, lead: bool = False) -> None:
    """Adds an advocate to a team; StoreTrouble if there is no such advocate."""
    with db.transaction():
        if not db.execute("select 1 from workbook.people where role = %s and kind = 'advocate'", (role,)).fetchone():
            raise StoreTrouble(NO_SUCH)
        db.execute(
            "insert into workbook.members (team, role, lead) values (%s, %s, %s) "
            "on conflict (team, role) do update set lead = excluded.lead",
            (team, role, lead),
        )
        _log(db, "joined", role)


def leave(db: Connection, role: str, heir: str = "") -> int:
    """Ends somebody's access at once, also where they are signed in; how many workbooks went to `heir`.

    StoreTrouble if an advocate still has workbooks and nobody is named to take them.
    """
    from psycopg import sql

    with db.transaction():
        kind = db.execute("select kind from workbook.people where role = %s", (role,)).fetchone()
        if not kind:
            raise StoreTrouble(NO_SUCH)
        has = db.execute("select case_key from workbook.assignments where role = %s", (role,)).fetchall()
        if has and kind[0] == "advocate":
            if not heir:
                many = "1 workbook" if len(has) == 1 else f"{len(has)} workbooks"
                raise StoreTrouble(f"{role} still has {many}. Say who takes them, with --to.")
            if not db.execute(
                "select 1 from workbook.people where role = %s and kind = 'advocate'", (heir,)
            ).fetchone():
                raise StoreTrouble(NO_SUCH)
            give(db, [key for (key,) in has], heir)
        db.execute("delete from workbook.people where role = %s", (role,))
        _log(db, "left", role)
        number = db.execute("select oid from pg_roles where rolname = %s", (role,)).fetchone()
        db.execute(sql.SQL("drop role {}").format(sql.Identifier(role)))
    if number:  # those who are signed in have no name any more, but still their number
        db.execute("select pg_terminate_backend(pid) from pg_stat_activity where usesysid = %s", number)
    return len(has) if kind[0] == "advocate" else 0


def give(db: Connection, keys: Sequence[int], heir: str) -> None:
    """Assigns workbooks to an advocate, as an administrator may where somebody cannot hand over."""
    for key in keys:
        db.execute(
            "insert into workbook.assignments (case_key, role) values (%s, %s) on conflict do nothing", (key, heir)
        )
        db.execute(
            "insert into workbook.audit (action, case_key, case_id, other) "
            "select 'assigned', key, id, %s from workbook.cases where key = %s",
            (heir, key),
        )


def log(db: Connection, *, case_id: str = "", who: str = "", most: int = 1000) -> list[Entry]:
    """The newest lines of the log, newest first. For auditors alone: StoreTrouble for anybody else."""
    from .errors import as_sentences

    asked = (
        "select at, who, action, coalesce(case_id, ''), places, coalesce(other, '') from workbook.audit "
        "where (%s = '' or case_id = %s) and (%s = '' or who = %s) order by number desc limit %s"
    )
    with as_sentences():
        rows = db.execute(asked, (case_id, case_id, who, who, most)).fetchall()
    return [Entry(at, w, action, key, tuple(places), other) for at, w, action, key, places, other in rows]


def _log(db: Connection, action: str, role: str) -> None:
    db.execute("insert into workbook.audit (action, other) values (%s, %s)", (action, role))

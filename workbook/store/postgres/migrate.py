"""The steps that build the tables, run once and in order. Knows the connection; reads this folder's SQL files."""

from __future__ import annotations

import hashlib
from importlib import resources
from typing import TYPE_CHECKING, Any

from ...errors import StoreTrouble

if TYPE_CHECKING:
    import psycopg

    from ..history import Database

OWNER, PERSON, AUDITOR = "workbook_owner", "workbook_person", "workbook_auditor"
"""Roles without a login: who owns the tables, who works with cases, who reads the log."""

OLDER = (
    "The practice's database is older than this program. The person who runs it can bring it up to date with "
    "`workbook team upgrade`. Nothing was changed."
)
NEWER = "The practice's database is newer than this program. Update the program, then try again. Nothing was changed."
_ALTERED = "Step {n} of the practice's database was changed after it ran. Nothing was done."
_ONE_AT_A_TIME = 7_061_401  # two administrators at once: the second one waits, then finds nothing to do


def steps() -> dict[int, str]:
    """The SQL of each step, by its number."""
    folder = resources.files(__package__ or "") / "schema"
    found = {int(file.name[:3]): file.read_text("utf-8") for file in folder.iterdir() if file.name.endswith(".sql")}
    return dict(sorted(found.items()))


def check(link: Database) -> None:
    """StoreTrouble if the database was built by another version."""
    row = link.execute("select max(number) from migrations").fetchone()
    number, newest = (row[0] or 0) if row else 0, max(steps())
    if number != newest:
        raise StoreTrouble(OLDER if number < newest else NEWER)


def upgrade(db: psycopg.Connection[tuple[Any, ...]], *, until: int | None = None) -> list[int]:
    """Runs the steps that did not run yet, all or nothing, and returns their numbers.

    The connection must belong to a superuser, or to somebody who may create roles and schemas.
    """
    ran = []
    with db.transaction():
        db.execute("select pg_advisory_xact_lock(%s)", (_ONE_AT_A_TIME,))
        for role in (OWNER, PERSON, AUDITOR):
            if not db.execute("select 1 from pg_roles where rolname = %s", (role,)).fetchone():
                db.execute(f"create role {role} nologin".encode())
        db.execute(f"create schema if not exists workbook authorization {OWNER}".encode())
        db.execute(f"set local role {OWNER}".encode())
        db.execute("set local search_path = workbook, pg_temp")
        db.execute(
            "create table if not exists migrations (number integer primary key, digest text not null, "
            "applied timestamptz not null default now())"
        )
        done: dict[int, str] = dict(db.execute("select number, digest from migrations").fetchall())
        if done and max(done) > max(steps()):
            raise StoreTrouble(NEWER)
        for number, text in steps().items():
            digest = hashlib.sha256(text.encode()).hexdigest()
            if number in done:
                if done[number] != digest:
                    raise StoreTrouble(_ALTERED.replace("{n}", str(number)))
            elif until is None or number <= until:
                db.execute(text.encode())
                db.execute("insert into migrations (number, digest) values (%s, %s)", (number, digest))
                ran.append(number)
    return ran

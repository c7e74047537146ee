"""Text worked out from each case, kept beside it in the database: gone with any change of the case. Knows SQL only.

Triggers of the database itself remove it, so that an erase, a restored copy and another version of this program leave
nothing behind. It is never needed: without it, the same is worked out again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import suppress

_TABLE = """
create table if not exists derived (
    case_id text primary key,
    version integer not null,
    stamp text not null,
    body text not null
) without rowid;
create trigger if not exists derived_of_erased after delete on cases
    begin delete from derived where case_id = old.id; end;
create trigger if not exists derived_of_changed after insert on cases
    begin delete from derived where case_id = new.id; end;
create trigger if not exists derived_of_renumbered after update on cases
    begin delete from derived where case_id = old.id; end;
"""
_FRESH = """
select derived.case_id, derived.body from derived join cases on cases.id = derived.case_id
where derived.version = cases.version and derived.stamp = ?
"""
_KEEP = """
insert or replace into derived (case_id, version, stamp, body)
select id, version, ?, ? from cases where id = ? and version = ?
"""


def fresh(db: sqlite3.Connection, stamp: str) -> dict[str, str]:
    """The texts with this stamp that belong to the newest state of their case, by id."""
    if not db.execute("select 1 from sqlite_master where name = 'derived'").fetchone():
        return {}
    return dict(db.execute(_FRESH, (stamp,)).fetchall())


def keep(db: sqlite3.Connection, stamp: str, texts: Iterable[tuple[str, int, str]]) -> None:
    """Keeps the texts, each with the id and the version of its case; does nothing while somebody else writes."""
    with suppress(sqlite3.OperationalError):
        db.executescript(f"begin immediate; {_TABLE} commit;")
        db.execute("begin immediate")
        try:
            db.executemany(_KEEP, ((stamp, body, key, version) for key, version, body in texts))
            db.execute("commit")
        finally:
            if db.in_transaction:
                db.execute("rollback")

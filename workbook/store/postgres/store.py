"""The store of a practice: PostgreSQL, where each person signs in with a role of their own. Knows case values as JSON.

Who may see a case is decided by the database (see `schema/`), never here. When `change` returns, PostgreSQL has
written it to disk. A note "only for me" is stored apart from the case; so are the changes of it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...case.diff import Delta, diff
from ...case.migrations import current
from ...errors import NoSuchCase, StoreTrouble
from .. import history
from ..base import Body, Copy, Edit, Kept, Row, Saved, Stored, Summary, batches
from . import own_parts
from .connection import Link
from .watching import Watching

NOT_HERE = "This workbook is not here. It may have been erased, or it is not assigned to you."
EXISTS = "A workbook with this id is here already. Nothing was changed."
NO_COPIES = (
    "A practice's workbooks are backed up with its database, not copied here. "
    "The person who runs the database can bring back an earlier state."
)
NOT_ALL = "In a practice, workbooks are erased one by one: on the page of workbooks, or with `workbook erase`."
BROKEN = "This workbook cannot be read. Ask the person who runs the practice's database for the last backup of it."
NOTHING_KEPT = Kept("", "")
LONGEST_TOKEN = 18  # digits; PostgreSQL's own numbers are hardly longer


class PostgresStore:
    """The cases that the signed-in role may see."""

    def __init__(self, address: str, home: Path, *, now: Callable[[], dt.datetime] | None = None) -> None:
        """`home` is a folder of this person for files that never enter the database.

        The database's clock is the one that counts, since two machines may differ; `now` is for tests.
        """
        self.home = home
        self.link = Link(address)
        self._now = now

    def cases(self) -> list[Summary]:
        with self.link.transaction() as db:
            rows = db.execute(
                "select distinct on (id) id, nickname, mode, updated, synthetic, state from cases order by id, key"
            ).fetchall()
        rows.sort(key=lambda row: row[3], reverse=True)
        return [Summary(*row) for row in sorted(rows, key=lambda row: row[5] == "closed")]

    def version(self, case_id: str) -> int:
        with self.link.transaction() as db:
            row = db.execute("select version from cases where id = ? order by key limit 1", (case_id,)).fetchone()
        return int(_one(row)[0])

    def read(self, case_id: str) -> tuple[int, Body]:
        with self.link.transaction() as db:
            _, stored = _opened(db, case_id)
        return stored.version, stored.body

    def read_many(self, case_ids: Iterable[str]) -> Iterator[tuple[str, int, Body]]:
        for some in batches(case_ids):
            with self.link.transaction() as db:
                rows = db.execute("select id, version, body, own from list_cases(?)", (some,)).fetchall()
            found = {row[0]: row for row in rows}
            for key in filter(found.__contains__, some):
                _, version, shared, own = found[key]
                yield key, version, _body(key, shared, own)

    def create(self, case: Any, *, writer: str = "") -> Saved:
        body = case if isinstance(case, dict) else case.model_dump(mode="json")
        with self.link.transaction() as db:
            now = self._stamp(db)
            body = {**body, "created": body.get("created") or now, "updated": now}
            shared, own = own_parts.divided(body)
            if db.execute("select 1 from cases where id = ?", (body["id"],)).fetchone():
                raise StoreTrouble(EXISTS)
            named = (body["id"], *_shown(body), now, _text(shared), _text(own) if own else "")
            key = _one(db.execute("select add_case(?, ?, ?, ?, ?, ?, ?, ?)", named).fetchone())[0]
            history.note(db, key, history.BEGINS, now)
        return Saved(1, now)

    def adopt(self, body: Body, version: int, rows: Sequence[Row], kept: Kept) -> None:
        shared, own = own_parts.divided(body)
        with self.link.transaction() as db:
            if db.execute("select 1 from cases where id = ?", (body["id"],)).fetchone():
                raise StoreTrouble(EXISTS)
            named = (body["id"], *_shown(body), body["updated"], _text(shared), _text(own) if own else "")
            key = _one(db.execute("select add_case(?, ?, ?, ?, ?, ?, ?, ?)", named).fetchone())[0]
            db.execute("update cases set version = ? where key = ?", (version, key))
            for row in rows:
                for_all, mine = own_parts.parted(row.deltas, own_parts.all_but(shared, row.deltas))
                if for_all:
                    history.adopt(db, key, [replace(row, deltas=for_all)], NOTHING_KEPT)
                if mine:
                    number = history.add(db, key, row, _text(mine))
                    db.execute("update history set only_for = session_user where row = ?", (number,))
            history.adopt(db, key, [], kept)
            _only_for_me(db, key)

    def change(self, case_id: str, writer: str, edit: Edit, *, alone: bool = False) -> Saved:
        with self.link.transaction() as db:
            key, stored = _opened(db, case_id, to_change=True)
            now = self._stamp(db)
            made = edit(stored)
            states = [made] if isinstance(made, dict) else list(made)
            rows, last = [], stored.body
            for state in states:
                rows.append(_recorded(db, key, writer, last, state, now, alone=alone))
                last = state
            if not any(rows):
                return Saved(stored.version, stored.body.get("updated") or now, tuple(rows))
            size = _write(db, key, {**last, "id": case_id, "updated": now}, stored, now)
            history.keep_within(db, key, size, {int(r) for token in rows for r in token.split("-") if r})
        return Saved(stored.version + 1, now, tuple(rows))

    def history(self, case_id: str) -> list[Row]:
        with self.link.transaction() as db:
            return history.rows_of(db, _key(db, case_id))

    def kept(self, case_id: str) -> Kept:
        with self.link.transaction() as db:
            key = _key(db, case_id)
            return Kept(history.noted(db, key, history.BEGINS), history.noted(db, key, history.SEEN))

    def mark_seen(self, case_id: str) -> str:
        """As in every store, but for the signed-in person alone."""
        with self.link.transaction() as db:
            key, now = _key(db, case_id), self._stamp(db)
            history.note(db, key, history.SEEN, now)
            _only_for_me(db, key)
        return now

    def row(self, case_id: str, token: str) -> Row | None:
        """One row of the history; a change of shared answers and private notes at once is two rows with one token."""
        numbers = token.split("-")
        if not all(n.isascii() and n.isdigit() and len(n) <= LONGEST_TOKEN for n in numbers):
            return None
        with self.link.transaction() as db:
            key = _key(db, case_id)
            found = [row for n in numbers for row in history.rows_of(db, key, int(n))]
        if not found:
            return None
        deltas = [delta for row in found for delta in row.deltas]
        return Row(token, found[0].writer, found[0].started, found[0].ended, deltas)

    def derived(self, stamp: str) -> dict[str, str]:
        """As in every store; each person has their own, since it may follow from their private notes."""
        fresh = (
            "select c.id, d.body from derived d join cases c on c.key = d.case_key "
            "where d.version = c.version and d.stamp = ?"
        )
        with self.link.transaction() as db:
            return dict(db.execute(fresh, (stamp,)).fetchall())

    def keep_derived(self, stamp: str, texts: Iterable[tuple[str, int, str]]) -> None:
        """As in every store."""
        keep = (
            "insert into derived (case_key, version, stamp, body) "
            "select c.key, c.version, ?, g.body "
            "from unnest(?::text[], ?::bigint[], ?::text[]) as g (id, version, body) "
            "join cases c on c.id = g.id and c.version = g.version "
            "on conflict (case_key, role) do update set version = excluded.version, stamp = excluded.stamp, "
            "body = excluded.body"
        )
        given = list(texts)
        if given:
            with self.link.transaction() as db:
                db.execute(keep, (stamp, *map(list, zip(*given, strict=True))))

    def erase(self, case_id: str) -> None:
        """Erases the case with its history, private notes and offers; only for an advocate to whom it is assigned.

        PostgreSQL frees the space at its next vacuum, and backups have it until they expire; `deploy/README.md` says
        how to do both.
        """
        with self.link.transaction() as db:
            key = _key(db, case_id)
            if not db.execute("delete from cases where key = ? returning key", (key,)).fetchone():
                raise StoreTrouble("Only the advocate who has this workbook can erase it.")

    def clear(self) -> None:
        raise StoreTrouble(NOT_ALL)

    def copies(self) -> list[Copy]:
        return []

    def restore(self, copy: Copy | None) -> None:
        raise StoreTrouble(NO_COPIES)

    def watch(self, case_id: str, hear: Callable[[], None]) -> Callable[[], None]:
        with self.link.transaction() as db:
            row = db.execute("select channel from cases where id = ? order by key limit 1", (case_id,)).fetchone()
        return Watching(self.link.address, str(_one(row)[0]), hear).stop

    def close(self) -> None:
        self.link.close()

    def _stamp(self, db: Link) -> str:
        now = self._now() if self._now else _one(db.execute("select clock_timestamp()").fetchone())[0]
        return str(now.astimezone(dt.UTC).isoformat(timespec="seconds"))


def _one(row: Any) -> Any:
    if row is None:
        raise NoSuchCase(NOT_HERE)
    return row


def _key(db: Link, case_id: str) -> int:
    return int(_one(db.execute("select key from cases where id = ? order by key limit 1", (case_id,)).fetchone())[0])


def _opened(db: Link, case_id: str, *, to_change: bool = False) -> tuple[int, Stored]:
    asked = "select key, version, body, own from open_case(?, ?)"
    key, version, shared, own = _one(db.execute(asked, (case_id, to_change)).fetchone())
    return key, Stored(version, _body(case_id, shared, own))


def _body(case_id: str, shared: str, own: str | None) -> Body:
    try:
        body = own_parts.joined(json.loads(shared), json.loads(own) if own else {})
    except (ValueError, TypeError, RecursionError):
        raise StoreTrouble(BROKEN) from None
    return current({**body, "id": case_id})


def _recorded(db: Link, key: int, writer: str, last: Body, state: Body, now: str, *, alone: bool) -> str:
    """The token of the rows that say what changed; changes of private notes are in a row of their own."""
    ids = own_parts.own_ids(last) | own_parts.own_ids(state)
    shared, own = own_parts.parted(diff(last, state), ids)
    rows: list[int] = []
    if shared:
        rows.append(history.record(db, key, writer, shared, now, alone=alone))
    if own:
        rows.append(_recorded_for_me(db, key, writer, own, now, alone=alone))
    return "-".join(str(row) for row in rows)


def _recorded_for_me(db: Link, key: int, writer: str, deltas: list[Delta], now: str, *, alone: bool) -> int:
    row = history.record(db, key, writer, deltas, now, alone=alone)
    db.execute("update history set only_for = session_user where row = ? and only_for is null", (row,))
    return row


def _only_for_me(db: Link, key: int) -> None:
    """When somebody looked is theirs alone."""
    mine = "update history set only_for = session_user where case_id = ? and writer = ? and only_for is null"
    db.execute(mine, (key, history.SEEN))


def _write(db: Link, key: int, body: Body, before: Stored, now: str) -> int:
    """The size of what was written."""
    shared, own = own_parts.divided(body)
    text = _text(shared)
    db.execute(
        "update cases set version = ?, nickname = ?, mode = ?, synthetic = ?, state = ?, updated = ?, body = ? "
        "where key = ?",
        (before.version + 1, *_shown(body), now, text, key),
    )
    if own:
        keep = (
            "insert into own_parts (case_key, role, body) values (?, session_user, ?) "
            "on conflict (case_key, role) do update set body = excluded.body"
        )
        db.execute(keep, (key, _text(own)))
    elif own_parts.own_ids(before.body):
        db.execute("delete from own_parts where case_key = ? and role = session_user", (key,))
    return len(text.encode())


def _shown(body: Body) -> tuple[str, str, bool, str]:
    nickname = str(body.get("nickname") or "").replace("\0", "")  # the one letter that PostgreSQL has no place for
    return nickname, body.get("mode") or "", bool(body.get("synthetic")), body.get("status") or ""


def _text(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))

"""Translates errors of PostgreSQL into one sentence for the reader. Knows errors only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from ...errors import NoSuchCase, StoreTrouble, WorkbookError

LOST = (
    "The practice's database did not answer, so this could not be saved yet. What was saved before is safe. "
    "It is tried again."
)
FULL = (
    "The practice's database is full, so this could not be saved. What was saved before is safe. "
    "Ask the person who runs it to make room, then try again."
)
READ_ONLY = (
    "The practice's database cannot be written to at this moment, so this could not be saved. "
    "What was saved before is safe. Ask the person who runs it."
)
BUSY = "Somebody else is saving at this moment, so this could not be saved yet. It is tried again."
NOT_YOURS = "You may not do this here. If you should, ask the person who runs the practice's database."
NO_SIGN_IN = (
    "The practice's database does not let you in. Sign out, then sign in again. "
    "If that does not help, ask the person who runs it."
)
NOT_THERE = "The practice's database is not set up. The person who runs it can set it up with `workbook team init`."
OTHER = "The practice's database could not save or read this. What was saved before is safe. Try again in a moment."
MISSING = "To use a practice's database, install it with: pip install 'second-opinion-workbook[team]'"
NOT_AN_ADDRESS = (
    "The address of the practice's database cannot be read. It looks like postgresql:///workbook. "
    "Check WORKBOOK_DATABASE."
)

_BY_STATE = {
    "42501": NOT_YOURS,  # insufficient_privilege
    "25006": READ_ONLY,  # read_only_sql_transaction
    "3D000": NOT_THERE,  # invalid_catalog_name
    "3F000": NOT_THERE,  # invalid_schema_name
    "42P01": NOT_THERE,  # undefined_table
    "42883": NOT_THERE,  # undefined_function
    "40001": BUSY,
    "40P01": BUSY,
    "55P03": BUSY,  # lock_not_available
    "57014": BUSY,  # query_canceled, by the limit on waiting
    "53100": FULL,  # disk_full
    "28000": NO_SIGN_IN,
    "28P01": NO_SIGN_IN,
}
_OURS = {"P0002": NoSuchCase, "23505": StoreTrouble, "23514": StoreTrouble}  # raised by our functions, with a sentence
_LOST_CLASSES = ("08", "57", "53")  # connection, shutdown, too many connections


@contextmanager
def as_sentences() -> Iterator[None]:
    """StoreTrouble with one sentence instead of an error of PostgreSQL, which may quote what was typed."""
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        raise of(error) from None


def of(error: Exception) -> WorkbookError:
    """The message for an error of PostgreSQL."""
    state = getattr(error, "sqlstate", None) or ""
    if state in _OURS and (said := _said_by_us(error)):
        return _OURS[state](said)
    if state in _BY_STATE:
        return StoreTrouble(_BY_STATE[state])
    if not state and "authentication" in str(error):  # refused while connecting, without a state
        return StoreTrouble(NO_SIGN_IN)
    if not state and (missing := re.search(r'(database|role) "[^"]*" does not exist', str(error))):
        return StoreTrouble(NOT_THERE if missing[1] == "database" else NO_SIGN_IN)
    if not state or state[:2] in _LOST_CLASSES:
        return StoreTrouble(LOST)
    return StoreTrouble(OTHER)


def is_lost(error: Exception) -> bool:
    """Whether the connection is gone, so that a new one may help."""
    state = getattr(error, "sqlstate", None) or ""
    return not state or state[:2] in ("08", "57")


def _said_by_us(error: Exception) -> str:
    """The sentence of one of our functions; "" for a message of PostgreSQL's own, such as a doubled key."""
    said = getattr(getattr(error, "diag", None), "message_primary", None) or ""
    return said if said.endswith(".") and "constraint" not in said else ""

"""The store of a practice, in PostgreSQL, with a role for each person. Knows case values as JSON."""

from .store import PostgresStore

__all__ = ["PostgresStore"]

"""Writes docs/facts.md: python -m tests.rules.facts_table"""

from __future__ import annotations

from .test_facts_table import TABLE, table

if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")

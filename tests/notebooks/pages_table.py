"""Writes docs/pages.md: python -m tests.notebooks.pages_table"""

from __future__ import annotations

from .test_every_field import TABLE, table

if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")

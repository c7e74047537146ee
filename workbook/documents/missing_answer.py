"""A sentence on what a document lacks that knows the question which gives it. Knows no case."""

from __future__ import annotations

from typing import Self


class MissingAnswer(str):
    """A sentence for the writer on what a letter lacks, with the path of the question that gives it."""

    path: str

    def __new__(cls, words: str, path: str) -> Self:
        """The sentence; `path` is an answer or a list of the case, such as `person.name`."""
        made = super().__new__(cls, words)
        made.path = path
        return made

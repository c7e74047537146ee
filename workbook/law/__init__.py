"""Dated law and evidence: rules and figures, each with its source and the days on which it holds. Knows the packs."""

from .facts import DatedFact, Facts, crosses_new_year, due, load

__all__ = ["DatedFact", "Facts", "crosses_new_year", "due", "load"]

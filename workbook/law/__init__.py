"""Dated law and evidence: rules and figures, each with its source and the days it is in force. Knows the packs."""

from .dated_fact import DatedFact, crosses_new_year
from .facts import Facts
from .packs import load

__all__ = ["DatedFact", "Facts", "crosses_new_year", "load"]

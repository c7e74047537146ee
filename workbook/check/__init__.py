"""Checks a practice's folder: notebooks, packs and letters. Knows notebooks and packs; changes nothing.

Every finding is one sentence with its file, cell and line. It never repeats what a client typed.
"""

from __future__ import annotations

from .check import check
from .finding import Finding
from .places import Places, places

__all__ = ["Finding", "Places", "check", "places"]

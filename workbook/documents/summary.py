"""The case summary for a clinician, straight from the answers. Knows the parts; needs no kernel."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..case import Case
from . import blocks as B  # noqa: N812
from .catalog import Wanted
from .parts import PARTS
from .reader import for_clinician


def summary(case: Case, today: dt.date, *, paper: str = "us-letter", size: float = 9.4) -> dict[str, Any]:
    """The document that summary.ipynb makes when nobody changed it: every part in order, as a clinician may see it."""
    seen = for_clinician(case)
    made = [block for make in PARTS.values() for block in make(seen, today)]
    told = {k: v for block in made if block["k"] == "document" for k, v in block.items() if k != "k"}
    title = told.pop("title")
    body = [block for block in made if block["k"] != "document"]
    return B.document(title, body, lang=case.language, paper=paper, size=size, **told)


def for_reader(case: Case, wanted: Wanted) -> dict[str, Any]:
    """The summary for the reader that was asked for."""
    return summary(case, wanted.today, paper=wanted.paper)

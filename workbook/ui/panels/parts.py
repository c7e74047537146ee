"""A part of a document that waits for its workbook: it appears as soon as one is chosen in the notebook."""

from __future__ import annotations

import datetime as dt

from ...documents.summary import parts
from ...errors import NoSuchCase
from ..handle import OpenCase
from .base import View, draw


def viewing(name: str, today: dt.date | None, reader: str) -> View:
    """A view of the part, or of where to choose a workbook."""

    def view(handle: OpenCase) -> str:
        if not handle.bound:
            try:
                _ = handle.session
            except NoSuchCase as error:
                return draw("told", sentences=[str(error)])
        made = parts.part(handle, name, today, reader=reader)
        return str(made._repr_mimebundle_()["text/html"])

    return view

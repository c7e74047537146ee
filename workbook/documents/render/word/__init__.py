"""Renders a document tree as an editable Word file (.docx). Knows the tree and python-docx.

All text is put into the text of an element, never into markup, and the only fields are page numbers. The layout
comes from styles, so that an advocate changes a letter's look in one place.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

from ...tree.schema import check

__all__ = ["render"]

_ODDS = ("thumbnail", "stylesWithEffects", "customXml", "extended-properties", "webSettings")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can store


def render(doc: dict[str, Any], today: dt.date) -> bytes:
    """The file's bytes, reproducible for the same document and day."""
    from docx import Document

    from .page import fill

    good = check(doc)
    document = Document()
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_ODDS)]:
            del rels[key]  # from python-docx's template: another page's thumbnail, the program that made it
    fill(document, good)
    _name(document, good, today)
    made = io.BytesIO()
    document.save(made)
    return _settled(made)


def _name(document: Any, doc: dict[str, Any], today: dt.date) -> None:
    """The file's properties: its title, language and day, and nobody's name."""
    about = document.core_properties
    about.title, about.language = doc["title"][:255], doc["lang"]
    about.author = about.last_modified_by = about.comments = ""
    about.created = about.modified = dt.datetime(today.year, today.month, today.day, tzinfo=dt.UTC)


def _settled(made: io.BytesIO) -> bytes:
    """The same file without the time and the system it was packed on."""
    out = io.BytesIO()
    with zipfile.ZipFile(made) as held, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in held.namelist():
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            kept.writestr(info, held.read(name))
    return out.getvalue()

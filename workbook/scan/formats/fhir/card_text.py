"""A text that spells out the QR code of a SMART Health Card. Knows cards and resources."""

from __future__ import annotations

from ....locale import tr
from ... import limits
from ...sources import head
from ...values import File, Source
from .. import plain_text
from . import health_card, resources


def read(source: Source) -> File:
    """The records of the cards in a text; a text as any other if its code is damaged."""
    text, _ = plain_text.decoded(head(source, limits.MIB))
    file = resources.from_values(source, health_card.in_text(text))
    if file.document is None:
        return plain_text.read(source)
    file.document.title = tr("SMART Health Card")
    return file

"""A piece of a document that displays itself in a notebook. Knows the blocks and Jupyter's display protocol."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..tree.blocks import MIME, Block, meta


class Part:
    """Blocks that are displayed as HTML in Jupyter and Voilà, and exported without loss."""

    def __init__(self, blocks: Iterable[Block], **document: str) -> None:
        """`document` sets properties of the whole document: title, subject, prepared, footer, mark, lang."""
        self.blocks = list(blocks)
        self.document = {name: words for name, words in document.items() if words}

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        from ..render.html import fragment

        head = [meta(**self.document)] if self.document else []
        return {
            MIME: {"blocks": [*head, *self.blocks]},
            "text/html": fragment(self.blocks),
            "text/plain": "A part of a document",
        }

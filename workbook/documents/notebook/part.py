"""A piece of a document that shows itself in a notebook. Knows the blocks and how Jupyter asks for a picture."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..tree.blocks import MIME, Block, meta


class Part:
    """Blocks that show as HTML in Jupyter and Voilà, and travel whole to an export."""

    def __init__(self, blocks: Iterable[Block], **document: str) -> None:
        """`document` says what the blocks tell of the whole: title, subject, prepared, footer, mark, lang."""
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

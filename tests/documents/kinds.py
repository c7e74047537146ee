"""One document with every kind of block: the sample that the tests of this room render."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import date
from typing import Any

from pypdf import PdfReader

from workbook.documents.tree import blocks as B  # noqa: N812


def png(width: int = 30, height: int = 10) -> bytes:
    """A small picture."""
    rows = b"".join(b"\0" + bytes((x * 9 + y) % 256 for x in range(width * 3)) for y in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


# Each kind with a word that occurs in no other, and that every rendering must show.
SEEN = {
    "heading": (B.heading(2, "Walnut heading"), "Walnut"),
    "para": (B.para(["Almond ", B.text("bold", b=True), B.link("more", "https://example.org/")]), "Almond"),
    "list": (B.listing(["Cashew", [B.para("Pecan"), B.quote(["inside"])]], ordered=True), "Cashew"),
    "checks": (B.checks([(True, "Hazelnut", "3 Nov"), (False, "Chestnut")]), "Hazelnut"),
    "details": (B.details([("Label", "Pistachio"), ("Other", "Value")]), "Pistachio"),
    "callout": (B.callout("Macadamia", ["Words in a box"], "warn"), "Macadamia"),
    "table": (
        B.table("Peanut table", ["Topic", "One"], [["Row", "Cell"], ["Mark", B.marked("half", "Part of it")]]),
        "Peanut",
    ),
    "lines": (B.lines(2, "Acorn notes"), "Acorn"),
    "answer": (B.answer("Coconut question", ["Yes", "No"], hint="Tick one."), "Coconut"),
    "image": (B.image(png(), "Beechnut drawing"), "Beechnut"),
    "quote": (B.quote(["Brazil words"]), "Brazil"),
    "pre": (B.pre("Pinenut  kept\n  as typed"), "Pinenut"),
    "pair": (B.pair(["Filbert"], [B.para("Avellana")], "es"), "Filbert"),
    "timeline": (
        B.timeline("Pinon days", date(2026, 11, 22), [(date(2026, 12, 7), "Litchi letter due", "deadline")]),
        "Pinon",
    ),
    "pagebreak": (B.pagebreak(), ""),
}


def document(**about: Any) -> dict[str, Any]:
    """All of them."""
    usual = {"subject": "Ada Example", "prepared": "Prepared today", "footer": "Not medical advice."}
    return B.document("Every kind", [block for block, _word in SEEN.values()], **{**usual, **about})


def structure(printed: bytes) -> list[tuple[str, Any]]:
    """The tags of a PDF in reading order, each with its element."""
    found: list[tuple[str, Any]] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append((str(node["/S"])[1:], node))
            if "/K" in node:
                walk(node["/K"])

    walk(PdfReader(io.BytesIO(printed)).trailer["/Root"]["/StructTreeRoot"])
    return found

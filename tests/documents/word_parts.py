"""A Word file opened again: its text, its parts, and forbidden contents."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
from lxml import etree

MAY_LEAD_TO = ("http://", "https://", "mailto:", "tel:")
FIELDS = {"PAGE", "NUMPAGES"}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(made: bytes) -> Any:
    """The file as python-docx reads it."""
    return docx.Document(io.BytesIO(made))


def body(made: bytes) -> Any:
    """The body's XML."""
    return opened(made).element.body


def words(made: bytes) -> str:
    """The text of the body in reading order, a line for each paragraph."""
    return "\n".join(paragraph_words(p) for p in body(made).iter(f"{W}p"))


def paragraph_words(paragraph: Any) -> str:
    """The text of one paragraph, a line break as a line end."""
    signs = {f"{W}t": lambda e: e.text or "", f"{W}br": lambda e: "\n", f"{W}tab": lambda e: "\t"}
    return "".join(signs[e.tag](e) for e in paragraph.iter(*signs) if e.getparent().tag == f"{W}r")


def styles(made: bytes) -> list[str]:
    """The name of each paragraph's style in reading order."""
    names = {s.style_id: s.name for s in opened(made).styles}
    return [names[p.find(f"{W}pPr/{W}pStyle").get(f"{W}val")] for p in body(made).iter(f"{W}p")]


def assert_safe(made: bytes) -> None:
    """Well-formed parts, nothing active or external, only allowed links, no field except page numbers."""
    with zipfile.ZipFile(io.BytesIO(made)) as held:
        assert not [n for n in held.namelist() if "vba" in n.lower() or "embed" in n.lower() or "custom" in n.lower()]
        for name in held.namelist():
            if not name.endswith((".xml", ".rels")):
                assert name.startswith("word/media/image")
                continue
            tree = etree.fromstring(held.read(name))
            links = [e.get("Target") for e in tree.iter() if e.get("TargetMode") == "External"]
            assert all(link.startswith(MAY_LEAD_TO) for link in links)
            assert {e.get(f"{W}instr").strip() for e in tree.iter(f"{W}fldSimple")} <= FIELDS
            assert not list(tree.iter(f"{W}instrText", f"{W}object", f"{W}altChunk", f"{W}subDoc"))
    assert opened(made).sections

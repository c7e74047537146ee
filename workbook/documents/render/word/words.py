"""Text as paragraphs and runs of a Word file: direction, language, links."""

from __future__ import annotations

from typing import Any

from ...tree.bidi import RTL, Piece, block_way, lines, marked
from ...tree.clean import rtl_language, way_of
from .element import el, on, props, value
from .styles import ACCENT, MONO, SIGNS, style_id

Runs = list[dict[str, Any]]
_MARKS: dict[str, str] = {
    "disc": "●",
    "half": "◐",
    "core": "◉",
    "ring": "○",
    "query": "?",
    "dash": "–",
    "diamond": "◆",
    "square": "■",
    "today": "◎",
}
"""The marks of our pictures as characters: of the same shapes, and as large as the text in any program."""


def text(words: str) -> Any:
    """The text of a run, with spaces preserved."""
    made = el("t")
    made.text = words
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def plain(style: str, words: str = "", *more: Any, way: str = "") -> Any:
    """A paragraph of plain text; a line end is a line break."""
    return paragraph(None, style, [{"t": words}] if words else [], *more, way=way)


def paragraph(
    part: Any, style: str, content: Runs, *more: Any, foreign: str = "", lead: str = "", way: str = ""
) -> Any:
    """A paragraph in a style, with the package part that stores its links.

    `more` are further properties, `foreign` is its language if different from the document's, `lead` a character before
    its text. Its letters decide its direction, unless `way` does: then that of its lines too.
    """
    whole = "".join(run["t"] for run in content)
    flat, way = bool(way), way or block_way(whole, way_of(foreign))
    rtl = way == RTL
    lang = rtl_language(whole) if rtl and way_of(foreign) != "rtl" else foreign
    made = el("p", props("pPr", value("pStyle", style_id(style)), on("bidi", rtl), *more))
    if lead:
        fonts = el("rFonts", ascii=SIGNS, hAnsi=SIGNS, eastAsia=SIGNS, cs=SIGNS)
        made.extend([el("r", el("rPr", fonts, el("color", val=ACCENT)), text(lead)), el("r", el("tab"))])
    for run in content:
        if run["t"] and (sign := _MARKS.get(run.get("mark", ""))):
            made.append(_sign(sign))
        made.extend(_runs(part, run, way, lang, flat))
    return made


def _sign(char: str) -> Any:
    """A mark as a symbol, which is no text: it can be copied and searched without it, and the words say the same."""
    return el("r", el("rPr", el("color", val=ACCENT)), el("sym", font=SIGNS, char=f"{ord(char):04X}"), text(" "))


def _runs(part: Any, run: dict[str, Any], way: str, lang: str, flat: bool) -> list[Any]:
    """A run, or several if parts of it have the other direction."""
    pieces: list[Piece] = []
    for n, line in enumerate(lines(run["t"], way, flat=flat)):
        pieces += [*([Piece("\n", way)] if n else []), *marked(line, way)]
    parts: list[Piece] = []
    for piece in pieces:
        if parts and parts[-1].way == piece.way:
            parts[-1] = Piece(parts[-1].text + piece.text, piece.way)
        else:
            parts.append(piece)
    made = []
    for piece in parts:
        rtl = piece.way == RTL
        tongue = run.get("lang") or (lang if piece.way == way else rtl_language(piece.text) if rtl else "")
        made.append(_run(part, {**run, "t": piece.text}, rtl, tongue))
    return made


def _run(part: Any, run: dict[str, Any], rtl: bool, lang: str) -> Any:
    address = run.get("href", "")
    bold, italic = run.get("b"), run.get("i")
    look = props(
        "rPr",
        value("rStyle", "Hyperlink" if address else ""),
        el("rFonts", ascii=MONO, hAnsi=MONO) if run.get("code") else None,
        *(on(name, bold) for name in ("b", "bCs")),
        *(on(name, italic) for name in ("i", "iCs")),
        on("rtl", rtl),
        (el("lang", bidi=lang) if rtl else el("lang", val=lang)) if lang else None,
    )
    made = el("r", look)
    for n, line in enumerate(run["t"].split("\n")):
        if n:
            made.append(el("br"))
        if line:
            made.append(text(line))
    return _link(part, made, address) if address else made


def _link(part: Any, run: Any, address: str) -> Any:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    made = el("hyperlink", run)
    made.set(qn("r:id"), part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    return made

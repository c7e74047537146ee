"""Words as paragraphs and runs of a Word file: which way they read, in which language, where a link leads."""

from __future__ import annotations

from typing import Any

from ..clean import direction, rtl_language, way_of
from .element import el, on, props, value
from .styles import ACCENT, MONO, SIGNS, style_id

Runs = list[dict[str, Any]]


def text(words: str) -> Any:
    """The text of a run, blanks kept."""
    made = el("t")
    made.text = words
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def plain(style: str, words: str = "", *more: Any) -> Any:
    """A paragraph of words without weight or links; a line end is a line break."""
    return paragraph(None, style, [{"t": words}] if words else [], *more)


def paragraph(part: Any, style: str, content: Runs, *more: Any, foreign: str = "", lead: str = "") -> Any:
    """A paragraph in a style, with the file's part that keeps its links.

    `more` are further properties, `foreign` is its language where that is not the document's, `lead` a sign before
    its words. Its first letter decides which way it reads.
    """
    whole = "".join(run["t"] for run in content)
    rtl = direction(whole) == "rtl"
    lang = rtl_language(whole) if rtl and way_of(foreign) != "rtl" else foreign
    made = el("p", props("pPr", value("pStyle", style_id(style)), on("bidi", rtl), *more))
    if lead:
        fonts = el("rFonts", ascii=SIGNS, hAnsi=SIGNS, eastAsia=SIGNS, cs=SIGNS)
        made.extend([el("r", el("rPr", fonts, el("color", val=ACCENT)), text(lead)), el("r", el("tab"))])
    made.extend([_run(part, run, rtl, lang) for run in content])
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

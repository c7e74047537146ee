"""The styles of a Word file: Word's built-in names, with a calm layout. Knows no document's text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .element import edges, el, on, props, value

INK, SOFT, ACCENT, WARN = "1D2733", "525E6B", "0B5C6B", "8A4B00"
HAIR, RULED, TINT = "D3DBE0", "9FADB6", "EEF4F5"
SANS, MONO, SIGNS = "Calibri", "Consolas", "Segoe UI Symbol"
# A computer without these fonts uses the next name (`altName`), then any font of the same family.
_FONTS = (
    (SANS, "Carlito,Helvetica Neue,Arial", "swiss"),
    (MONO, "Menlo,Courier New", "modern"),
    (SIGNS, "Apple Symbols,DejaVu Sans", "swiss"),
    ("Arial", "Liberation Sans", "swiss"),
)
_STEP = 360  # twentieths of a point of indent per list level
LEVELS = 3


@dataclass(frozen=True)
class Look:
    """A paragraph style; `size` is relative to the text's size, distances are in points."""

    name: str
    base: str = "Normal"
    size: float = 0
    color: str = ""
    bold: bool = False
    italic: bool = False
    before: float = 0
    after: float | None = None
    line: int = 0  # points, exactly; 0 for the default
    keep: bool = False
    outline: int | None = None
    left: int = 0
    hanging: int = 0
    together: bool = False  # no space between paragraphs of this style
    right: int = 0
    font: str = ""
    next: str = ""
    bottom: tuple[int, str] | None = None
    start: tuple[int, str] | None = None
    number: tuple[int, int] | None = None  # numbering id, level


def looks(*, letter: bool, width: int) -> list[Look]:
    """All paragraph styles; a letter is black on white."""
    main = INK if letter else ACCENT
    gap = 8 if letter else 3
    first, second = (1.05, 1.05) if letter else (1.3, 1.12)  # in a letter the subject line leads
    lists = [
        Look(f"List {kind}{'' if n == 1 else f' {n}'}", after=gap, together=True, number=(number, n - 1))
        for number, kind in ((1, "Bullet"), (2, "Number"))
        for n in range(1, LEVELS + 1)
    ]
    return [
        Look("Normal", base="", size=1, color=INK, after=gap),
        Look("Title", size=2.1, color=main, bold=True, after=2, keep=True, next="Normal"),
        Look("Subtitle", size=1.2, bold=True, after=2, next="Normal"),
        Look("Prepared", size=0.9, color=SOFT, after=10, bottom=(12, main), next="Normal"),
        Look("Title rule", size=0.3, after=8, bottom=(12, main), next="Normal"),
        Look("Subject line", size=1.15, bold=True, before=4, after=14, keep=True, outline=0, next="Normal"),
        Look("Letter lines", after=13),
        Look("heading 1", size=first, color=main, bold=True, before=8, after=2, keep=True, outline=0, next="Normal"),
        Look("heading 2", size=second, bold=True, before=10, after=3, keep=True, outline=1, next="Normal"),
        Look("heading 3", size=1, color=SOFT, bold=True, before=9, after=3, keep=True, outline=2, next="Normal"),
        *lists,
        *(Look(f"List Continue{'' if n == 1 else f' {n}'}", after=3, left=_STEP * n) for n in range(1, LEVELS + 1)),
        Look("Check item", left=_STEP, hanging=_STEP, after=2),
        Look("Quote", italic=True, left=240, start=(12, HAIR), after=4),
        Look("Preformatted", size=0.9, font=MONO),
        Look("caption", size=0.9, color=SOFT, before=6, after=3, keep=True),
        Look("Table text", after=1, before=1),
        Look("Table heading", base="Table text", bold=True),
        Look("Box title", bold=True, color=main, after=3, keep=True),
        Look("Box title warn", base="Box title", color=WARN),
        Look("Question", bold=True, before=12, after=3, keep=True),
        Look("Question large", base="Question", size=1.3),
        Look("Hint", size=0.92, color=SOFT, after=3, keep=True),
        Look("Writing line", after=0, line=26, bottom=(5, RULED)),
        Look("Signature line", base="Writing line", right=max(0, width - 5200), line=40, keep=True, before=6),
        Look("Signature name", size=0.88, color=SOFT, before=2, after=6, keep=True),
        Look("Small print", size=0.88, color=SOFT, before=4),
        Look("Mark", size=0.9, color=WARN, bold=True),
        Look("Space", size=0.4, after=8 if letter else 2),
        Look("header", size=0.85, color=WARN, after=0),
        Look("footer", size=0.85, color=SOFT, after=0),
    ]  # fmt: skip


def style_id(name: str) -> str:
    """The id of a style by name."""
    return name.replace("heading", "Heading").replace(" ", "")


def define(document: Any, doc: dict[str, Any], width: int) -> None:
    """Replaces python-docx's styles, lists and fonts with ours."""
    styles = document.styles.element
    for old in [child for child in styles if not child.tag.endswith("latentStyles")]:
        styles.remove(old)
    points = doc["size"]
    fonts = el("rFonts", ascii=SANS, hAnsi=SANS, cs="Arial", eastAsia=SANS)
    tongue = el("lang", val=doc["lang"], eastAsia=doc["lang"], bidi=doc["lang"])
    usual = props("rPr", fonts, *_size(points), tongue)
    spaced = el("pPr", el("spacing", after=0, line=247, lineRule="auto"))
    styles.insert(0, el("docDefaults", el("rPrDefault", usual), el("pPrDefault", spaced)))
    styles.extend([_paragraph(look, points) for look in looks(letter="letter" in doc, width=width)])
    styles.extend([_hyperlink(), *_tables()])
    _number(document)
    _fonts(document)
    for setting in document.settings.element.iter("{*}compatSetting"):
        if setting.get(setting.tag.replace("compatSetting", "name")) == "compatibilityMode":
            setting.set(setting.tag.replace("compatSetting", "val"), "15")


def _size(points: float) -> list[Any]:
    return [value("sz", round(points * 2)), value("szCs", round(points * 2))]


def _paragraph(look: Look, points: float) -> Any:
    sides = {side: edge for side, edge in (("bottom", look.bottom), ("left", look.start)) if edge}
    if look.bottom and look.line:
        sides["between"] = look.bottom  # otherwise Word merges adjacent paragraphs of one style into one box
    spacing: dict[str, Any] = {"before": round(look.before * 20)} if look.before else {}
    if look.after is not None:
        spacing["after"] = round(look.after * 20)
    if look.line:
        spacing |= {"line": look.line * 20, "lineRule": "exact"}
    indent = {key: n for key, n in (("left", look.left), ("right", look.right), ("hanging", look.hanging)) if n}
    numbered = el("numPr", el("ilvl", val=look.number[1]), el("numId", val=look.number[0])) if look.number else None
    return el(
        "style",
        value("name", look.name),
        value("basedOn", style_id(look.base)),
        value("next", style_id(look.next)),
        value("uiPriority", 1),
        on("qFormat"),
        props(
            "pPr",
            on("keepNext", look.keep),
            numbered,
            edges("pBdr", **sides) if sides else None,
            el("spacing", **spacing) if spacing else None,
            el("ind", **indent) if indent else None,
            on("contextualSpacing", look.together),
            el("outlineLvl", val=look.outline) if look.outline is not None else None,
        ),
        props(
            "rPr",
            el("rFonts", ascii=look.font, hAnsi=look.font) if look.font else None,
            *([on("b"), on("bCs")] if look.bold else []),
            *([on("i"), on("iCs")] if look.italic else []),
            value("color", look.color),
            *(_size(points * look.size) if look.size else []),
        ),
        type="paragraph",
        styleId=style_id(look.name),
        **({"default": 1} if not look.base else {}),
    )


def _hyperlink() -> Any:
    look = props("rPr", value("color", ACCENT), value("u", "single"))
    return el("style", value("name", "Hyperlink"), value("uiPriority", 99), look, type="character", styleId="Hyperlink")


def _tables() -> list[Any]:
    room = el(
        "tblCellMar",
        el("top", w=30, type="dxa"),
        el("left", w=90, type="dxa"),
        el("bottom", w=30, type="dxa"),
        el("right", w=90, type="dxa"),
    )
    plain = el("tblPr", el("tblInd", w=0, type="dxa"))
    ruled = el("tblPr", edges("tblBorders", bottom=(4, HAIR), insideH=(4, HAIR)), room)
    return [
        el("style", value("name", "Normal Table"), value("uiPriority", 99), plain,
           type="table", default=1, styleId="TableNormal"),
        el("style", value("name", "Workbook table"), value("basedOn", "TableNormal"), value("uiPriority", 1), ruled,
           type="table", styleId="Workbooktable"),
    ]  # fmt: skip


def _number(document: Any) -> None:
    """Two lists: bulleted and numbered; each ordered list of a document gets its own numbering."""
    numbering = document.part.numbering_part.element
    for old in list(numbering):
        numbering.remove(old)
    for key, (form, texts) in {1: ("bullet", "•–•"), 2: ("decimal", ("%1.", "%2.", "%3."))}.items():
        levels = [
            el(
                "lvl",
                value("start", 1),
                value("numFmt", form),
                value("lvlText", texts[n]),
                value("lvlJc", "left"),
                el("pPr", el("ind", left=_STEP * (n + 1), hanging=_STEP)),
                ilvl=n,
            )
            for n in range(LEVELS)
        ]
        numbering.append(el("abstractNum", value("multiLevelType", "multilevel"), *levels, abstractNumId=key))
    for key in (1, 2):
        numbering.append(el("num", value("abstractNumId", key), numId=key))


def _fonts(document: Any) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.oxml import serialize_part_xml

    table = el("fonts")
    for name, other, family in _FONTS:
        table.append(
            el("font", value("altName", other), value("family", family), value("pitch", "variable"), name=name)
        )
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = serialize_part_xml(table)

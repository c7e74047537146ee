"""Properties are in the order of the standard, or Word calls the file damaged (ECMA-376, part 1, annex A)."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from lxml import etree

from workbook.documents.render import word

from .hostile import TEXTS, letter
from .test_kinds_aloud import DOCUMENTS
from .word_parts import W

ORDER = {
    "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
        bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents jc textAlignment outlineLvl rPr""",
    "rPr": """rStyle rFonts b bCs i iCs caps strike color spacing kern position sz szCs highlight u effect bdr shd
        vertAlign rtl cs em lang""",
    "tblPr": "tblStyle bidiVisual tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "cnfStyle tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "tcMar": "top left bottom right",
    "tcBorders": "top left bottom right insideH insideV",
    "pBdr": "top left bottom right between",
    "style": "name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
    "lvl": "start numFmt pStyle suff lvlText lvlJc pPr rPr",
    "font": "altName panose1 charset family pitch",
    "numbering": "abstractNum num",
    "tbl": "tblPr tblGrid tr",
    "sectPr": "headerReference footerReference type pgSz pgMar cols titlePg docGrid",
}


@pytest.mark.parametrize("name", [*DOCUMENTS, "hostile letter"])
def test_properties_are_in_schema_order(name: str) -> None:
    doc = DOCUMENTS[name] if name in DOCUMENTS else letter(TEXTS["Arabic"])
    with zipfile.ZipFile(io.BytesIO(word.render(doc, dt.date(2026, 11, 22)))) as held:
        names = [part for part in held.namelist() if part.startswith("word/") and part.endswith(".xml")]
        trees = [etree.fromstring(held.read(part)) for part in names]
    seen = 0
    for element in (e for tree in trees for e in tree.iter() if isinstance(e.tag, str)):
        order = ORDER.get(element.tag.removeprefix(W), "").split()
        if not order:
            continue
        places = [order.index(child.tag.removeprefix(W)) for child in element]
        assert places == sorted(places), etree.tostring(element)[:300]
        seen += 1
    assert seen > 100


def test_every_cell_ends_with_a_paragraph_and_no_two_tables_touch() -> None:
    made = word.render(DOCUMENTS["letter-in-two"], dt.date(2026, 11, 22))
    with zipfile.ZipFile(io.BytesIO(made)) as held:
        body = etree.fromstring(held.read("word/document.xml"))
    cells = list(body.iter(f"{W}tc"))
    assert cells
    assert {cell[-1].tag for cell in cells} == {f"{W}p"}
    following = {table.getnext().tag for table in body.iter(f"{W}tbl")}
    assert following == {f"{W}p"}

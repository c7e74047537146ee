"""What we say the fonts cover is what Typst can print with them."""

from __future__ import annotations

import pytest

from workbook.documents.render.pdf import fonts, glyphs, typeset

CJK = any(family.module == "noto_cjk_sans_otc" for family in fonts.installed())


def compiles(text: str) -> bool:
    """Whether Typst renders the text as PDF/UA, which forbids a character without a glyph."""
    import json

    import typst

    source = b'#set document(title: "t")\n#set text(font: json(bytes(sys.inputs.f)))\n#text(sys.inputs.t)'
    inputs = {"t": text, "f": json.dumps([family.name for family in fonts.installed()])}
    try:
        typeset._compiler().compile(input=source, format="pdf", pdf_standards=["ua-1"], sys_inputs=inputs)
    except typst.TypstError:
        return False
    return True


def printable(code: int) -> bool:
    import unicodedata

    return unicodedata.category(chr(code))[0] not in "CMZ"


def test_the_wheels_we_depend_on_are_found():
    assert [family.name for family in fonts.installed()][:3] == ["Source Sans 3", "Noto Sans", "Noto Sans Arabic"]
    assert all(len(found) > 1000 for found in fonts.covered())


def test_every_covered_character_can_be_printed():
    signs = sorted(set().union(*fonts.covered()))
    assert compiles(" ".join(chr(code) for code in signs if printable(code)))


@pytest.mark.parametrize("sign", ["\u05d0", "\U0001f616", "\u1200", "\u16a0", "\U0001d11e"])
def test_an_uncovered_character_cannot_be_printed(sign):
    assert not any(ord(sign) in found for found in fonts.covered())
    assert not compiles(sign)
    assert compiles(glyphs.shown(sign))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("plain", "plain"),
        ("Nguyễn Thị Hồng", "Nguyễn Thị Hồng"),
        ("😖", "[confounded face]"),
        ("ok 👍🏽 then", "ok [thumbs up sign] then"),
        ("a שלום עולם b", "a [Hebrew text] b"),
        pytest.param("手术？", "[Chinese text]?", marks=pytest.mark.skipif(CJK, reason="its font is installed")),
        ("\U00050000", "\ufffd"),
        ("🇺🇸", "US"),
    ],
)
def test_replacement_text(text, seen):
    assert glyphs.shown(text) == seen


def test_long_words_can_break_and_marks_stay_on_their_letters():
    assert glyphs.breakable("short words stay", 9) == "short words stay"
    broken = glyphs.breakable("e\u0323" * 40, 12)
    assert max(map(len, broken.split("\u200b"))) <= 6
    assert not any(piece.startswith("\u0323") for piece in broken.split("\u200b"))

"""Text is never wider than measured, so a label that fits by these widths fits in the fonts of pages and papers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import fontpkg_atkinson_hyperlegible
import fontpkg_noto_sans
import fontpkg_source_sans_3
import pytest
from fontTools.ttLib import TTFont

from tests.documents.hostile import NAMES, TEXTS
from workbook.documents.tree import text_width

LABELS = (
    "Can wait until and 1 more",
    "Plan’s last day; Records due",
    "Dr. Wilhelmina Thistle-Invented",
    "Nov 22, 2026",
    "WWW MMM @@@ 100%",
    "Opción de tratamiento: ¿cuándo?",
    "Chẩn đoán Nguyễn",
    "Может ли операция подождать? ЖЩЮ",
    "Μπορεί να περιμένει η εγχείρηση; ΩΨ",
    "क्या ऑपरेशन वसंत तक",
)


def fonts() -> list[Any]:
    places = [
        Path(p.__file__).parent for p in (fontpkg_atkinson_hyperlegible, fontpkg_source_sans_3, fontpkg_noto_sans)
    ]
    files = [file for place in places for file in sorted(place.rglob("*.ttf")) if "Italic" not in file.name]
    assert len(files) >= 4
    return [pytest.param(file, id=file.stem) for file in files]


@pytest.mark.parametrize("file", fonts())
def test_no_font_of_ours_is_wider_than_measured(file: Path) -> None:
    font = TTFont(file)
    glyphs, wide, unit = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    for label in LABELS:
        signs = [ord(sign) for sign in label if ord(sign) in glyphs]
        real = sum(wide[glyphs[sign]][0] for sign in signs) / unit * 15
        assert real <= text_width.width("".join(map(chr, signs)), 15), label


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("room", [60, 152, 260])
def test_any_text_fits_its_lines_and_loses_nothing(name: str, room: int) -> None:
    text = TEXTS[name][:4000]
    lines, whole = text_width.wrapped(text, room, 15)
    assert whole
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(text_width.width(line, 15) <= room for line in lines)


def test_a_text_that_is_too_long_ends_with_an_ellipsis() -> None:
    lines, whole = text_width.wrapped("A matter " * 20, 152, 15, most=3)
    assert not whole
    assert len(lines) == 3
    assert lines[-1].endswith(" …")
    assert all(text_width.width(line, 15) <= 152 for line in lines)


def test_a_letter_keeps_its_marks() -> None:
    lines, _ = text_width.wrapped("o\u0323\u0302" * 30, 60, 15)
    assert len(lines) > 1
    assert all(line.startswith("o\u0323\u0302") for line in lines)

"""Makes the fonts of the pages from the bundled font: woff2, with the letters of the languages that it covers.

uv run --with brotli python -m tests.page.make_fonts
"""

from __future__ import annotations

from pathlib import Path

import fontpkg_atkinson_hyperlegible as package
from fontTools import subset

OUT = Path(__file__).parents[2] / "workbook" / "page" / "static" / "fonts"
LETTERS = (
    "U+0020-007E,U+00A0-017F,U+0218-021B,U+02C6,U+02DA,U+02DC,U+2010-2027,U+202F-203A,"
    "U+2044,U+20AC,U+2122,U+2190-2193,U+2212,U+2260,U+2264-2265"
)


def main() -> None:
    OUT.mkdir(exist_ok=True)
    for style in ("Regular", "Italic", "Bold", "BoldItalic"):
        source = Path(package.ROOT) / "files" / f"AtkinsonHyperlegible-{style}.ttf"
        target = OUT / f"AtkinsonHyperlegible-{style}.woff2"
        subset.main(
            [
                str(source),
                f"--unicodes={LETTERS}",
                "--flavor=woff2",
                "--no-hinting",
                "--layout-features=kern,liga,mark,mkmk,ccmp,locl",
                f"--output-file={target}",
            ]
        )
        print(f"{target.name}: {source.stat().st_size:,} -> {target.stat().st_size:,} bytes")
    (OUT / "OFL.txt").write_text((Path(package.ROOT) / "LICENSE").read_text("utf-8"), "utf-8")


if __name__ == "__main__":
    main()

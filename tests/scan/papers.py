"""Records for the tests of this room: samples, and bytes as a readable file."""

from __future__ import annotations

import io

from tests import samples
from workbook.scan.values import Source


def source(data: bytes, path: str = "record") -> Source:
    return Source(path, len(data), lambda: io.BytesIO(data))


def sample(path: str) -> Source:
    """A sample, by its path; skips the test if it has not been fetched."""
    return source(samples.at(path).read_bytes(), path)


def pdf(*pages: str, more: bytes = b"", end: bytes = b"%%EOF") -> bytes:
    """A small PDF with a line of text a page; `more` is put among its objects."""
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(len(pages)))
    parts = [
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        b"3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj",
        f"2 0 obj<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>endobj".encode(),
    ]
    for n, text in enumerate(pages):
        words = f"BT /F 12 Tf 50 700 Td ({text}) Tj ET".encode()
        page = f"{10 + 2 * n} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {11 + 2 * n} 0 R"
        parts.append(f"{page}/Resources<</Font<</F 3 0 R>>>>>>endobj".encode())
        parts.append(b"%d 0 obj<</Length %d>>stream\n%s\nendstream endobj" % (11 + 2 * n, len(words), words))
    return b"\n".join([*parts, more, b"trailer<</Root 1 0 R>>", end])

"""The child process that opens PDFs: bytes in, a few properties out. Run as a script; knows PDFium and `child`.

PDFium is a large C++ program and the files are untrusted. Here it can crash, hang or exhaust memory without harm.
"""

from __future__ import annotations

import contextlib
import itertools
import re
import zlib
from typing import Any

MEMORY = 512 << 20  # bytes of address space, including the file itself
PAGES = 50_000  # more are not a document
LOOKED_AT = 10  # pages whose text is searched
CHARACTERS = 60_000
FEW = 40  # characters of a page: no more than a stamp has
_SCRIPT = re.compile(rb"/(?:JavaScript|JS|Launch)\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_PACKED = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)


def main() -> None:
    """Answers one file after another until the input ends."""
    import pypdfium2  # type: ignore[import-untyped]  # before the limits: it needs files of its own

    from workbook.scan import child

    pypdfium2.PdfDocument.new().close()  # initializes PDFium
    child.serve(opened, MEMORY)


def opened(sent: bytes) -> dict[str, Any]:
    """The same as `look`, for a file behind its password: two bytes of length, the password, the file."""
    length = int.from_bytes(sent[:2], "big")
    return look(sent[2 + length :], sent[2 : 2 + length].decode("utf-8", "replace"))


def look(data: bytes, password: str = "") -> dict[str, Any]:
    """Properties of a PDF: pages, whether they are scanned, its text within limits, active content; or `error`."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data, password=password or None)
    except pypdfium2.PdfiumError as error:
        return {"error": "locked" if error.err_code in (4, 5) else "damaged"}
    try:
        pages = len(document)
        if not 0 < pages <= PAGES:
            return {"error": "long" if pages else "damaged"}
        text, pictures, worded, read = "", False, False, 0
        for number in range(min(pages, LOOKED_AT)):
            with contextlib.suppress(pypdfium2.PdfiumError):
                page = document[number]
                words = page.get_textpage().get_text_range()
                text += words[: CHARACTERS - len(text)] + "\n"
                worded = worded or sum(not c.isspace() for c in words) >= FEW
                pictures = pictures or _has_picture(page)
                read += 1
        if not read:
            return {"error": "damaged"}
        runs = bool(pypdfium2.raw.FPDFDoc_GetJavaScriptActionCount(document) > 0) or has_script(data)
        scan = pictures and not worded
        return {"pages": pages, "scan": scan, "empty": not scan and not text.strip(), "text": text, "runs": runs}
    finally:
        document.close()


def has_script(data: bytes) -> bool:
    """Whether the file has active content, including in compressed objects and under escaped names."""
    if _SCRIPT.search(data) or (b"#" in data and _SCRIPT.search(_ESCAPED.sub(lambda h: bytes([int(h[1], 16)]), data))):
        return True
    for packed in itertools.islice(_PACKED.finditer(data), 2000):
        with contextlib.suppress(zlib.error):
            inside = zlib.decompressobj().decompress(data[packed.end() : packed.end() + (1 << 20)], 1 << 20)
            if _SCRIPT.search(inside):
                return True
    return False


def _has_picture(page: Any) -> bool:
    import pypdfium2

    image = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    for count, _ in enumerate(page.get_objects(filter=[image], max_depth=3)):
        return count == 0
    return False


if __name__ == "__main__":
    main()

"""The child process that takes a case file out of a PDF: bytes in, a text out. Run as a script; knows PDFium.

The PDF may come from anybody and have been made to do harm: see `pdf_worker`.
"""

from __future__ import annotations

import ctypes
from typing import Any

MEMORY = 640 << 20  # bytes of address space, including the file itself
MOST = 50  # attachments that are looked through
LARGEST = 50_000_000  # bytes of a case file
NAME = "workbook-case.json"


def main() -> None:
    """Answers one file after another until the input ends."""
    import pypdfium2  # type: ignore[import-untyped]  # before the limits: it needs files of its own

    from workbook.scan import child

    pypdfium2.PdfDocument.new().close()  # initializes PDFium
    child.serve(look, MEMORY)


def look(data: bytes) -> dict[str, Any]:
    """The text of the case file inside, or an `error`: none, locked, damaged or large."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return {"error": "locked" if error.err_code in (4, 5) else "damaged"}
    try:
        for number in range(min(document.count_attachments(), MOST)):
            held = document.get_attachment(number)
            if held.get_name() == NAME:
                return _text(held)
        return {"error": "none"}
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        return {"error": "damaged"}
    finally:
        document.close()


def _text(held: Any) -> dict[str, Any]:
    from pypdfium2 import raw

    size = ctypes.c_ulong()
    raw.FPDFAttachment_GetFile(held, None, 0, size)  # its size alone, before there is room for it
    if size.value > LARGEST:
        return {"error": "large"}
    return {"text": bytes(held.get_data()).decode("utf-8")}


if __name__ == "__main__":
    main()

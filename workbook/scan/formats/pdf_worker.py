"""The child process that opens PDFs: bytes in, a few properties out. Run as a script; knows PDFium and nothing of ours.

PDFium is a large C++ program and the files are untrusted. Here it can crash, hang or exhaust memory
without harm: this process cannot write files or open connections, and is killed and restarted.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import re
import signal
import sys
import time
import zlib
from typing import Any, BinaryIO

MEMORY = 512 << 20  # bytes of address space, including the file itself
SECONDS = 10  # seconds of CPU time for one file
IDLE = 60  # seconds without a file until this process exits
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

    pypdfium2.PdfDocument.new().close()  # initializes PDFium
    _limit()
    source, answers = sys.stdin.buffer, sys.stdout.buffer
    _say(answers, {"ready": True})
    while True:
        _alarm(IDLE)
        size = source.read(8)
        if len(size) < 8:
            return
        _alarm(0)
        data = source.read(int.from_bytes(size, "big"))
        _limit_time()
        _say(answers, look(data))
        del data


def look(data: bytes) -> dict[str, Any]:
    """Properties of a PDF: pages, whether they are scanned, its text within limits, active content; or `error`."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
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


def _limit() -> None:
    """No file writes, no core dumps, a memory limit; as far as the system supports such limits."""
    with contextlib.suppress(ImportError):
        import resource

        for what, most in (("AS", MEMORY), ("FSIZE", 0), ("CORE", 0), ("NPROC", 0)):
            with contextlib.suppress(AttributeError, ValueError, OSError):
                resource.setrlimit(getattr(resource, f"RLIMIT_{what}"), (most, most))


def _limit_time() -> None:
    """Sets the CPU time for the next file; beyond it the system kills this process."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + SECONDS + 1, most))


def _alarm(seconds: int) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _say(stream: BinaryIO, answer: dict[str, Any]) -> None:
    data = json.dumps(answer).encode()
    stream.write(len(data).to_bytes(4, "big") + data)
    stream.flush()


if __name__ == "__main__":
    main()

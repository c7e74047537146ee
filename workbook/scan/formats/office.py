"""Word processor files: DOCX, ODT, RTF, old Word. Their words are searched for studies and a patient, then discarded.

Knows zip files and RTF. Nothing in a file is run; an old Word file is only named.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from ...locale import N_, plural, tr
from .. import limits
from ..errors import BadRecord
from ..phrases import labeled, reports
from ..sources import head, whole
from ..values import File, HealthRecord, Patient, Source
from .plain_text import decoded

_PART = 32 * limits.MIB  # of one part of a file, unpacked
_PARTS = 200  # slides or sheets of one file
# The parts with words: of Word, OpenDocument, PowerPoint, Excel.
_WORDS = re.compile(
    r"word/(?:document|header\d*|footer\d*|footnotes)\.xml|content\.xml|styles\.xml|ppt/slides/slide\d+\.xml"
    r"|xl/sharedStrings\.xml"
)
_BREAK = re.compile(r"</(?:w:p|a:p|text:p|text:h|si|w:tr|table:table-row)>|<(?:w:br|text:line-break)\s*/?>")
_GAP = re.compile(r"<(?:w:tab|text:tab|text:s)\b[^>]*/?>|</(?:w:tc|table:table-cell)>")
_TAG = re.compile(r"<[^<>]{0,20000}>")
_OLE = b"\xd0\xcf\x11\xe0"
_RTF_WORD = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z0-9'])|(\{+|\}+)|\r?\n|([^\\{}\r\n]+)"
)
# Groups of an RTF file that hold no words of the document.
_NO_WORDS = frozenset(
    (b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"datastore", b"themedata", b"generator",
     b"listtable", b"listoverridetable", b"rsidtbl", b"xmlnstbl", b"latentstyles", b"fldinst")
)  # fmt: skip
_NAMES = {  # the main part of a file, and what such a file is called
    "word/document.xml": N_("Word document."),
    "content.xml": N_("OpenDocument file."),
    "ppt/presentation.xml": N_("PowerPoint file."),
    "xl/workbook.xml": N_("Excel file."),
}
_OLD = (  # the name of the main stream in an OLE file
    ("WordDocument", N_("An old Word document. Its words were not read. Open it, and see what it is.")),
    ("Workbook", N_("An old Excel file. It was not read. Open it, and see what it is.")),
    ("PowerPoint Document", N_("An old PowerPoint file. It was not read. Open it, and see what it is.")),
    ("__properties_version1.0", N_("A saved e-mail. It was not read. Open it, and see what is attached.")),
)


def read(source: Source) -> File:
    """What kind of file it is, and the studies and the patient its words name. Raises BadRecord if it is damaged."""
    start = head(source, 8)
    if start.startswith(_OLE):
        return _old(source)
    if start.startswith(b"PK"):
        name, words, runs = _packed(source)
    else:
        data = whole(source)
        name, words, runs = tr("Word document (RTF)."), rtf_words(data), b"\\object" in data
    document = HealthRecord(source.path, "office", studies=reports.studies_named(words), worded=labeled.patients(words))
    document.patient = next(iter(document.worded), Patient())
    count = len(words.split())
    document.notes += [name, plural("1 word.", "{n} words.", count) if count else tr("No words were found in it.")]
    file = File(source.path, "office", patient=document.patient, document=document)
    if runs:
        file.why = tr("It contains another file or a program. That was not opened.")
    return file


def _old(source: Source) -> File:
    """An OLE file, told by the names of its streams; damaged if it has none."""
    data = head(source, 4 * limits.MIB)
    words = next((words for stream, words in _OLD if stream.encode("utf-16-le") in data), "")
    words = tr(words) if words else tr("An old Office file. It was not read. Open it, and see what it is.")
    return File(source.path, "office", document=HealthRecord(source.path, "office", notes=[words]))


def _packed(source: Source) -> tuple[str, str, bool]:
    """The name of the format, the words, and whether it holds a program or another file."""
    damaged = BadRecord("damaged", tr("The document is damaged or cut short. Ask for it again."))
    try:
        with zipfile.ZipFile(io.BytesIO(whole(source))) as zipped:
            names = zipped.namelist()
            main = next((part for part in _NAMES if part in names), "")
            texts = [_part(zipped, name) for name in names if _WORDS.fullmatch(name)][:_PARTS] if main else []
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, OSError):
        raise damaged from None
    if not main:
        return tr("A packed file of a program. Open it, and see what it is."), "", False
    runs = any("vbaProject" in name or "/embeddings/" in name or name.startswith("Object ") for name in names)
    return tr(_NAMES[main]), "\n".join(texts), runs


def _part(zipped: zipfile.ZipFile, name: str) -> str:
    """The words of one part; raises BadRecord if it unpacks to far more than it should."""
    info = zipped.getinfo(name)
    if info.file_size > min(_PART, limits.RATIO * info.compress_size + limits.SLACK):
        raise BadRecord("refused", tr("It unpacks to far more than it should. It was not opened."))
    with zipped.open(info) as stream:
        text = stream.read(_PART).decode("utf-8", "replace")
    return html.unescape(_TAG.sub("", _GAP.sub("\t", _BREAK.sub("\n", text))))


def rtf_words(data: bytes) -> str:
    """The words of an RTF file, a line for each paragraph; groups of any depth, without pictures and embedded files.

    >>> rtf_words(rb"{\\rtf1{\\fonttbl{\\f0 Arial;}}Fall on June 3\\par M\\'e9dica \\u9786?{\\*\\x hidden}}")
    'Fall on June 3\\nMédica ☺'
    """
    return "".join(_rtf_pieces(data)).strip()


def _rtf_pieces(data: bytes) -> Iterator[str]:
    skipped, depth, hidden = 1, 0, 0  # how many characters follow a \u; the depth, and the one from which all is hidden
    swallow = 0
    for word, number, code, symbol, brace, text in _RTF_WORD.findall(data):
        if brace:  # one or many of the same
            depth += len(brace) if brace[0] == ord("{") else -len(brace)
            hidden = 0 if depth < hidden else hidden
        elif hidden:
            continue
        elif symbol == b"*" or word in _NO_WORDS:
            hidden = depth or 1
        elif word in (b"par", b"line", b"row", b"sect", b"page"):
            yield "\n"
        elif word in (b"tab", b"cell"):
            yield "\t"
        elif word == b"uc":
            skipped = int(number or 1)
        elif word == b"u":
            letter = int(number or 0) % 65536
            yield chr(letter) if not 0xD800 <= letter < 0xE000 else "�"
            swallow = skipped
        elif code or text or symbol in (b"\\", b"{", b"}", b"~"):
            piece = bytes([int(code, 16)]) if code else text or (b" " if symbol == b"~" else symbol)
            yield piece.decode("cp1252", "replace")[swallow:]
            swallow = max(0, swallow - len(piece))


def words_of(data: bytes) -> str:
    """The words of an attached RTF or text."""
    return rtf_words(data) if data.lstrip()[:5] == b"{\\rtf" else decoded(data)[0]

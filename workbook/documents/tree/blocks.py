"""The building blocks of a document: plain dicts, built by small functions. Knows no format and no case.

A block has a key "k" for its kind. Text is a list of runs, {"t": text} with optional "b", "i", "code", "href" or
"mark", a sign before it (see `marks`); a line end inside "t" is a line break. What a person typed is always a value of
"t" or of a label: no renderer parses it as markup. Every text is cleaned here, so that any page can show it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from ...locale import N_, tr
from .clean import clean, safe_link
from .marks import Mark
from .schema import KINDS, PAPERS, TONES, check

__all__ = [
    "KINDS",
    "MIME",
    "PAPERS",
    "TONES",
    "WORDS",
    "Block",
    "answer",
    "as_text",
    "callout",
    "check",
    "checks",
    "details",
    "document",
    "heading",
    "image",
    "letter",
    "lines",
    "link",
    "listing",
    "marked",
    "meta",
    "own_words",
    "pagebreak",
    "pair",
    "para",
    "pre",
    "quote",
    "runs",
    "table",
    "text",
    "timeline",
]

MIME = "application/vnd.second-opinion.blocks+json"

Run: TypeAlias = dict[str, Any]
Block: TypeAlias = dict[str, Any]
Words: TypeAlias = "str | int | float | Run | Sequence[str | Run] | None"

# The few texts that renderers add. Others can be passed in through `document(words=...)`.
WORDS: dict[str, str] = {
    "page": N_("Page {page} of {pages}"),
    "done": N_("Done"),
    "to_do": N_("To do"),
    "table": N_("Table"),
    "choose": N_("Choose"),
    "write": N_("Write here"),
    "today": N_("Today"),
}


def own_words() -> dict[str, str]:
    """The texts that renderers add, in the current language."""
    return {name: tr(words) for name, words in WORDS.items()}


def text(words: object, *, b: bool = False, i: bool = False, code: bool = False, href: str = "") -> Run:
    """One run of text; a link that must not be followed becomes plain text."""
    run: Run = {"t": clean(words)}
    run.update({name: True for name, on in (("b", b), ("i", i), ("code", code)) if on})
    if href and (address := safe_link(href)):
        run["href"] = address
    return run


def link(words: object, address: str) -> Run:
    """Text that links to a web page, a mail address or a phone number."""
    return text(words, href=address)


def marked(mark: Mark, words: object) -> Run:
    """Text with a mark before it, which shows the same at a glance. A Word file has a character of that shape."""
    return {**text(words), "mark": mark}


def runs(words: Words) -> list[Run]:
    """Text in any accepted form as a list of runs."""
    if words is None:
        return []
    if isinstance(words, Mapping):
        return [dict(words)]
    if isinstance(words, str | int | float):
        return [text(words)] if str(words) else []
    return [run for part in words for run in runs(part)]


def as_text(words: Words) -> str:
    """The same as plain text."""
    return "".join(run["t"] for run in runs(words))


def heading(level: int, words: Words) -> Block:
    """A heading; the document's title is level 1, so parts begin at 2.

    Without text it is an empty paragraph: an empty heading confuses a screen reader and breaks PDF/UA.
    """
    content = runs(words)
    if not as_text(content).strip():
        return para("")
    return {"k": "heading", "level": max(2, min(6, level)), "c": content}


def para(words: Words, *, lines: bool = False, keep: bool = False) -> Block:
    """A paragraph; its letters decide its direction.

    `lines` are those of an address or a signature: they stay on the side of the page where the document puts them.
    With `keep` a page never ends right after it.
    """
    more = {name: True for name, on in (("lines", lines), ("keep", keep)) if on}
    return {"k": "para", "c": runs(words), **more}


def listing(items: Iterable[Words | Sequence[Block]], *, ordered: bool = False, contents: bool = False) -> Block:
    """A list; an item is text, or blocks if it is longer than a sentence.

    `contents` are the contents of the document: a PDF lists its headings with their pages instead.
    """
    made = {"k": "list", "ordered": ordered, "items": [_item(item) for item in items]}
    return {**made, "contents": True} if contents else made


def _item(item: Any) -> list[Block]:
    if isinstance(item, Mapping) and "k" in item:
        return [dict(item)]
    if isinstance(item, list) and item and isinstance(item[0], Mapping) and "k" in item[0]:
        return list(item)
    return [para(item)]


def checks(items: Iterable[tuple[bool, Words] | tuple[bool, Words, Words]]) -> Block:
    """A checklist: (done, text) or (done, text, note)."""
    return {
        "k": "checks",
        "items": [
            {"done": bool(item[0]), "c": runs(item[1]), "note": runs(item[2] if len(item) > 2 else "")}
            for item in items
        ],
    }


def details(pairs: Iterable[tuple[object, Words]]) -> Block:
    """Short facts, (label, text), in two columns."""
    return {"k": "details", "items": [{"label": clean(label), "c": runs(words)} for label, words in pairs]}


def callout(title: Words, blocks: Iterable[Block | str] = (), tone: str = "info") -> Block:
    """A tinted box for important text; tones are info, goal and warn."""
    return {
        "k": "callout",
        "tone": tone,
        "title": runs(title),
        "blocks": _blocks(blocks),
    }


def table(
    caption: Words,
    columns: Sequence[Words],
    rows: Iterable[Sequence[Words]],
    widths: Sequence[float] | None = None,
    row_header: bool = True,
    tall: bool = False,
) -> Block:
    """A table; every row is padded to the number of columns, and its first cell is the row header.

    `tall` leaves space in each row for handwriting.
    """
    count = len(columns)
    return {
        "k": "table",
        "caption": runs(caption),
        "columns": [runs(column) for column in columns],
        "rows": [[runs(cell) for cell in (*row, *[""] * count)[:count]] for row in rows],
        "widths": [float(width) for width in widths or [1] * count],
        "row_header": row_header,
        **({"tall": True} if tall else {}),
    }


def lines(count: int = 3, label: object = "", *, fill: bool = False, date: object = "") -> Block:
    """Ruled lines to write on; with `fill` a printed page has as many as fit, possibly none.

    `date` is the label of a second, shorter line beside a signature.
    """
    more = {**({"fill": True} if fill else {}), **({"date": clean(date)} if date else {})}
    return {"k": "lines", "n": max(0, min(60, count)), "label": clean(label), **more}


def answer(
    question: Words, options: Iterable[object] = (), *, lines: int = 2, hint: Words = "", large: bool = False
) -> Block:
    """A question to answer by hand: checkboxes, then ruled lines; `large` for text to read aloud."""
    return {
        "k": "answer",
        "question": runs(question),
        "hint": runs(hint),
        "options": [clean(option) for option in options],
        "n": max(0, min(60, lines)),
        **({"large": True} if large else {}),
    }


def image(data: bytes, alt: object, mime: str = "image/png") -> Block:
    """A picture (PNG or JPEG) with alternative text."""
    from base64 import b64encode

    words = clean(alt).strip() or "Picture without a description"
    return {"k": "image", "data": b64encode(data).decode("ascii"), "alt": words, "mime": mime}


def quote(blocks: Iterable[Block | str]) -> Block:
    """A quotation."""
    return {"k": "quote", "blocks": _blocks(blocks)}


def pre(words: object) -> Block:
    """Preformatted text, line by line."""
    return {"k": "pre", "t": clean(words)}


def pagebreak() -> Block:
    """A page break in print."""
    return {"k": "pagebreak"}


def pair(left: Iterable[Block | str], right: Iterable[Block | str], lang: str) -> Block:
    """The same content in two languages, side by side; `lang` is the code of the language on the right."""
    return {"k": "pair", "left": _blocks(left), "right": _blocks(right), "lang": lang}


def _blocks(blocks: Iterable[Block | str]) -> list[Block]:
    return [para(block) if isinstance(block, str) else block for block in blocks]


def timeline(label: object, today: dt.date, items: Iterable[tuple[dt.date, object, str]]) -> Block:
    """A time line with dates: (day, label, tone); tones are deadline, visit, wait and past.

    `label` describes the time line. Today is added automatically.
    """
    from ...locale.dates import show_day

    def named(on: dt.date) -> str:
        return show_day(on.isoformat(), short=True)

    return {
        "k": "timeline",
        "label": clean(label),
        "today": today.isoformat(),
        "day": named(today),
        "items": [
            {"on": on.isoformat(), "day": named(on), "words": clean(words), "tone": tone} for on, words, tone in items
        ],
    }


def meta(**values: str) -> Block:
    """Properties of the whole document from a notebook part: title, subject, prepared, footer, watermark, lang."""
    return {"k": "document", **{name: clean(value) for name, value in values.items()}}


def letter(sender: Iterable[object], date: object, to: Iterable[object]) -> dict[str, Any]:
    """The head of a letter: the sender's lines, the date, the recipient's lines."""
    return {
        "sender": [clean(line) for line in sender if line],
        "date": clean(date),
        "to": [clean(line) for line in to if line],
    }


def document(
    title: object,
    blocks: Iterable[Block],
    *,
    subject: object = "",
    prepared: object = "",
    lang: str = "en",
    paper: str = "us-letter",
    footer: object = "",
    watermark: object = "",
    size: float = 10,
    words: Mapping[str, str] | None = None,
    letter: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """A whole document.

    `footer` is the disclaimer at its end; `watermark` is on every page (for made-up cases);
    `size` is the text size in points, 14 for large print. With a `letter` (see `letter()`) page 1 is laid
    out as a business letter: its subject line is `subject`, else the title; `prepared` is not shown.
    """
    return {
        "title": clean(title).strip() or "Document",
        "subject": clean(subject),
        "prepared": clean(prepared),
        "lang": lang,
        "paper": paper,
        "footer": clean(footer),
        "watermark": clean(watermark),
        "size": float(size),
        "words": {**own_words(), **(words or {})},
        "blocks": list(blocks),
        **({"letter": dict(letter)} if letter else {}),
    }

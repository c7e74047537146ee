"""Extracts all translatable texts into one file for translators. Reads our own sources; runs no notebook.

python -m workbook.cli.messages > template.pot
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ..case import CaseModel

PACKAGE = Path(__file__).parents[1]
_CALLS = {"tr", "_", "N_"}
_VERBS = {"ask", "each", "group", "form", "say", "grid", "download", "review"}
_WORDS_OF_VERBS = {"words", "hint", "why", "add", "item", "title", "label", "note"}


class Found(NamedTuple):
    """One text and its location."""

    text: str
    place: str
    many: str = ""  # the plural form


def everything(notebooks: Path | None = None) -> list[Found]:
    """All texts a person may see, without repeats, in a stable order."""
    seen: dict[str, Found] = {}
    for found in [
        *_model(),
        *_vocabularies(),
        *_packs(),
        *_python(),
        *_templates(),
        *_tables(),
        *_notebooks(notebooks),
    ]:
        if found.text.strip() and any(c.isalpha() for c in found.text):
            seen.setdefault(found.text, found)
            if found.many:
                seen[found.text] = found
    return list(seen.values())


def template(notebooks: Path | None = None) -> bytes:
    """The bytes of a `.pot` file with every text."""
    import io

    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalog = Catalog(project="Second Opinion Workbook", charset="utf-8")
    for found in everything(notebooks):
        catalog.add((found.text, found.many) if found.many else found.text, locations=[(found.place, 0)])
    out = io.BytesIO()
    write_po(out, catalog, omit_header=True, include_lineno=False, width=110)
    return out.getvalue()


def _parts() -> Iterator[type[CaseModel]]:
    from ..case import CaseModel

    todo: list[type[CaseModel]] = [CaseModel]
    while todo:
        kind = todo.pop(0)
        yield kind
        todo += kind.__subclasses__()


def _model() -> Iterator[Found]:
    from ..case import Item, words_for

    for kind in _parts():
        if issubclass(kind, Item):
            yield Found(kind.NOUN, f"case:{kind.__name__}")
        for name in kind.model_fields:
            words = words_for(kind, name)
            if words:
                for text in (words.question, words.hint, words.why, words.short, words.unit):
                    yield Found(text, f"case:{kind.__name__}.{name}")


def _vocabularies() -> Iterator[Found]:
    from ..case import Choice

    for kind in Choice.__subclasses__():
        for member in kind:
            yield Found(member.words, f"case:{kind.__name__}.{member.value}")


def _packs() -> Iterator[Found]:
    import tomllib

    for file in sorted((PACKAGE / "packs").rglob("*.toml")):
        pack = tomllib.loads(file.read_text("utf-8"))
        for key in ("title", "use", "heading"):
            yield Found(pack.get("letter", {}).get(key, ""), f"packs/{file.name}")
        yield Found(pack.get("condition", {}).get("title", ""), f"packs/{file.name}")
        for entry in pack.get("entry", []):
            for key in ("title", "called", "text", "note", "statement", "say"):
                if isinstance(entry.get(key), str):
                    yield Found(entry[key], f"packs/{file.name}:{entry.get('id')}")
            for line in entry.get("lines", []):
                yield Found(line, f"packs/{file.name}:{entry.get('id')}")


def _python() -> Iterator[Found]:
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name(node) in _CALLS and node.args:
                text = node.args[0]
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    yield Found(text.value, str(file.relative_to(PACKAGE)))
            elif isinstance(node, ast.Call) and _name(node) == "plural" and len(node.args) == 3:
                one, many = node.args[:2]
                if isinstance(one, ast.Constant) and isinstance(many, ast.Constant):
                    yield Found(str(one.value), str(file.relative_to(PACKAGE)), str(many.value))


def _templates() -> Iterator[Found]:
    from jinja2 import Environment
    from jinja2.ext import extract_from_ast

    for file in sorted(PACKAGE.rglob("*.j2")):
        tree = Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"], autoescape=True).parse(
            file.read_text("utf-8")
        )
        for _line, _function, text in extract_from_ast(tree, gettext_functions=("_", "tr", "plural")):
            if isinstance(text, str):
                yield Found(text, str(file.relative_to(PACKAGE)))
            elif isinstance(text, tuple) and text[1]:
                yield Found(str(text[0]), str(file.relative_to(PACKAGE)), str(text[1]))


def _tables() -> Iterator[Found]:
    """The text tables of the browser side and of the page frame."""
    from importlib import import_module

    for name, tables in (
        ("ui.forms.strings", ("EARLY", "FORM", "TROUBLE")),
        ("page.notices", ("WORDS",)),
        ("documents.tree.blocks", ("WORDS",)),
    ):
        room = import_module(f"..{name}", __package__)
        for table in tables:
            for text in getattr(room, table).values():
                yield Found(text, name)


def _notebooks(folder: Path | None) -> Iterator[Found]:
    if folder is None:
        from ..ui.asking.pages import notebooks_dir

        folder = notebooks_dir()
    for file in sorted(folder.glob("*.ipynb")):
        book = json.loads(file.read_text("utf-8"))
        yield Found(book["metadata"].get("title", ""), file.name)
        for cell in book["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                for paragraph in source.split("\n\n"):
                    yield Found(paragraph.strip(), file.name)
            elif cell["cell_type"] == "code":
                yield from _cell(source, file.name)


def _cell(source: str, place: str) -> Iterator[Found]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or _name(node) not in _VERBS:
            continue
        words: list[ast.expr] = [k.value for k in node.keywords if k.arg in _WORDS_OF_VERBS]
        if _name(node) in ("ask", "group") and node.args:
            words.append(node.args[1] if _name(node) == "ask" and len(node.args) > 1 else node.args[0])
        for text in words:
            if isinstance(text, ast.Constant) and isinstance(text.value, str) and " " in text.value:
                yield Found(text.value, place)


def _name(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


if __name__ == "__main__":
    import sys

    sys.stdout.buffer.write(template())

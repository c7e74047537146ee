"""Small made-up parts, pages and notebooks for tests of the site; and the real ones, if they can be had."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from workbook.errors import CannotBuild
from workbook.site import parts
from workbook.site.build import Site
from workbook.site.parts import Part


def small(workbook: bytes = b"our code") -> list[Part]:
    """Parts like the real ones, of a few bytes."""
    scripts = [Part(n, "first", "text/javascript", n.encode(), False, 9) for n in ("pyodide.mjs", "lock.mjs", "xz.mjs")]
    packed = [
        Part("pyodide.asm.wasm", "first", "application/wasm", b"wasm", True, 40),
        Part("pyodide.asm.mjs", "first", "text/javascript", b"mjs", True, 30),
        Part("python_stdlib.zip", "first", "application/zip", b"library", True, 70),
        Part("packages.zip", "first", "application/zip", b"packages", True, 80),
        Part("workbook.zip", "first", "application/zip", workbook, True, 90),
        Part("packet.zip", "packet", "application/zip", b"packet", True, 20),
        Part("pypdfium2.zip", "pypdfium2", "application/zip", b"pdfium", True, 60),
        Part("typst.zip", "typst", "application/zip", b"typst", True, 50),
    ]
    return [*scripts, *packed]


def real() -> list[Part]:
    """The parts that a browser really loads; skips where they cannot be made."""
    if not shutil.which("node"):
        pytest.skip("Node.js is not installed, so the parts for the browser cannot be compiled")
    try:
        return parts.prepare()
    except CannotBuild as error:
        pytest.skip(f"the parts for the browser cannot be made here: {error}")


def plain_pages(site: Site) -> dict[str, bytes]:
    """A page for each notebook, with the least that starts the site."""
    return {f"{name}.html": _page(site, name).encode() for name in site.notebooks}


def _page(site: Site, name: str) -> str:
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{name}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{site.policy}">'
        f'<link rel="icon" href="{site.address("icon-192.png")}">'
        f'<link rel="manifest" href="manifest.webmanifest"><main data-version="{site.version}" data-list="{site.list}">'
        f'</main><script type="module" src="{site.address("page.js")}"></script>'
    )


def notebook(*sources: str, tags: tuple[str, ...] = (), **more: Any) -> str:
    """The text of a notebook with these code cells, which were run."""
    cells = [
        {
            "cell_type": "code",
            "id": f"c{n}",
            "metadata": {"tags": list(tags)},
            "source": source.splitlines(keepends=True),
            "execution_count": 3,
            "outputs": [{"output_type": "stream", "name": "stdout", "text": "An answer of somebody"}],
        }
        for n, source in enumerate(sources)
    ]
    words = {"cell_type": "markdown", "id": "m", "metadata": {}, "source": ["# A page"]}
    metadata = {"title": "A page", "widgets": {"state": "An answer of somebody"}, **more}
    return json.dumps({"cells": [words, *cells], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def folder_of_notebooks(at: Path) -> Path:
    """Two notebooks."""
    at.mkdir(parents=True)
    (at / "index.ipynb").write_text(notebook("import workbook as wb"), "utf-8")
    (at / "1-goal.ipynb").write_text(notebook("wb.form(case)", "1 / 0"), "utf-8")
    return at

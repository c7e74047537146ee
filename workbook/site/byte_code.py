"""Compiles a zip of Python sources for the Python that runs this file. Knows the standard library alone.

It runs inside Pyodide, or as `python byte_code.py IN OUT`: byte code fits only the Python that made it.
A file at `2/packages/babel/core.py` in the zip becomes `packages/babel/core.pyc`, compiled at level 2 (without
docstrings and asserts); a traceback calls it babel/core.py.
"""

from __future__ import annotations

import importlib.util
import marshal
import sys
import zipfile
from pathlib import Path

UNCHECKED = (0b01).to_bytes(4, "little")  # nothing compares it with a source, which the browser does not have


def code_file(source: bytes, name: str, level: int) -> bytes:
    """The bytes of the .pyc file; a traceback names the source."""
    code = compile(source, name, "exec", dont_inherit=True, optimize=level)
    return importlib.util.MAGIC_NUMBER + UNCHECKED + importlib.util.source_hash(source) + marshal.dumps(code)


def convert(sources: Path, compiled: Path) -> None:
    """Compiles every file of one zip into another."""
    with zipfile.ZipFile(sources) as given, zipfile.ZipFile(compiled, "w") as out:
        for entry in given.namelist():
            level, group, name = entry.split("/", 2)
            out.writestr(f"{group}/{name}c", code_file(given.read(entry), name, int(level)))


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(sys.argv[2]))

"""Joins modules of JavaScript into one file, each in a function of its own. Knows how imports and exports are written.

Only the forms that our pinned packages use; anything else is refused, so that nothing is left out unseen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from posixpath import dirname, join, normpath

Read = Callable[[str], str]
"""The source of a module, by its place such as `@noble/hashes/sha2.js`."""

_COMMENT = re.compile(r"^\s*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*\n", re.DOTALL | re.MULTILINE)
_IMPORT = re.compile(r"""^import\s+(?:\*\s+as\s+(\w+)|\{([^}]*)\})\s*from\s*["']([^"']+)["'];""", re.MULTILINE)
_EXPORT_FROM = re.compile(r'^export\s+(?:\*\s+as\s+(\w+)|\{([^}]*)\})\s*from\s*"([^"]+)";', re.MULTILINE)
_EXPORT_NAMES = re.compile(r"^export\s*\{([^}]*)\}\s*;", re.MULTILINE)
_EXPORT_DEFAULT = re.compile(r"^export\s+default\s+(\w+);", re.MULTILINE)
_EXPORT_THIS = re.compile(r"^export\s+((?:async\s+)?(?:function|class|const)\s+(\w+))", re.MULTILINE)
_OTHER = re.compile(r"^\s*(?:import|export)\b.*$|\bimport\s*\(.*$", re.MULTILINE)


def joined(entry: str, read: Read, without: Collection[str] = ()) -> str:
    """One module that exports what the entry exports. Modules in `without` are empty: nothing of them is used.

    >>> files = {"a.js": 'import { two as b } from "./b.js";\\nexport const c = b;', "b.js": "export const two = 2;"}
    >>> print(joined("a.js", files.__getitem__))
    const m0 = (() => {
    const two = 2;
    return { two };
    })();
    const m1 = (() => {
    const { two: b } = m0;
    const c = b;
    return { c };
    })();
    export const { c } = m1;
    <BLANKLINE>
    """
    names: dict[str, str] = {}
    made: list[str] = []
    exported: list[str] = []

    def add(place: str) -> str:
        """The name that a module has here; made first if it is not yet."""
        if place in names:
            if not names[place]:
                raise ValueError(f"{place} imports itself")
            return names[place]
        names[place] = ""
        body, exported[:] = ("", []) if place in without else _as_function(place, read(place), add)
        names[place] = f"m{len(made)}"
        made.append(f"const {names[place]} = (() => {{\n{body}return {{ {', '.join(exported)} }};\n}})();\n")
        return names[place]

    last = add(entry)
    outside = [each.partition(":")[0] for each in exported]
    return "".join(made) + f"export const {{ {', '.join(outside)} }} = {last};\n"


def _as_function(place: str, source: str, add: Callable[[str], str]) -> tuple[str, list[str]]:
    """The body of a function that does what the module does, and what it returns."""
    exports: list[str] = []

    def module(specifier: str) -> str:
        return add(normpath(join(dirname(place), specifier)) if specifier.startswith(".") else specifier)

    def taken(match: re.Match[str]) -> str:
        whole, parts, specifier = match.groups()
        if not whole and not parts.strip():
            return ""  # of a module with types only
        named = whole or f"{{ {', '.join(_pairs(parts, ': '))} }}"
        return f"const {named} = {module(specifier)};"

    def passed_on(match: re.Match[str]) -> str:
        whole, parts, specifier = match.groups()
        name = module(specifier)
        exports.extend([f"{whole}: {name}"] if whole else [f"{new}: {name}.{old}" for old, new in _names(parts)])
        return ""

    def listed(match: re.Match[str]) -> str:
        exports.extend(f"{new}: {old}" if new != old else old for old, new in _names(match[1]))
        return ""

    def default(match: re.Match[str]) -> str:
        exports.append(f"default: {match[1]}")
        return ""

    def here(match: re.Match[str]) -> str:
        exports.append(match[2])
        return match[1]

    body = _COMMENT.sub("", source.replace("\r\n", "\n").rstrip("\n") + "\n")
    steps = ((_IMPORT, taken), (_EXPORT_FROM, passed_on), (_EXPORT_NAMES, listed), (_EXPORT_DEFAULT, default))
    for pattern, change in (*steps, (_EXPORT_THIS, here)):
        body = pattern.sub(change, body)
    if other := _OTHER.search(body):
        raise ValueError(f"{place}: {other[0].strip()}")
    return "\n".join(line for line in body.splitlines() if line.strip()) + "\n", exports


def _names(parts: str) -> list[tuple[str, str]]:
    """The old and the new name of each part of a list in braces."""
    found = [re.split(r"\s+as\s+", part.strip()) for part in parts.split(",") if part.strip()]
    return [(pair[0], pair[-1]) for pair in found]


def _pairs(parts: str, between: str) -> list[str]:
    return [f"{old}{between}{new}" if old != new else old for old, new in _names(parts)]

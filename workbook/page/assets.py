"""The static files of a page: bundles its scripts and styles without a build step. Knows the files next to it only."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
TEMPLATES, STATIC, SCRIPTS = HERE / "templates", HERE / "static", HERE / "scripts"
_COMMON = ("dom", "leaving", "files")
_CONTROLS = ("phones", "controls", "dates")
_FORM = (
    "words",
    "saver",
    "save_line",
    *_CONTROLS,
    "when",
    "question",
    "blocks",
    "marks",
    "lists",
    "grid",
    "walk",
    "unfit",
    "page",
)
PARTS = {
    "form": ("dom", "leaving", *_FORM),
    "panel": _COMMON,
    "download": _COMMON,
    "upload": ("dom", "leaving"),
}
"""The files that the script of each kind of widget needs, in order."""
_MIME = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml", "woff2": "font/woff2"}
_EXPORT = "export default { render };"
_HOST = ("frame", "kernel_channel", "worker_channel", "mount", "router", "keeping", "browser_home", "host")


def _short(text: str) -> str:
    """The code without indentation and comment-only lines."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _sheet(name: str) -> str:
    """A style sheet without its comments: no string in ours looks like one."""
    return _short(re.sub(r"/\*.*?\*/", "", (STATIC / f"{name}.css").read_text("utf-8"), flags=re.DOTALL))


def _read(name: str, folder: str = "") -> str:
    return _short((SCRIPTS / folder / f"{name}.js").read_text(encoding="utf-8"))


@cache
def script(name: str, *parts: str) -> str:
    """The module of one widget: the named files in order, then `<name>.js`, which exports `render`."""
    return "\n".join([*(_read(part, "form") for part in parts), _read(name)])


@cache
def style() -> str:
    """The styles of all widgets, scoped under `.wb`."""
    return "\n".join(_sheet(name) for name in ("form", "panel"))


@cache
def host() -> str:
    """The script of our own pages: all widgets, the frame, and the channels to Python."""
    common = [_read(part, "form") for part in (*_COMMON, *_FORM)]
    host = ["{", _RENDER, *(_read(name, "host") for name in _HOST), "}"]  # a block, so that names may repeat
    return "\n".join(["(() => {", *common, *_widgets(), *host, "})();\n"])


@cache
def early_host() -> str:
    """The script of a page whose Python takes seconds: the same without the widgets, which it loads meanwhile."""
    common = [_read(part, "form") for part in _COMMON]
    host = (_read(name, "host") for name in _HOST if name != "kernel_channel")
    return "\n".join(["(() => {", *common, "{", "const RENDER = {};", *host, "}", "})();\n"])


@cache
def widgets() -> str:
    """The module of all widgets for such a page: what shows each kind."""
    common = [_read(part, "form") for part in (*_COMMON, *_FORM)]
    return "\n".join([*common, *_widgets(), _RENDER, "export default RENDER;\n"])


_RENDER = f"const RENDER = {{ {', '.join(f'{kind}: show{kind.title()}' for kind in PARTS)} }};"


def _widgets() -> list[str]:
    return [_as_constant(kind, _read(kind)) for kind in PARTS]


def _as_constant(kind: str, code: str) -> str:
    """A widget's module as a constant `show<Kind>`, so that the names of several do not clash."""
    return f"const show{kind.title()} = (() => {{\n{code.replace(_EXPORT, 'return render;')}\n}})();"


@cache
def early() -> str:
    """The script in the head of every page, which runs before anything is shown."""
    return _short((STATIC / "early.js").read_text("utf-8"))


@cache
def early_hash() -> str:
    """How a content security policy allows that script and no other text."""
    digest = hashlib.sha256(early().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def mark() -> str:
    """The picture beside the name, as an address that is not requested."""
    return "data:image/svg+xml;base64," + base64.b64encode((STATIC / "mark.svg").read_bytes()).decode()


@cache
def files() -> dict[str, bytes]:
    """The files of every page by name: one script, one style sheet, fonts, and the few that notices need."""
    found = {path.name: path.read_bytes() for path in sorted(STATIC.glob("*.js")) if path.name != "early.js"}
    found["page.js"] = host().encode()
    found["page.css"] = "\n".join(_sheet(name) for name in ("workbook", "form", "panel")).encode()
    return found | {f"fonts/{path.name}": path.read_bytes() for path in sorted((STATIC / "fonts").glob("*.woff2"))}


@cache
def stamp() -> str:
    """A short hash that changes whenever one of these files changes, so that caches never go stale."""
    seen = hashlib.sha256()
    for name, data in sorted(files().items()):
        seen.update(name.encode())
        seen.update(data)
    return seen.hexdigest()[:12]


def mime(name: str) -> str:
    """The type of one of these files."""
    return _MIME[name.rpartition(".")[2]]

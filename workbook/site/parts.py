"""The prepared parts of a site: what a browser loads, ready to be copied. Knows packing and the runtime.

A released workbook brings them (`python -m workbook.site.bundle` puts them beside this file); a clone makes them once
and keeps them in the cache. Those of a release are used only with its very own code.
"""

from __future__ import annotations

import functools
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ..errors import CannotBuild
from . import compiling, modules, pack, runtime
from .runtime import Progress, Runtime

BUNDLED = Path(__file__).with_name("bundled")
LIST = "parts.json"
OURS, PACKET = "workbook.zip", "packet.zip"
# What the first visit needs, in the order it is used; then what comes later.
ORDER = (
    *(
        "pyodide.mjs",
        "lock.mjs",
        "xz.mjs",
        "pyodide.asm.wasm",
        "pyodide.asm.mjs",
        "python_stdlib.zip",
        "packages.zip",
        OURS,
        "age.mjs",
    ),
    *("drop.mjs", PACKET, "pypdfium2.zip", "typst.zip"),
)
_MAKERS = (
    *("byte_code.py", "byte_code.mjs", "compiling.py", "contents.py", "modules.py", "pack.py", "parts.py"),
    *("pins.toml", "scripts/age.js", "scripts/drop.js", "scripts/x25519.js"),
)
# Of the packages that lock files: ways that the workbook does not use. A key is used for a drop box only.
_OTHER_KEYS = ("age-encryption/dist/webauthn.js", "@noble/curves/nist.js", "@noble/post-quantum/hybrid.js")
_NO_KEYS = frozenset((*_OTHER_KEYS, "age-encryption/dist/x25519.js"))
# Ours, in the place of a module that brings much more.
_OURS = {"age.js": "age.js", "drop.js": "drop.js", "@noble/curves/ed25519.js": "x25519.js"}

Say = Callable[[str], None]


class Part(NamedTuple):
    """One file that a browser loads."""

    name: str  # what it is once it is unpacked
    use: str  # when it is loaded: "first", "drop", "packet", "typst" or "pypdfium2"
    type: str  # its media type once it is unpacked
    data: bytes
    packed: bool  # as xz; a script is left plain, so that a browser can import it
    raw: int  # bytes once it is unpacked


def prepare(
    cache: Path | None = None,
    progress: Progress | None = None,
    say: Say = lambda _sentence: None,
    bundled: Path = BUNDLED,
    find: Callable[[Path, Progress | None], Runtime] = runtime.find,
) -> list[Part]:
    """All parts in the order a browser wants them: from the release, from the cache, or made now."""
    folder = cache or runtime.cache_dir()
    kept = folder / "prepared"
    here = functools.cache(lambda: find(folder, progress))
    ours, later = pack.our_files(), pack.packet_files()

    stamp, all_ours = _stamp(), ours | later
    packages = _read(bundled, "packages", _stamp(compiled=True)) or _read(kept, "packages", stamp)
    code = _read(bundled, "workbook", _stamp(ours | later, compiled=True)) or _read(
        kept, "workbook", _stamp(ours | later)
    )
    if not (packages and code) and not compiling.can_compile():
        say(compiling.SOURCES)
    if not packages:
        here()
        say("Preparing Python for the browser. This is done once and takes a minute or two.")
        packages = _packages(here)
        _write(kept, "packages", stamp, packages)
    if not code:
        made = pack.compile_all({"workbook": ours, "packet": later}, here)
        code = [_packed(OURS, "first", pack.archive(made["workbook"]))]
        code.append(_packed(PACKET, "packet", pack.archive(made["packet"])))
        _write(kept, "workbook", _stamp(all_ours), code)
    return sorted([*packages, *code], key=lambda part: ORDER.index(part.name))


def bundle(
    to: Path = BUNDLED,
    cache: Path | None = None,
    say: Say = lambda _sentence: None,
    find: Callable[[Path, Progress | None], Runtime] = runtime.find,
) -> int:
    """Puts the parts where a release carries them; returns their size in bytes."""
    if not compiling.can_compile():
        raise CannotBuild("A release needs compiled parts. Install Node.js, then try again.")
    made = prepare(cache, say=say, bundled=to / "none", find=find)
    shutil.rmtree(to, ignore_errors=True)
    ours = pack.our_files() | pack.packet_files()
    _write(to, "packages", _stamp(), [part for part in made if part.name not in (OURS, PACKET)])
    _write(to, "workbook", _stamp(ours), [part for part in made if part.name in (OURS, PACKET)])
    return sum(len(part.data) for part in made)


def _packages(here: Callable[[], Runtime]) -> list[Part]:
    """Everything but our own code."""
    pyodide, decoder = here().package("pyodide"), here().package("xz-decompress")
    groups = {"python_stdlib.zip": pack.library_files(here()), "packages.zip": pack.wheel_files(here(), "python")}
    later = {f"{use}.zip": pack.wheel_files(here(), use) for use in ("typst", "pypdfium2")}
    made = pack.compile_all({**groups, **later}, here)
    return [
        _script("pyodide.mjs", (pyodide / "pyodide.mjs").read_bytes()),
        _script("lock.mjs", _lock((pyodide / "pyodide-lock.json").read_bytes())),
        _script("xz.mjs", _as_module((decoder / "dist/package/xz-decompress.min.js").read_bytes())),
        _packed("pyodide.asm.wasm", "first", (pyodide / "pyodide.asm.wasm").read_bytes(), "application/wasm"),
        _packed("pyodide.asm.mjs", "first", (pyodide / "pyodide.asm.mjs").read_bytes(), "text/javascript"),
        *(_packed(name, "first", pack.archive(made[name])) for name in groups),
        _packed("age.mjs", "first", _sealing("age.js", here(), _NO_KEYS), "text/javascript"),
        _packed("drop.mjs", "drop", _sealing("drop.js", here(), _OTHER_KEYS), "text/javascript"),
        *(_packed(name, name.removesuffix(".zip"), pack.archive(made[name])) for name in later),
    ]


def _sealing(entry: str, runtime: Runtime, without: Collection[str]) -> bytes:
    """A script that locks or opens files."""

    def read(place: str) -> str:
        if place in _OURS:
            return (Path(__file__).parent / "scripts" / _OURS[place]).read_text("utf-8")
        steps, of_name = place.split("/"), 2 if place.startswith("@") else 1
        inside = steps[of_name:] or ["index.js"]
        return runtime.package("/".join(steps[:of_name])).joinpath(*inside).read_text("utf-8")

    return modules.joined(entry, read, without).encode()


def _as_module(script: bytes) -> bytes:
    """A script made for `require`, as a module: it wants only the browser's own streams."""
    head = b"const module = { exports: {} }, exports = module.exports, require = () => globalThis;\n"
    return head + script + b"\nexport const XzReadableStream = module.exports.XzReadableStream;\n"


def _lock(whole: bytes) -> bytes:
    """What Pyodide wants to know of itself; its list of other packages is not used here."""
    info = json.dumps({"info": json.loads(whole)["info"], "packages": {}})
    return f"export const lockFileContents = {info};\n".encode()


def _packed(name: str, use: str, data: bytes, kind: str = "application/zip") -> Part:
    return Part(name, use, kind, pack.squeeze(data), packed=True, raw=len(data))


def _script(name: str, data: bytes) -> Part:
    return Part(name, "first", "text/javascript", data, packed=False, raw=len(data))


def _stamp(ours: Mapping[str, bytes] | None = None, *, compiled: bool | None = None) -> str:
    """A checksum of all that decides what the parts are: those of our own code, or the others."""
    here = Path(__file__).parent
    compiled = compiling.can_compile() if compiled is None else compiled
    makers = [(name, (here / name).read_bytes()) for name in _MAKERS]
    return pack.stamp([("compiled", str(compiled).encode()), *makers, *(ours or {}).items()])


def _read(folder: Path, group: str, stamp: str) -> list[Part] | None:
    """A group of parts that was kept with this stamp; None if there is none."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads((folder / group / LIST).read_text("utf-8"))
        if kept["stamp"] != stamp:
            return None
        found = []
        for row in kept["parts"]:
            data = (folder / group / row["name"]).read_bytes()
            if hashlib.sha256(data).hexdigest() != row.pop("sha256"):
                return None
            found.append(Part(**row, data=data))
        return found
    return None


def _write(folder: Path, group: str, stamp: str, parts: list[Part]) -> None:
    """Keeps a group of parts: all of it, or nothing."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as part:
            new = Path(part) / "new"
            new.mkdir()
            rows = []
            for each in parts:
                (new / each.name).write_bytes(each.data)
                row = {k: v for k, v in each._asdict().items() if k != "data"}
                rows.append({**row, "sha256": hashlib.sha256(each.data).hexdigest()})
            (new / LIST).write_text(json.dumps({"stamp": stamp, "parts": rows}, indent=1), "utf-8")
            shutil.rmtree(folder / group, ignore_errors=True)
            new.replace(folder / group)
    except OSError as error:
        raise CannotBuild(runtime.UNWRITABLE.format(why=error.strerror or "unknown reason")) from None

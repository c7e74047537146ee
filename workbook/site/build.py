"""Writes the folder of the site: pages, scripts, Python, content, service worker. Knows the parts and their list.

What a page looks like is not known here: a function makes the pages from the site.
"""

from __future__ import annotations

import errno
import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import CannotBuild
from . import content_file, policy
from .parts import Part

HERE = Path(__file__).parent
MARKER = ".workbook-site"
APP = "app"  # what has its checksum in its address

TAKEN = "There are other files in that folder. Choose an empty folder, or one that an earlier workbook site is in."
A_FILE = "There is a file where the folder should be. Choose another folder with --to."
FULL = "This computer's disk is full. Free about {mb} MB, then try again."
UNWRITABLE = "The folder could not be written: {why}. Choose another with --to."


@dataclass(frozen=True)
class Site:
    """What a function that makes pages may know."""

    version: str
    name: str
    logo: str  # the address of the picture, or ""
    links: tuple[tuple[str, str], ...]  # words and address
    notebooks: Mapping[str, Mapping[str, Any]]  # by name, as they are on the site
    list: str  # the address of the version's list of files
    addresses: Mapping[str, str] = field(default_factory=dict)  # of scripts, styles, fonts and icons, by name
    policy: str = policy.PAGE

    def address(self, name: str) -> str:
        """Where a script, a style, a font or an icon is, seen from the site's own folder."""
        return self.addresses[name]


Pages = Callable[[Site], dict[str, bytes]]
"""Makes the pages: `{"index.html": ..., "1-goal.html": ...}`; the same site gives the same bytes."""


@dataclass
class _Files:
    """The files of the site, and what the list says about each."""

    data: dict[str, bytes] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)

    def add(self, path: str, data: bytes, use: str, name: str = "", part: Part | None = None) -> str:
        self.data[path] = data
        known = part.type if part else policy.TYPES.get(Path(path).suffix, "application/octet-stream")
        row: dict[str, Any] = {"path": path, "name": name or path, "use": use, "type": known}
        row |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        self.rows.append(row | ({"packed": "xz", "raw": part.raw} if part and part.packed else {}))
        return path


def build(
    notebooks: Path,
    out: Path,
    parts: list[Part],
    pages: Pages,
    *,
    assets: Mapping[str, bytes] | None = None,
    packs: Path | None = None,
    name: str = "Second Opinion Workbook",
    logo: Path | None = None,
    links: tuple[tuple[str, str], ...] = (),
    locked: bytes = b"",
    drop_box: str = "",
) -> Site:
    """Writes the site into the folder, whole or not at all. `assets` are the pages' scripts, styles and fonts.

    `locked` is a sealed workbook that the site offers to open, `drop_box` the key to which it seals what it sends.
    """
    check_out(out)
    content = content_file.content(notebooks, packs, locked, drop_box)
    parts = [part for part in parts if drop_box or part.use != "drop"]
    files = _Files()
    addresses = _scripts(files, {**_own_scripts(), **(assets or {})}, parts)
    for part in parts:
        if part.packed:
            _hashed(files, f"{part.name}.bin", part.data, part.use, part)
    addresses |= {"content.json": _hashed(files, "content.json", content, "first")}
    addresses |= {
        f.name: _hashed(files, f.name, f.read_bytes(), "page") for f in sorted((HERE / "icons").glob("*.png"))
    }
    if logo:
        addresses["logo"] = _hashed(files, f"logo{logo.suffix.lower()}", _logo(logo), "page")
    manifest = _manifest(name, addresses)
    files.add("manifest.webmanifest", manifest, "page")

    books = content_file.notebooks(notebooks)
    draft = Site("", name, addresses.get("logo", ""), links, books, "", addresses)
    # A page names its version, and a version depends on its pages: so they are weighed before they know it.
    version = _version(files.rows, pages(draft))
    listed = f"{APP}/files.{version}.json"
    site = Site(version, name, draft.logo, links, books, listed, addresses)
    for path, data in sorted(pages(site).items()):
        files.add(path, data, "page")
    files.rows.sort(key=lambda row: _USES.index(row["use"]))
    table = json.dumps({"version": version, "files": files.rows}, indent=1).encode()
    rest = {
        listed: table,
        "files.json": table,
        "sw.js": _service_worker(version, listed).encode(),
        "_headers": policy.headers_file().encode(),
        ".nojekyll": b"",
        MARKER: version.encode(),
    }
    _write(out, {**files.data, **rest})
    return site


_USES = ("page", "first", "drop", "packet", "pypdfium2", "typst")
_SCRIPTS = ("files.js", "start.js", "unzip.js")


def check_out(out: Path) -> None:
    """CannotBuild if the folder holds anything but an earlier site."""
    if out.exists() and not out.is_dir():
        raise CannotBuild(A_FILE)
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise CannotBuild(TAKEN)


def _own_scripts() -> dict[str, bytes]:
    return {name: _script(name).encode() for name in _SCRIPTS}


def _script(name: str) -> str:
    """A script without indentation and comments, which are a third of it."""
    lines = ((HERE / "scripts" / name).read_text("utf-8")).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip() and not line.strip().startswith("//")) + "\n"


def _scripts(files: _Files, scripts: dict[str, bytes], parts: list[Part]) -> dict[str, str]:
    """All scripts in one folder with their common checksum, so that they can import each other by name."""
    whole = {**scripts, **{part.name: part.data for part in parts if not part.packed}}
    sums = json.dumps([[name, hashlib.sha256(whole[name]).hexdigest()] for name in sorted(whole)])
    folder = f"{APP}/{hashlib.sha256(sums.encode()).hexdigest()[:12]}"
    return {name: files.add(f"{folder}/{name}", data, "first", name) for name, data in whole.items()}


def _hashed(files: _Files, name: str, data: bytes, use: str, part: Part | None = None) -> str:
    stem, dot, ending = name.rpartition(".")
    path = f"{APP}/{stem}.{hashlib.sha256(data).hexdigest()[:12]}{dot}{ending}"
    return files.add(path, data, use, part.name if part else name, part)


def _logo(file: Path) -> bytes:
    if file.suffix.lower() not in (".png", ".svg"):
        raise CannotBuild("The logo must be a PNG or SVG picture. Choose another file.")
    try:
        return file.read_bytes()
    except OSError:
        raise CannotBuild("The logo cannot be read. Check the name of its file.") from None


def _manifest(name: str, addresses: Mapping[str, str]) -> bytes:
    icons = [
        {"src": addresses[f"{stem}.png"], "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for stem, size, purpose in (
            ("icon-192", 192, "any"),
            ("icon-512", 512, "any"),
            ("icon-maskable-512", 512, "maskable"),
        )
    ]
    whole = {"name": name, "short_name": name if len(name) <= 12 else "Workbook", "icons": icons}
    # Addresses are taken from the manifest's own, so that it works in any folder of a host.
    whole |= {"start_url": "./index.html", "scope": "./", "id": "./", "display": "standalone"}
    return json.dumps({**whole, "background_color": "#fbf8f2", "theme_color": "#0b5c6b"}, ensure_ascii=False).encode()


def _version(rows: list[dict[str, Any]], pages: Mapping[str, bytes]) -> str:
    known = [[row["path"], row["sha256"]] for row in rows]
    known += [[path, hashlib.sha256(data).hexdigest()] for path, data in pages.items()]
    worker = hashlib.sha256(_service_worker("", "").encode()).hexdigest()
    return hashlib.sha256(json.dumps([worker, sorted(known)]).encode()).hexdigest()[:16]


def _service_worker(version: str, listed: str) -> str:
    """The script: what it shares with the page, its version, then its own part."""
    kept = {"page": policy.headers("index.html"), "other": policy.headers(f"{APP}/any.js")}  # as a server should send
    parts = {"VERSION": version, "LIST": listed, "HEADERS": kept}
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in parts.items())
    return head + re.sub(r"^export ", "", _script("files.js"), flags=re.MULTILINE) + _script("sw.js")


def _write(out: Path, files: Mapping[str, bytes]) -> None:
    """Writes beside the folder, then puts the new one in its place."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".workbook-") as part:
            new, old = Path(part) / "new", Path(part) / "old"
            for path, data in files.items():
                goal = new / path
                goal.parent.mkdir(parents=True, exist_ok=True)
                goal.write_bytes(data)
            if out.exists():
                out.replace(old)
            new.replace(out)
            shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise CannotBuild(FULL.format(mb=sum(map(len, files.values())) // 1_000_000 + 10)) from None
        raise CannotBuild(UNWRITABLE.format(why=error.strerror or "unknown reason")) from None

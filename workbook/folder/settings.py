"""What `practice.toml` says: the practice's name, logo, contact and links, and pages it does not want. Knows TOML."""

from __future__ import annotations

import difflib
import functools
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from ..errors import BadFile

FILE = "practice.toml"
_ADDRESSES = ("https://", "http://", "mailto:", "tel:")
_LARGEST = 100_000  # bytes


@dataclass(frozen=True, slots=True)
class Settings:
    """What a practice says about itself. `links` are words and addresses, with the phone and the email first.

    `drop_box` is the public key to which clients' sites seal what they send; "" if they send nothing.
    """

    name: str = ""
    logo: str = ""
    phone: str = ""
    email: str = ""
    drop_box: str = ""
    hide: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()

    @property
    def help_links(self) -> tuple[tuple[str, str], ...]:
        """How to reach the practice, then its other links."""
        call = [(f"Call {self.phone}", "tel:" + "".join(c for c in self.phone if c.isdigit() or c == "+"))]
        write = [(f"Write to {self.email}", f"mailto:{self.email}")]
        return (*(call if self.phone else ()), *(write if self.email else ()), *self.links)


def read(folder: Path) -> Settings:
    """The settings of a practice's folder; BadFile, with the line or the word, if they cannot be read."""
    file = folder / FILE
    try:
        return _read(file, file.stat().st_mtime_ns)
    except OSError:
        return Settings()


def readable(folder: Path) -> Settings:
    """The settings, or empty ones if they cannot be read: a mistake in them must not close a client's pages."""
    try:
        return read(folder)
    except BadFile:
        return Settings()


@functools.lru_cache(maxsize=16)
def _read(file: Path, _changed: int) -> Settings:
    try:
        if file.stat().st_size > _LARGEST:
            raise BadFile(f"{FILE} is too large. It needs a few lines only.")
        data = tomllib.loads(file.read_text("utf-8"))
    except UnicodeDecodeError:
        raise BadFile(f"{FILE} cannot be read. Save it again as plain text (UTF-8).") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        where = f" ({error})" if "line" in str(error) else ""
        raise BadFile(f'{FILE} cannot be read{where}. Write lines like name = "River Street Advocates".') from None
    links = tuple(_link(one) for one in _list(data.pop("link", []), "link"))
    hide = tuple(_text(one, "hide") for one in _list(data.pop("hide", []), "hide"))
    known = [one.name for one in fields(Settings) if one.name not in ("hide", "links")]
    for key in data:
        if key not in known:
            near = difflib.get_close_matches(key, [*known, "hide", "link"], 1)
            meant = f' Did you mean "{near[0]}"?' if near else f" It knows: {', '.join([*known, 'hide', 'link'])}."
            raise BadFile(f'{FILE} does not know "{key}".{meant}')
    return Settings(**{key: _text(value, key) for key, value in data.items()}, hide=hide, links=links)


def logo_address(folder: Path) -> str:
    """The logo as an address that holds the picture; "" without one, or if it cannot be shown."""
    from base64 import b64encode

    file = folder / readable(folder).logo
    kind = {".svg": "image/svg+xml", ".png": "image/png"}.get(file.suffix.lower())
    try:
        if not kind or not file.resolve().is_relative_to(folder.resolve()) or file.stat().st_size > _LARGEST:
            return ""
        return f"data:{kind};base64,{b64encode(file.read_bytes()).decode()}"
    except OSError:
        return ""


def _text(value: Any, key: str) -> str:
    if not isinstance(value, str):
        raise BadFile(f'{FILE}: "{key}" must be words in quotes.')
    return value.strip()


def _list(value: Any, key: str) -> list[Any]:
    if not isinstance(value, list):
        like = "[[link]] with two brackets on each side" if key == "link" else 'hide = ["find"]'
        raise BadFile(f'{FILE}: write "{key}" like {like}.')
    return value


def _link(one: Any) -> tuple[str, str]:
    if not isinstance(one, dict) or {*one} != {"words", "address"}:
        raise BadFile(f'{FILE}: a [[link]] has two lines, words = "Our office" and address = "https://example.org".')
    address = _text(one["address"], "address")
    if not address.startswith(_ADDRESSES):
        raise BadFile(f"{FILE}: the address of a link begins with https://, mailto: or tel:.")
    return _text(one["words"], "words"), address

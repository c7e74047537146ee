"""Draws the small picture of a series, or says why there is none. Knows the files and how their pixels are read."""

from __future__ import annotations

import base64
import zlib
from typing import NamedTuple

from ...locale import tr
from ..errors import BadRecord
from ..values import File
from . import compressed, inflated, png, sampled, tones
from .described import NoPicture, Why, describe


class Picture(NamedTuple):
    """A picture as a PNG, or the reason why there is none."""

    width: int = 0
    height: int = 0
    png: bytes = b""
    why: Why | None = None

    @property
    def address(self) -> str:
        """The picture as an address that holds all of it; "" if there is none."""
        return f"data:image/png;base64,{base64.b64encode(self.png).decode()}" if self.png else ""


def draw(file: File) -> Picture:
    """The picture of a file's middle frame. No file can raise here, nor cost more than a moment."""
    source = file.source
    if source is None:
        return Picture(why="damaged")
    try:
        source = inflated.source(source)
        one = describe(source)
        wanted = sampled.plan(one)
        if one.length is None:
            one, samples = compressed.read(source, one, wanted)
        else:
            samples = sampled.read(source, one, wanted)
        return Picture(*png.write(*tones.picture(one, samples, wanted)))
    except NoPicture as no:
        return Picture(why=no.why)
    except (BadRecord, OSError, EOFError, zlib.error):
        return Picture(why="damaged")
    except Exception:  # noqa: BLE001 - an unforeseen file must not end the pictures of the others
        return Picture(why="odd")


def told(why: Why) -> str:
    """Why there is no picture, in a few words."""
    words = {
        "compressed": tr("No picture: compressed"),
        "damaged": tr("No picture: damaged"),
        "none": tr("No picture: none in the file"),
        "odd": tr("No picture: a kind we do not draw"),
        "slow": tr("No picture: it took too long"),
    }
    return words[why]


def close() -> None:
    """Ends the child process that unpacks pixels; it also ends on its own."""
    compressed.worker().close()

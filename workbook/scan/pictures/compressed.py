"""The pixels of compressed images: finds the middle frame, and has a child process unpack it. Knows the worker.

In the browser, and where the decoder is not installed, there is no such process, and no picture.
"""

from __future__ import annotations

import base64
import importlib.util
import io
import json
from array import array
from functools import cache
from pathlib import Path
from typing import BinaryIO

from ... import where
from .. import limits, sources
from ..errors import BadRecord
from ..values import Source
from ..worker import Worker
from .described import Described, NoPicture
from .sampled import Plan, in_native_order, kind

SECONDS = 10.0  # for one picture; a large mammogram takes about three
PIXELS = 1 << 25  # of one frame; the largest mammograms have 24 million
FRAME = 32 * limits.MIB  # of one frame, packed
# RLE; JPEG, in 8 and 12 bits, and lossless; JPEG-LS; JPEG 2000 (PS3.5, annex A.4). Films are left out.
_UNPACKED = {"1.2.840.10008.1.2.5", *(f"1.2.840.10008.1.2.4.{n}" for n in (50, 51, 57, 70, 80, 81, 90, 91))}
_TOLD = ("syntax", "colors", "rows", "columns", "samples", "bits", "stored", "high", "is_signed", "is_planar")
_ITEM, _END = b"\xfe\xff\x00\xe0", b"\xfe\xff\xdd\xe0"


@cache
def worker() -> Worker:
    """The child process for compressed pixels; started with the first one."""
    return Worker(Path(__file__).with_name("decode_worker.py"), SECONDS)


@cache
def can_decode() -> bool:
    """Whether compressed pixels can be read here."""
    return not where.in_browser() and importlib.util.find_spec("gdcm") is not None


def read(source: Source, one: Described, wanted: Plan) -> tuple[Described, list[array[int]]]:
    """The samples of the middle frame, and what they are once they are unpacked. Raises NoPicture if it cannot."""
    if not can_decode() or one.syntax not in _UNPACKED or one.rows * one.columns > PIXELS:
        raise NoPicture("compressed")
    with source.open() as stream:
        if not stream.seekable():
            if source.size > 2 * FRAME:
                raise NoPicture("compressed")
            stream = io.BytesIO(sources.take(stream, source.size))
        frame = _frame(stream, one)
    told = {name: getattr(one, name) for name in _TOLD}
    head = json.dumps({**told, "step": wanted.step, "wanted": wanted.rows}).encode()
    sent = len(head).to_bytes(4, "big") + head + frame
    try:
        answer = worker().ask(Source("", len(sent), lambda: io.BytesIO(sent)))
    except BadRecord:
        raise NoPicture("compressed") from None
    if "planes" not in answer:
        raise NoPicture("compressed")
    bits = answer["bits"]
    # A decoder gives samples of as many bytes as they need, and may leave out the bytes of their sign.
    one = one._replace(bits=bits, stored=min(one.stored, bits), high=min(one.stored, bits) - 1, order="<")
    samples = [array(kind(one), base64.b64decode(plane)) for plane in answer["planes"]]
    if any(len(plane) != wanted.width * len(wanted.rows) for plane in samples) or len(samples) != one.samples:
        raise NoPicture("compressed")
    return one, in_native_order(samples, one)


def _frame(stream: BinaryIO, one: Described) -> bytes:
    """The middle frame, as it is packed: all fragments of a single image, else by the table of offsets or by order."""
    stream.seek(one.place)
    table = sources.take(stream, _item(stream))
    start, middle = stream.tell(), one.frames // 2
    until: int | None = None
    if one.frames > 1 and len(table) == 4 * one.frames:
        begins, ends = (int.from_bytes(table[4 * n : 4 * n + 4], "little") for n in (middle, middle + 1))
        stream.seek(start + begins)
        until = start + ends if ends else None
    elif one.frames > 1:
        if middle > limits.FRAMES:
            raise NoPicture("compressed")
        for _ in range(middle):
            stream.seek(_item(stream), io.SEEK_CUR)
        until = stream.tell() + 1  # one fragment
    found = bytearray()
    for _ in range(limits.FRAMES):
        if until is not None and stream.tell() >= until:
            break
        size = _item(stream, at_end=bool(found))
        if size < 0:
            break
        if len(found) + size > FRAME:
            raise NoPicture("compressed")
        data = sources.take(stream, size)
        if len(data) < size:
            raise NoPicture("damaged")
        found += data
    return bytes(found)


def _item(stream: BinaryIO, *, at_end: bool = False) -> int:
    """The length of the next fragment; -1 if there is none, where there may be none."""
    head = sources.take(stream, 8)
    size = int.from_bytes(head[4:], "little")
    if head[:4] == _ITEM and len(head) == 8 and size != 0xFFFFFFFF:
        return size
    if at_end and head[:4] == _END:
        return -1
    raise NoPicture("damaged")

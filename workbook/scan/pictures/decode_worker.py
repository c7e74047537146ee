"""The child process that unpacks compressed pixels: one frame in, few of its samples out. Run as a script.

Knows GDCM and `child`. GDCM is a large C++ program and the files are untrusted: here it can crash, hang or exhaust
memory without harm.
"""

from __future__ import annotations

import base64
import json
import sys
from array import array
from typing import Any

MEMORY = 768 << 20  # bytes of address space; the largest frame is unpacked three times
_CODES = {1: "B", 2: "H", 4: "I"}


def main() -> None:
    """Answers one frame after another until the input ends."""
    import gdcm  # type: ignore[import-not-found, import-untyped, unused-ignore]  # before the limits

    from workbook.scan import child

    gdcm.Trace.WarningOff()
    gdcm.Trace.ErrorOff()
    child.serve(look, MEMORY)


def look(data: bytes) -> dict[str, Any]:
    """The wanted samples of a frame, one plane for each color; nothing if it cannot be unpacked.

    First comes the length of the description, which is JSON, and then the frame.
    """
    size = int.from_bytes(data[:4], "big")
    told = json.loads(data[4 : 4 + size])
    try:
        frame = decoded(data[4 + size :], told)
    except Exception:  # noqa: BLE001 - whatever is wrong, there is no picture
        return {}
    pixels = told["rows"] * told["columns"] * told["samples"]
    width = len(frame) // pixels
    if width not in _CODES or width * pixels != len(frame):
        return {}
    code = _CODES[width]
    line, samples = told["columns"] * told["samples"] * width, told["samples"]
    planes = [array(code) for _ in range(samples)]
    for row in told["wanted"]:
        whole = array(code, frame[row * line : (row + 1) * line])
        for color, plane in enumerate(planes):
            plane += whole[color :: told["step"] * samples]
    if sys.byteorder == "big":
        for plane in planes:
            plane.byteswap()
    return {"bits": 8 * width, "planes": [base64.b64encode(plane).decode() for plane in planes]}


def decoded(packed: bytes, told: dict[str, Any]) -> bytes:
    """A frame, unpacked: colors side by side."""
    import gdcm

    fragment = gdcm.Fragment()
    fragment.SetByteStringValue(packed)
    fragments = gdcm.SequenceOfFragments.New()
    fragments.AddFragment(fragment)
    element = gdcm.DataElement(gdcm.Tag(0x7FE0, 0x0010))
    element.SetValue(fragments.__ref__())
    image = gdcm.Image()
    image.SetNumberOfDimensions(2)
    image.SetDimensions((told["columns"], told["rows"], 1))
    image.SetDataElement(element)
    colors = gdcm.PhotometricInterpretation.GetPIType(told["colors"])
    image.SetPhotometricInterpretation(gdcm.PhotometricInterpretation(colors))
    if told["samples"] > 1:
        image.SetPlanarConfiguration(int(told["is_planar"]))
    image.SetTransferSyntax(gdcm.TransferSyntax(gdcm.TransferSyntax.GetTSType(told["syntax"])))
    kind = (told["samples"], told["bits"], told["stored"], told["high"], int(told["is_signed"]))
    image.SetPixelFormat(gdcm.PixelFormat(*kind))
    # GDCM gives its bytes as text.
    found: bytes = image.GetBuffer().encode("utf-8", "surrogateescape")
    return found


if __name__ == "__main__":
    main()

"""SMART Health Cards: the FHIR bundle in a signed card. Knows the card's encoding only.

The signature is not checked: whoever gets the records looks at them.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterator
from typing import Any

from ....json_depth import is_deeper
from ... import limits

_MOST = 20  # cards in one file
_LONGEST = 4 * limits.MIB  # of one card, unpacked; a card fits a QR code
_CODE = re.compile(r"shc:/((?:\d{1,3}/\d{1,3}/)?\d{40,20000})")


def bundles(value: Any) -> Iterator[Any]:
    """The FHIR bundles of the cards in a card file; none for any other value."""
    cards = value.get("verifiableCredential") if isinstance(value, dict) else None
    for card in (cards if isinstance(cards, list) else [])[:_MOST]:
        bundle = _bundle(card)
        if bundle is not None:
            yield bundle


def in_text(text: str) -> Iterator[Any]:
    """The bundles of the cards whose QR code a text spells out (`shc:/5676…`)."""
    for match in [*_CODE.finditer(text)][:_MOST]:
        digits = match[1].rpartition("/")[2]
        pairs = (int(digits[at : at + 2]) for at in range(0, len(digits) - 1, 2))
        bundle = _bundle("".join(chr(pair + 45) for pair in pairs))
        if bundle is not None:
            yield bundle


def _bundle(card: Any) -> Any:
    """The bundle of one card: the middle part of a signed token, deflated JSON. None if it is damaged."""
    if not isinstance(card, str) or card.count(".") != 2:
        return None
    payload = card.split(".")[1]
    try:
        data = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
        unpacking = zlib.decompressobj(-15)
        text = unpacking.decompress(data, _LONGEST).decode()
        if unpacking.unconsumed_tail or is_deeper(text, limits.NESTED):
            return None
        return json.loads(text)["vc"]["credentialSubject"]["fhirBundle"]
    except (binascii.Error, zlib.error, ValueError, KeyError, TypeError, RecursionError):
        return None

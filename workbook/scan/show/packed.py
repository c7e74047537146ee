"""The contents of a packet: its files, and what was left out. Plain values; knows the values of a scan."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..values import File


@dataclass(frozen=True, slots=True)
class Packed:
    """One file of a packet: its number, path and checksum."""

    number: int
    path: str
    size: int
    sha256: str
    file: File


@dataclass(slots=True)
class Packet:
    """The contents of a packet, what was left out and why, and what to check before handing it on."""

    packed: list[Packed] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

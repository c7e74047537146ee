"""What a packet holds: its files, and what was left out. Plain values; knows the values of a scan."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..values import File


@dataclass(frozen=True, slots=True)
class Packed:
    """One file of a packet: its number, its path there, and its checksum."""

    number: int
    path: str
    size: int
    sha256: str
    file: File


@dataclass(slots=True)
class Packet:
    """What a packet holds, what was left out and why, and what to look at before it is handed on."""

    packed: list[Packed] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

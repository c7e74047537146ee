"""How much a drop box takes, from one address and in all. Pure: the time is given. Knows nothing of ours."""

from __future__ import annotations

import ipaddress
import math
from collections import OrderedDict, deque
from dataclasses import dataclass, field

HOUR = 3600.0
MOMENT = 120  # seconds, until what is on its way has come


@dataclass(frozen=True, slots=True)
class Limits:
    """What a drop box takes. Sizes are in bytes, times in seconds."""

    file: int = 20_000_000
    files: int = 500  # that wait to be opened
    bytes: int = 500_000_000
    free: int = 1_000_000_000  # left on the disk for everything else
    of_one: int = 12  # files an hour from one address
    of_all: int = 120
    at_once: int = 8  # files on their way
    at_once_of_one: int = 2
    connections: int = 200
    header_time: float = 20
    body_time: float = 120
    forget_time: float = 60  # between two looks for addresses that are an hour old


@dataclass(frozen=True, slots=True)
class Wait:
    """Why no file may come now: too many from this address, or from all. For how many seconds."""

    seconds: int
    of_all: bool = False


@dataclass(slots=True)
class Gate:
    """Counts who brings files. Addresses are only in memory, for an hour, and never more than `remembered`."""

    limits: Limits
    remembered: int = 5_000
    _times: OrderedDict[str, deque[float]] = field(default_factory=OrderedDict)
    _all: deque[float] = field(default_factory=deque)  # of files that were kept: nonsense takes nobody's turn
    _here: dict[str, int] = field(default_factory=dict)

    def enter(self, address: str, now: float) -> Wait | None:
        """None if a file may come from this address now: `leave` must follow."""
        self.forget(now)
        times = self._times.get(address, deque())
        while times and times[0] <= now - HOUR:
            times.popleft()
        here, coming = self._here.get(address, 0), sum(self._here.values())
        if len(times) >= self.limits.of_one:
            return Wait(_until(times, now))
        if here >= self.limits.at_once_of_one:
            return Wait(MOMENT)
        if len(self._all) + coming >= self.limits.of_all:
            return Wait(_until(self._all, now), of_all=True)
        if coming >= self.limits.at_once:
            return Wait(MOMENT, of_all=True)
        times.append(now)
        self._times[address] = times
        self._times.move_to_end(address)
        self._here[address] = here + 1
        return None

    def kept(self, now: float) -> None:
        """A file that came is in the box."""
        self._all.append(now)

    def leave(self, address: str) -> None:
        """The file from this address has come, or it never will."""
        left = self._here.pop(address, 0) - 1
        if left > 0:
            self._here[address] = left

    def forget(self, now: float) -> None:
        """Removes what is an hour old; also to be called while no file comes."""
        while self._all and self._all[0] <= now - HOUR:
            self._all.popleft()
        while self._times:
            address, times = next(iter(self._times.items()))
            if times[-1] > now - HOUR and len(self._times) <= self.remembered:
                break
            del self._times[address]


def _until(times: deque[float], now: float) -> int:
    """The whole seconds until the first of them is an hour old."""
    return max(1, math.ceil(times[0] + HOUR - now)) if times else MOMENT


def one(address: str) -> str:
    """Whose address this is: somebody with IPv6 has a whole network of them.

    >>> one("192.0.2.7"), one("2001:db8:1:2:3:4:5:6"), one("nonsense")
    ('192.0.2.7', '2001:db8:1::/56', '')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    found = getattr(found, "ipv4_mapped", None) or found
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, 56), strict=False))

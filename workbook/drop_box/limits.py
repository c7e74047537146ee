"""How much a drop box takes, from one address and in all. Pure: the time is given. Knows nothing of ours."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict, deque
from dataclasses import dataclass, field

HOUR = 3600.0


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


@dataclass(slots=True)
class Gate:
    """Counts who brings files. Addresses are only in memory, for an hour at most, and never more than `remembered`."""

    limits: Limits
    remembered: int = 5_000
    _times: OrderedDict[str, deque[float]] = field(default_factory=OrderedDict)
    _all: deque[float] = field(default_factory=deque)
    _here: dict[str, int] = field(default_factory=dict)

    def enter(self, address: str, now: float) -> bool:
        """Whether a file may come from this address now; if so, `leave` must follow."""
        self._forget(now)
        times = self._times.get(address, deque())
        while times and times[0] <= now - HOUR:
            times.popleft()
        here = self._here.get(address, 0)
        if here >= self.limits.at_once_of_one or sum(self._here.values()) >= self.limits.at_once:
            return False
        if len(times) >= self.limits.of_one or len(self._all) >= self.limits.of_all:
            return False
        times.append(now)
        self._all.append(now)
        self._times[address] = times
        self._times.move_to_end(address)
        self._here[address] = here + 1
        return True

    def leave(self, address: str) -> None:
        """The file from this address has come, or it never will."""
        left = self._here.pop(address, 0) - 1
        if left > 0:
            self._here[address] = left

    def _forget(self, now: float) -> None:
        while self._all and self._all[0] <= now - HOUR:
            self._all.popleft()
        while self._times:
            address, times = next(iter(self._times.items()))
            if times and times[-1] > now - HOUR and len(self._times) <= self.remembered:
                break
            del self._times[address]


def one(address: str) -> str:
    """Whose address this is: somebody with IPv6 has a whole network of them.

    >>> one("192.0.2.7"), one("2001:db8:1:2:3:4:5:6"), one("nonsense")
    ('192.0.2.7', '2001:db8:1:2::/64', '')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    found = getattr(found, "ipv4_mapped", None) or found
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, 64), strict=False))

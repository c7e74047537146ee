"""A small strict parser of iCalendar files, written from RFC 5545 alone, to check what a library wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_LINE = re.compile(r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,\x00-\x1f])+)*):(.*)')
_TEXTS = ("SUMMARY", "DESCRIPTION", "LOCATION", "UID", "PRODID", "TZID", "TZNAME", "COMMENT")
_SHAPES = {
    "DTSTAMP": r"\d{8}T\d{6}Z",
    "LAST-MODIFIED": r"\d{8}T\d{6}Z",
    "SEQUENCE": r"\d{1,10}",
    "DURATION": r"P(\d+D)?(T(\d+H)?(\d+M)?)?",
    "TRIGGER": r"-?P(\d+D)?(T\d+H)?",
    "TZOFFSETFROM": r"[+-]\d{4,6}",
    "TZOFFSETTO": r"[+-]\d{4,6}",
    "VERSION": r"2\.0",
    "CALSCALE": r"GREGORIAN",
    "METHOD": r"PUBLISH",
    "CLASS": r"PRIVATE",
    "TRANSP": r"OPAQUE|TRANSPARENT",
    "STATUS": r"TENTATIVE|CONFIRMED|CANCELLED",
    "ACTION": r"DISPLAY",
    "RDATE": r"\d{8}T\d{6}(,\d{8}T\d{6})*",
    "RRULE": r"FREQ=YEARLY[A-Z0-9;=-]*",
}
_NEEDED = {
    "VCALENDAR": {"VERSION", "PRODID"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART"},
    "VALARM": {"ACTION", "TRIGGER", "DESCRIPTION"},
    "VTIMEZONE": {"TZID"},
    "STANDARD": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
    "DAYLIGHT": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
}
_INSIDE = {
    "VEVENT": "VCALENDAR",
    "VTIMEZONE": "VCALENDAR",
    "VALARM": "VEVENT",
    "STANDARD": "VTIMEZONE",
    "DAYLIGHT": "VTIMEZONE",
}


@dataclass
class Component:
    """One component: its properties as (parameters, value) by name, and its nested components."""

    name: str
    props: dict[str, tuple[dict[str, str], str]] = field(default_factory=dict)
    parts: list[Component] = field(default_factory=list)

    def text(self, name: str) -> str:
        return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], self.props[name][1])

    def value(self, name: str) -> str:
        return self.props[name][1] if name in self.props else ""


def read(data: bytes) -> Component:
    """The calendar; AssertionError on the first violation of the standard."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    lines = data.split(b"\r\n")[:-1]
    assert all(0 < len(line) <= 75 for line in lines), "3.1: lines of up to 75 octets"
    root: Component | None = None
    open_: list[Component] = []
    for line in data.decode().replace("\r\n ", "").split("\r\n")[:-1]:
        match = _LINE.fullmatch(line)
        assert match, line
        name, value = match[1].upper(), match[3]
        if name == "BEGIN":
            part = Component(value)
            assert (open_[-1].name if open_ else None) == _INSIDE.get(value), line
            if open_:
                open_[-1].parts.append(part)
            else:
                assert root is None, "one calendar a file"
                root = part
            open_.append(part)
        elif name == "END":
            _check(open_[-1])
            assert open_.pop().name == value
        else:
            params = dict(p.split("=", 1) for p in match[2].split(";")[1:])
            assert name not in open_[-1].props, f"{name} twice"
            _fits(name, params, value)
            open_[-1].props[name] = (params, value)
    assert root is not None
    assert not open_
    _zones(root)
    return root


def _fits(name: str, params: dict[str, str], value: str) -> None:
    if name in ("DTSTART", "DTEND"):
        shape = r"\d{8}" if params.get("VALUE") == "DATE" else r"\d{8}T\d{6}"
        assert re.fullmatch(shape, value), value
    elif name in _TEXTS:
        assert re.fullmatch(r"(\\[\\,;nN]|[^\\,;])*", value), value
    else:
        assert re.fullmatch(_SHAPES[name], value), (name, value)


def _check(part: Component) -> None:
    assert _NEEDED[part.name] <= {*part.props}, part
    if part.name == "VEVENT":
        assert not {"DTEND", "DURATION"} <= {*part.props}, "3.6.1: one or the other"
        if "DTEND" in part.props:
            assert part.props["DTSTART"][0] == part.props["DTEND"][0]
            assert part.value("DTSTART") < part.value("DTEND")


def _zones(root: Component) -> None:
    known = {p.value("TZID") for p in root.parts if p.name == "VTIMEZONE"}
    used = {p.props["DTSTART"][0]["TZID"] for p in root.parts if "TZID" in p.props.get("DTSTART", ({},))[0]}
    assert known == used, "3.6.5: each time zone named is there"
    assert all(p.parts for p in root.parts if p.name == "VTIMEZONE")
    uids = [p.value("UID") for p in root.parts if p.name == "VEVENT"]
    assert len(uids) == len({*uids})

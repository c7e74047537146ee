"""Who may sign in to a practice's hub, and as what. Knows the groups of the system and one file of names."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tornado.web import HTTPError

NOT_HERE = "Your sign-in name is not set up here yet. Ask the person who runs this server."
NO_LIST = "The list of who may sign in cannot be read. Ask the person who runs this server to look at it."
ADVOCATES, CLIENTS = "workbook-advocates", "workbook-clients"
"""The groups of the system that say who somebody is in the practice."""
_FIRST_PERSON = 1000  # smaller numbers belong to the system
_NAME = re.compile(r"[a-z_][a-z0-9_-]{0,30}")


def kind(name: str) -> str:
    """ADVOCATES, CLIENTS, or "" for a name that may not have a server. Somebody in both groups is a client."""
    import pwd

    try:
        number = pwd.getpwnam(name).pw_uid
    except KeyError:
        return ""
    if number < _FIRST_PERSON or not _NAME.fullmatch(name):
        return ""
    return next((group for group in (CLIENTS, ADVOCATES) if name in members(group)), "")


def members(group: str) -> frozenset[str]:
    """The sign-in names in a group of the system; empty if there is no such group."""
    import grp

    try:
        return frozenset(grp.getgrnam(group).gr_mem)
    except KeyError:
        return frozenset()


def everybody() -> set[str]:
    """All names that may have a server."""
    return {name for name in members(ADVOCATES) | members(CLIENTS) if kind(name)}


def named_in(file: Path, claim: str) -> Callable[[Mapping[str, Any]], str]:
    """A function from what the sign-in service says about somebody to their name here.

    The file is JSON, `{"ada@example.org": "ada"}`. It is read at each sign-in. Nobody gets in whom it does not list, so
    a person who can choose what the service calls them does not become somebody else.
    """

    def name(said: Mapping[str, Any]) -> str:
        who = said.get(claim)
        if not isinstance(who, str) or not who or (claim == "email" and not _checked(said)):
            raise HTTPError(403, NOT_HERE)
        names = _read(file)
        found = names.get(who)
        if found is None and claim == "email":  # the name of an address is the same in any case
            found = {key.lower(): value for key, value in names.items()}.get(who.lower())
        if not found or not kind(found):
            raise HTTPError(403, NOT_HERE)
        return found

    return name


def _checked(said: Mapping[str, Any]) -> bool:
    """Whether the service has checked the address. Some say it as a word; some say nothing about it."""
    return said.get("email_verified", True) in (True, "true")


def _read(file: Path) -> dict[str, str]:
    """The names by claim; refuses a file that others than the administrator could have written, or that has a slip."""
    try:
        state = file.stat()
        if state.st_uid not in (0, os.geteuid()) or state.st_mode & 0o022:
            raise HTTPError(403, NO_LIST)
        found = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):  # a traceback in the log would quote people's addresses
        raise HTTPError(403, NO_LIST) from None
    if not isinstance(found, dict):
        raise HTTPError(403, NO_LIST)
    return {str(key): str(value) for key, value in found.items()}

"""Jobs that Python in the browser cannot do at once, such as loading a package. Knows errors only.

Python there must not wait: the code that needs a job raises `Awaited`, which ends the message it was answering. The
worker does the job, hands over its result, and lets Python hear the same message again. So nothing may have been
changed before a job is asked for, and a job is known by its kind and its input.
"""

from __future__ import annotations

import hashlib
import importlib
import os
from typing import Any

from . import where
from .errors import Awaited

Job = dict[str, Any]

_SALT = os.urandom(32)  # so that a key tells nothing about a passphrase
_results: dict[str, Any] = {}


class JobFailed(Exception):
    """A job that could not be done; `str(error)` is the worker's reason, not for the reader."""


def ready(job: Job) -> Any:
    """The result of a job, which is then forgotten; raises Awaited if it was not done yet, JobFailed if it failed."""
    key = key_of(job)
    if key not in _results:
        raise Awaited({**job, "key": key})
    result = _results.pop(key)
    if isinstance(result, JobFailed):
        raise result
    return result


def hand_over(key: str, result: Any) -> None:
    """Keeps the result of a job, by the `key` that was in it, until it is used or forgotten."""
    _results[key] = result


def failed(key: str, reason: str) -> None:
    """Keeps that a job could not be done."""
    _results[key] = JobFailed(reason)


def forget() -> None:
    """Drops what nobody used; the worker calls it after the second hearing."""
    _results.clear()


def package(name: str) -> Any:
    """An installed package. In the browser, raises Awaited until it is loaded, JobFailed if that failed."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        if not where.in_browser():
            raise
    importlib.invalidate_caches()  # it may have been unpacked a moment ago
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        ready({"do": "load", "what": name})
        raise JobFailed(name) from None


def key_of(job: Job) -> str:
    """The kind of a job with a digest of its input."""
    digest = hashlib.blake2b(key=_SALT, digest_size=16)
    for name, value in sorted(job.items()):
        data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        digest.update(f"{name}:{len(data)}:".encode() + data)
    return f"{job['do']}-{digest.hexdigest()}"

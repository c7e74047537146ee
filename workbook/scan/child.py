"""The child's side of `worker`: answers one file after another, and can do no harm. Knows processes and pipes only.

Libraries that read untrusted files are large and can crash, hang or exhaust memory. In a child process they do so
without harm: it cannot write files, has limits, and is killed and restarted.
"""

from __future__ import annotations

import contextlib
import json
import signal
import sys
import time
from collections.abc import Callable
from typing import Any, BinaryIO

SECONDS = 10  # seconds of CPU time for one file
IDLE = 60  # seconds without a file until this process exits


def serve(look: Callable[[bytes], dict[str, Any]], memory: int) -> None:
    """Answers with what `look` says of each file until the input ends; `memory` is in bytes of address space.

    Whatever `look` needs must be imported already: behind the limits nothing can be loaded for certain.
    """
    _limit(memory)
    source, answers = sys.stdin.buffer, sys.stdout.buffer
    _say(answers, {"ready": True})
    while True:
        _alarm(IDLE)
        size = source.read(8)
        if len(size) < 8:
            return
        _alarm(0)
        data = source.read(int.from_bytes(size, "big"))
        _limit_time()
        _say(answers, look(data))
        del data


def _limit(memory: int) -> None:
    """No file writes, no core dumps, a memory limit; as far as the system supports such limits."""
    with contextlib.suppress(ImportError):
        import resource

        for what, most in (("AS", memory), ("FSIZE", 0), ("CORE", 0), ("NPROC", 0)):
            with contextlib.suppress(AttributeError, ValueError, OSError):
                resource.setrlimit(getattr(resource, f"RLIMIT_{what}"), (most, most))


def _limit_time() -> None:
    """Sets the CPU time for the next file; beyond it the system kills this process."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + SECONDS + 1, most))


def _alarm(seconds: int) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _say(stream: BinaryIO, answer: dict[str, Any]) -> None:
    data = json.dumps(answer).encode()
    stream.write(len(data).to_bytes(4, "big") + data)
    stream.flush()

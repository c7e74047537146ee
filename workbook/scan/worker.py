"""A child process that handles one file at a time and may crash on any of them. Knows processes and pipes only.

One child serves many files, because starting it costs more than most files do. After a crash or timeout the next
file gets a new one. Files are sent through a pipe, so nothing of them is left on disk.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from ..locale import tr
from . import limits
from .errors import BadRecord
from .values import Source

SECONDS = 10.0  # per file, after it is sent
_STARTING = 60.0


class Worker:
    """A script that reads `size, bytes` and answers `size, JSON`; started on first use."""

    def __init__(self, script: Path, seconds: float = SECONDS) -> None:
        self._script, self._seconds = script, seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._lock = threading.Lock()
        atexit.register(self.close)

    def ask(self, source: Source) -> dict[str, Any]:
        """The child's answer for a file. Raises BadRecord if the file crashes the child or cannot be read."""
        with self._lock:
            process = self._running()
            try:
                self._send(process, source)
                return self._answer(process, self._seconds)
            except BaseException:
                self._end()  # the pipe may contain half a file
                raise

    def close(self) -> None:
        """Ends the child; the next file starts a new one."""
        with self._lock:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():  # after a fork the pipe belongs to the other process
            self._process, self._owner = None, os.getpid()
        if self._process is None or self._process.poll() is not None:
            self._end()
            # -P: files next to the script must not shadow modules.
            command = [sys.executable, "-P", "-W", "ignore", os.fspath(self._script)]
            self._process = subprocess.Popen(  # noqa: S603 - our own script
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            try:
                self._answer(self._process, _STARTING)
            except BadRecord:
                self._end()
                raise BadRecord("refused", tr("The PDF reader did not start. The file was not read.")) from None
        return self._process

    def _send(self, process: subprocess.Popen[bytes], source: Source) -> None:
        left = source.size
        with source.open() as stream, contextlib.suppress(BrokenPipeError):
            pipe = process.stdin
            assert pipe is not None
            pipe.write(left.to_bytes(8, "big"))
            while left:
                data = stream.read(min(left, limits.MIB))
                if not data:
                    raise BadRecord("damaged", tr("The file changed while it was read. Look again."))
                pipe.write(data)
                left -= len(data)
            pipe.flush()

    def _answer(self, process: subprocess.Popen[bytes], seconds: float) -> dict[str, Any]:
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            pipe = process.stdout
            assert pipe is not None
            size = int.from_bytes(pipe.read(4), "big")
            data = pipe.read(size)
        finally:
            timer.cancel()
        if not size or len(data) < size:
            if late.is_set():
                raise BadRecord("refused", tr("Reading the file took too long. It was skipped."))
            raise BadRecord("damaged", tr("This file cannot be opened. Ask for it again."))
        answer: dict[str, Any] = json.loads(data)
        return answer

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        with contextlib.suppress(OSError):  # unsent data is no longer needed
            process.communicate()

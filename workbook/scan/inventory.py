"""What is really on the disc: every file a row, studies put together, a DICOMDIR held against what is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workbook.scan.values import Inventory, Patient, Verdict

Progress = Callable[[int, int, Inventory], object]
IsMe = Callable[[Patient], Verdict]


def take(root: Path, progress: Progress | None = None, is_me: IsMe | None = None) -> Inventory:
    """All that a folder, a file or an archive holds.

    `progress(done, of, found)` is called first with what a DICOMDIR names, before any other file is read, and then
    after every file; returning False ends the reading (raising goes through). `is_me` is asked once for each patient
    found: where it answers `other`, reading stops at once and `stopped` says so. Raises BadRecord where there is
    nothing at `root`.
    """
    raise NotImplementedError

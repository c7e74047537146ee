"""One line of the table of figures, and functions to measure it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from typing import NamedTuple


class Row(NamedTuple):
    """What was measured, the figure, its limit, and the unit (`x` for a ratio, `s`, `ms`, `MB`)."""

    what: str
    figure: float
    bar: float | None
    unit: str = "x"

    @property
    def holds(self) -> bool:
        """Whether the figure is below its limit; always true without a limit."""
        return self.bar is None or self.figure <= self.bar


def cpu(work: Callable[[], object], times: int = 5) -> float:
    """The minimum CPU seconds of one call, over several runs."""

    def once() -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    return min(once() for _ in range(times))


def cpu_of_python(code: str, times: int = 5) -> float:
    """The minimum CPU seconds of a fresh Python running the code, including start-up."""
    program = f"import time\n{code}\nprint(time.process_time())"

    def once() -> float:
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        return float(done.stdout.split()[-1])

    return min(once() for _ in range(times))


def peak_of_python(code: str) -> float:
    """The peak memory in MB of a fresh Python that runs the code.

    From /proc: the peak from `getrusage` is the parent's if that was larger.
    """
    program = f"{code}\nfrom pathlib import Path\nprint(Path('/proc/self/status').read_text())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return float(done.stdout.partition("VmHWM:")[2].split()[0]) / 1024

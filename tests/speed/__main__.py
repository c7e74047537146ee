"""Prints every figure next to its limit: `uv run python -m tests.speed [NAME ...]`. Exits 1 if a limit is exceeded."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def main(wanted: list[str]) -> int:
    """Runs the benchmarks, or those whose file name contains one of the words."""
    missed = 0
    print(f"{'':2} {'figure':>10} {'bar':>8}  what")
    for file in sorted(Path(__file__).parent.glob("bench_*.py")):
        if wanted and not any(word in file.stem for word in wanted):
            continue
        for row in importlib.import_module(f"tests.speed.{file.stem}").rows():
            missed += not row.holds
            bar = "" if row.bar is None else f"{row.bar:g}"
            print(f"{'  ' if row.holds else '! '} {row.figure:>7.3g} {row.unit:<2} {bar:>8}  {row.what}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

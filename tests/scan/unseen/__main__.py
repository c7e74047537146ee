"""Makes unseen files, reads them, compares: `uv run python -m tests.scan.unseen [N] [SEED]`. Prints what is wrong."""

from __future__ import annotations

import sys
import time

from tests.scan.unseen.compare import measured

if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    begun = time.process_time()
    score = measured(count, seed)
    for line in score.wrong:
        print(line)
    print(score.told(), f"({time.process_time() - begun:.1f} s)")
    sys.exit(not score.holds)

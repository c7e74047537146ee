"""Removes outputs and widget state from notebooks before a commit: `uv run python -m tests.strip_notebooks FILE...`.

Exits with 1 if a file was changed, like pre-commit hooks. Uses the rule of `workbook lab`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from workbook.serve.lab import strip_outputs


def strip(file: Path) -> bool:
    """Whether the notebook contained anything to remove; the rest is written back."""
    before = file.read_text("utf-8")
    book = json.loads(before)
    strip_outputs({"type": "notebook", "content": book})
    if book == json.loads(before):
        return False
    file.write_text(json.dumps(book, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return True


def main(files: list[str]) -> int:
    """Strips the files and names those that changed."""
    changed = [name for name in files if strip(Path(name))]
    for name in changed:
        print(f"{name}: outputs removed")
    return int(bool(changed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Puts the parts that a browser loads into this package, for a release: python -m workbook.site.bundle

Whoever installs that release builds pages without Node.js and without a download. The parts are not kept in git.
"""

from __future__ import annotations

import sys

from ..errors import WorkbookError
from . import parts


def main() -> int:
    """Makes or copies the parts, and says how large they are."""
    try:
        size = parts.bundle(say=lambda line: print(line, file=sys.stderr))  # noqa: T201
    except WorkbookError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    print(f"{size / 1e6:.1f} MB in {parts.BUNDLED}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())

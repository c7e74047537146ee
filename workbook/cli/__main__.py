"""`python -m workbook.cli` is the same as `workbook`."""

import sys

from .commands import main

sys.exit(main())

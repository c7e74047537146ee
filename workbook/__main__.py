"""`python -m workbook` is the same as `workbook`."""

import sys

from .cli import main

sys.exit(main())

"""All texts a person may see, collected once for all tests that check them."""

from __future__ import annotations

import functools

from workbook.cli import messages


@functools.cache
def everything() -> tuple[messages.Found, ...]:
    return tuple(messages.everything())

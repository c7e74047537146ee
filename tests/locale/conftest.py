"""Each test reads the languages anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from workbook import locale


@pytest.fixture(autouse=True)
def _fresh_languages() -> Iterator[None]:
    locale._catalog.cache_clear()
    read = locale._catalog
    yield
    read.cache_clear()

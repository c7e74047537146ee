"""Each test reloads the languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from workbook import locale

READ = (locale._read, locale._catalog, locale._plurals)


@pytest.fixture(autouse=True)
def _fresh_languages() -> Iterator[None]:
    locale._language.set(None)  # a doctest may have set one
    for read in READ:
        read.cache_clear()
    yield
    for read in READ:
        read.cache_clear()

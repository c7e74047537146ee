"""One hub for all tests of this folder, with an advocate of one team, one of another, and a client."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.deploy.hub import Hub, started


@pytest.fixture(scope="session")
def hub() -> Iterator[Hub]:
    with started() as running:
        yield running

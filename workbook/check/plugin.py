"""A plugin for pytest: `pytest --workbook-check DIR` checks each file of a practice's folder. Knows the checks.

`--workbook-run` also runs each notebook with a made-up case, in a home of its own; nbval can compare outputs besides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .finding import Finding

TIMEOUT = 120  # seconds for one cell


def pytest_addoption(parser: pytest.Parser) -> None:
    """The two options."""
    group = parser.getgroup("workbook", "Second Opinion Workbook")
    group.addoption("--workbook-check", metavar="DIR", help="check the notebooks, packs and letters of this folder")
    group.addoption("--workbook-run", action="store_true", help="with --workbook-check: also run each notebook")


def pytest_collection(session: pytest.Session) -> None:
    """Collects the folder besides what was asked for by name; alone, only the folder."""
    if session.config.getoption("--workbook-check") and not session.config.invocation_params.args[1:]:
        session.config.args[:] = []


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(session: pytest.Session, items: list[pytest.Item]) -> Iterator[None]:
    """Adds one test for each file."""
    if named := session.config.getoption("--workbook-check"):
        folder = Path(named).resolve()
        items += CheckedFolder.from_parent(session, path=folder, name=folder.name).collect()
    yield


class CheckedFolder(pytest.Collector):
    """A practice's folder."""

    def __init__(self, path: Path, **more: Any) -> None:
        super().__init__(nodeid=path.name, **more)
        self.folder = path

    def collect(self) -> list[pytest.Item]:
        """The tests of its files."""
        from . import check, places
        from .places import Places

        where: Places = places(self.folder)
        found = check(self.folder, dt.date.today())  # noqa: DTZ011 - the user's own day
        names = list(dict.fromkeys([*(where.name(f) for f in where.files()), *(one.file for one in found)]))
        made: list[pytest.Item] = []
        for name in names:
            made.append(CheckedFile.from_parent(self, name=name, found=[f for f in found if f.file == name]))
            if self.config.getoption("--workbook-run") and name.endswith(".ipynb"):
                made.append(RunNotebook.from_parent(self, name=f"{name}[run]", file=self.folder / name))
        return made


class CheckedFile(pytest.Item):
    """One file and what the check says about it."""

    def __init__(self, found: list[Finding], **more: Any) -> None:
        super().__init__(**more)
        self.found = found

    def runtest(self) -> None:
        """Fails if a finding is a mistake; notes are shown with it."""
        if any(not one.note for one in self.found):
            raise Wrong("\n".join(map(str, self.found)))

    def repr_failure(self, excinfo: Any, style: Any = None) -> str:
        """The sentences, without a traceback."""
        return str(excinfo.value) if isinstance(excinfo.value, Wrong) else str(super().repr_failure(excinfo, style))

    def reportinfo(self) -> tuple[Path, int, str]:
        """The file."""
        return self.path, 0, self.name


class RunNotebook(CheckedFile):
    """One notebook that is run from top to bottom."""

    def __init__(self, file: Path, **more: Any) -> None:
        super().__init__(found=[], **more)
        self.file = file

    def runtest(self) -> None:
        """Fails at the first cell with an error."""
        from .run import first_error

        if said := first_error(self.file, TIMEOUT):
            raise Wrong(said)


class Wrong(Exception):
    """A file with mistakes; the message lists them."""

"""Cases that a page shows without changing them: a saved file, and the client's view. Knows sessions and the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ..case import Case, Items, get
from ..errors import StoreTrouble
from ..locale import N_, tr

if TYPE_CHECKING:
    from ..store import Store

_CLIENT = N_("This is the client's view. To change something, go back to your own view.")
_WRITES = frozenset(("create", "adopt", "change", "mark_seen", "erase", "clear", "restore"))


class FileSession:
    """A case loaded from a file: it can be shown and exported, not changed."""

    version = 0

    def __init__(self, case: Case) -> None:
        """`case` is never modified."""
        self.case = case

    def shown(self, path: str) -> Items[Any]:
        from ..content import entries

        return entries(self.case, path)

    def get(self, path: str) -> Any:
        return get(self.case, path)

    def refresh(self) -> bool:
        return False

    def apply(self, _changes: Any) -> Any:
        raise StoreTrouble(tr("This page shows a saved file. Load the file as a workbook to change it."))

    undo = apply


class ClientView(FileSession):
    """A case as the client has it, for an advocate who looks at their pages. It follows what changes elsewhere."""

    def __init__(self, store: Store, case_id: str) -> None:
        self._store, self._id = store, case_id
        self._load()

    def _load(self) -> None:
        from ..case import read
        from ..session.merge import for_client

        self.version, body = self._store.read(self._id)
        self.case = for_client(read(body))

    def refresh(self) -> bool:
        """Reloads the case if it was changed; whether it was."""
        before = self.version
        self._load()
        return self.version != before

    def apply(self, _changes: Any) -> Any:
        raise StoreTrouble(tr(_CLIENT))

    undo = apply


class _Unchanging:
    """A store that can be read; whatever would change a workbook raises StoreTrouble."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return self._refuse if name in _WRITES else getattr(self._store, name)

    def _refuse(self, *_args: Any, **_more: Any) -> Any:
        raise StoreTrouble(tr(_CLIENT))


def unchanging(store: Store) -> Store:
    """The store for a page in the client's view: no button there starts, loads, marks or erases a workbook."""
    return cast("Store", _Unchanging(store))

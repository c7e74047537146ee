"""The first names of patients, for lists of workbooks. Knows the store and the case as it is stored."""

from __future__ import annotations

from collections.abc import Sequence

from ..case import first_name_in
from ..errors import WorkbookError
from ..store import Store


def first_names(store: Store, ids: Sequence[str]) -> dict[str, str]:
    """The patients' first names by id, "" where none is written down; workbooks that cannot be read are left out."""
    try:
        return {key: first_name_in(body) for key, _version, body in store.read_many(ids)}
    except WorkbookError:
        found: dict[str, str] = {}
        for one in ids if len(ids) > 1 else ():
            found |= first_names(store, [one])
        return found

"""Runs a notebook with a made-up case, in a home of its own that is removed after. Knows notebooks and the demo."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from .. import cell_mistakes


def first_error(file: Path, timeout: float) -> str:
    """The first cell that fails, with what Python says; "" if all run. `timeout` is in seconds a cell."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    from ..session import demo
    from ..store import open_store

    book = nbformat.read(file, as_version=4)
    with tempfile.TemporaryDirectory() as home:
        store = open_store(home)
        (case, *_) = demo.add(store)
        store.close()
        env = {**os.environ, "WORKBOOK_HOME": home, "WORKBOOK_CASE": case, "WORKBOOK_NOTEBOOKS": str(file.parent)}
        client = NotebookClient(book, timeout=timeout, resources={"metadata": {"path": str(file.parent)}})
        number, place = 0, file.name
        try:
            with client.setup_kernel(env=env):
                for index, cell in enumerate(book.cells):
                    number += cell.cell_type == "code"
                    place = f"{file.name}, cell {number}"
                    client.execute_cell(cell, index)
        except CellExecutionError as error:
            found = cell_mistakes.of_error(cell.source, error.ename, error.evalue)
            return f"{place}: {found.sentence if found else f'{error.ename}: {error.evalue}'}"
        except CellTimeoutError:
            return f"{place}: This cell takes longer than {timeout:.0f} seconds."
        except DeadKernelError:
            return f"{place}: Python ended while this cell ran."
    return ""

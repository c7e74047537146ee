"""Runs the cells of a page one by one; a failing cell shows a kind message and the next one still runs."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from functools import cache
from typing import Any

from nbclient.exceptions import DeadKernelError
from voila.execute import VoilaExecutor, strip_code_cell_warnings

import workbook.errors as errors

from .notices import WORDS

HIDDEN = "wb-lab"  # a cell for those who customize in JupyterLab, not for readers
_VERB = re.compile(r"\bwb\.([a-z_]+)\s*\(")


class Stopped(Exception):
    """The kernel of the page is gone."""


@cache
def _ours() -> frozenset[str]:
    """The names of our exceptions: only their messages are written for readers."""
    found, queue = set(), [errors.WorkbookError]
    while queue:
        kind = queue.pop()
        found.add(kind.__name__)
        queue += kind.__subclasses__()
    return frozenset(found)


def name_of(source: str) -> str:
    """The purpose of a cell: its first comment, else the verb it uses, else ""."""
    for line in source.splitlines():
        text = line.strip()
        if text.startswith("#") and text.strip("# "):
            return " ".join(text.strip("# ").split()[:8])
        if text and not text.startswith(("import ", "from ")):
            break
    verb = _VERB.search(source)
    return f"wb.{verb[1]}" if verb else ""


def sentence(source: str, number: int, ename: str, evalue: str, words: dict[str, str] = WORDS) -> str:
    """What a reader sees instead of a traceback. The text of other errors may quote answers, so it is left out."""
    if ename in _ours() and evalue.strip():
        return evalue.strip()
    name = name_of(source)
    first = words["cell_named" if name else "cell"].format(number=number, name=name)
    return f"{first} {words['cell_safe']}"


class KindExecutor(VoilaExecutor):
    """Voilà's executor that continues after a failing cell."""

    async def run(self, cell: Any, index: int, number: int, words: dict[str, str] = WORDS) -> Any:
        """The cell with its outputs; an error becomes one kind sentence and nothing else."""
        try:
            await self.async_execute_cell(cell, index, store_history=False)
        except DeadKernelError:
            raise Stopped from None
        except Exception as trouble:  # noqa: BLE001  (our own bug must not affect other cells)
            self.log.error("cell %s: %s", number, type(trouble).__name__)
            cell["outputs"] = [{"output_type": "error", "ename": "", "evalue": "", "traceback": []}]
        for output in cell["outputs"]:
            if output["output_type"] == "error":
                text = sentence(cell["source"], number, output["ename"], output["evalue"], words)
                output.update(ename="Trouble", evalue=text, traceback=[])
        return strip_code_cell_warnings(cell)


async def run_cells(
    executor: KindExecutor, cells: list[Any], ready: Any, words: dict[str, str] = WORDS, beat: float = 10
) -> AsyncIterator[Any]:
    """The cells in order, each as soon as it is ready, and None as a heartbeat while one takes long.

    Prose before the first code cell needs no kernel, so it is yielded at once."""
    number = 0
    for index, cell in enumerate(cells):
        if cell["cell_type"] == "code":
            number += 1
            async for _ in _alive(ready, beat):
                yield None
            task = asyncio.ensure_future(executor.run(cell, index, number, words))
            try:
                async for _ in _alive(task, beat):
                    yield None
            finally:
                task.cancel()
        yield cell


async def _alive(task: asyncio.Future[Any], beat: float) -> AsyncIterator[None]:
    """A heartbeat every `beat` seconds until the task is done; then its exception, if any."""
    while not (await asyncio.wait([task], timeout=beat))[0]:
        yield None
    task.result()

"""Runs the cells of a page one by one; a failing cell shows a kind message and the next one still runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from nbclient.exceptions import DeadKernelError
from voila.execute import VoilaExecutor, strip_code_cell_warnings

from ..cell_mistakes import said_of_unshown
from ..page.cells import sentence
from ..page.notices import WORDS


class Stopped(Exception):
    """The kernel of the page is gone."""


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
        unshown = [
            {"output_type": "error", "ename": "Trouble", "evalue": text, "traceback": []}
            for text in said_of_unshown(cell["source"])
        ]
        cell["outputs"] = [*unshown, *cell["outputs"]]
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

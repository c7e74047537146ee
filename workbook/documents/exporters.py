"""Notebook to document, for nbconvert: `jupyter nbconvert --to case-pdf --CaseExporter.case=ID summary.ipynb`.

Knows nbconvert and the renderers. The notebook is always run afresh, so a document never holds what some
earlier run left in the file; code is never shown. A notebook is a program: run only those you trust.
"""

from __future__ import annotations

import os
from datetime import date
from typing import Any

from nbconvert.exporters import Exporter
from traitlets import Bool, Float, Unicode

from ..errors import CannotExport
from . import blocks as B  # noqa: N812
from . import html, pdf
from .outputs import output_blocks

_TOLD = ("title", "subject", "prepared", "footer", "mark", "lang")


class CaseExporter(Exporter):
    """Runs a notebook for one case and gathers its parts; subclasses draw them."""

    case = Unicode("", help="The id of a case, or the path of a case file").tag(config=True)
    run = Bool(True, help="Run the notebook first; off, the outputs stored in it are used").tag(config=True)
    paper = Unicode("us-letter", help="us-letter or a4").tag(config=True)
    size = Float(10.0, help="Height of the text in points; 14 is large print").tag(config=True)
    today = Unicode("", help="The day of the document, 2026-11-22; the day it is made unless given").tag(config=True)
    skip_tag = Unicode("skip-export", help="A cell with this tag is left out").tag(config=True)
    seconds = Float(120.0, help="How long one cell may take").tag(config=True)

    export_from_notebook: str | None = None
    output_mimetype = ""
    file_extension = ".txt"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[str | bytes, Any]:
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        if self.run:
            self._run(nb, resources)
        return self.draw(self.tree(nb)), resources

    def draw(self, doc: dict[str, Any]) -> str | bytes:
        raise NotImplementedError

    def tree(self, nb: Any) -> dict[str, Any]:
        """The document that the notebook's Markdown and outputs make up, in their order."""
        told = {"title": nb.metadata.get("title", "Case summary"), "lang": nb.metadata.get("lang", "en")}
        found: list[B.Block] = []
        for cell in nb.cells:
            if self.skip_tag in cell.metadata.get("tags", []):
                continue
            for block in _cell_blocks(cell):
                if block.get("k") == "document":
                    told |= {name: block[name] for name in _TOLD if block.get(name)}
                else:
                    found.append(block)
        return B.document(
            told["title"],
            found,
            subject=told.get("subject", ""),
            prepared=told.get("prepared", ""),
            footer=told.get("footer", ""),
            mark=told.get("mark", ""),
            lang=told["lang"],
            paper=self.paper,
            size=self.size,
        )

    def _run(self, nb: Any, resources: Any) -> None:
        from jupyter_client.manager import AsyncKernelManager
        from nbclient import NotebookClient
        from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

        # IPC: what a case holds does not pass through a TCP port that others on the machine could open.
        manager = AsyncKernelManager(transport="ipc", kernel_name=nb.metadata.get("kernelspec", {}).get("name", ""))
        client = NotebookClient(nb, km=manager, timeout=self.seconds, resources=resources)
        try:
            client.execute(env=self._environment())
        except CellExecutionError:
            raise CannotExport(_failed(nb, self.skip_tag)) from None
        except CellTimeoutError:
            raise CannotExport(f"A cell of the notebook took longer than {self.seconds:.0f} seconds.") from None
        except DeadKernelError:
            raise CannotExport("The notebook's program stopped before it was done.") from None

    def _environment(self) -> dict[str, str]:
        case = self.case or os.environ.get("WORKBOOK_CASE", "")
        if os.path.isfile(case):  # noqa: PTH113  (the kernel runs elsewhere: a file needs its whole path)
            case = os.path.abspath(case)  # noqa: PTH100
        told = {"WORKBOOK_CASE": case, "WORKBOOK_APP": "export"}
        return {**os.environ, **{name: value for name, value in told.items() if value}}


class CaseHTMLExporter(CaseExporter):
    """One web page."""

    export_from_notebook = "Case summary (HTML)"
    output_mimetype = "text/html"
    file_extension = ".html"

    def draw(self, doc: dict[str, Any]) -> str:
        return html.render(doc)


class CasePDFExporter(CaseExporter):
    """A tagged PDF."""

    export_from_notebook = "Case summary (PDF)"
    output_mimetype = "application/pdf"
    file_extension = ".pdf"

    def draw(self, doc: dict[str, Any]) -> bytes:
        try:
            day = date.fromisoformat(self.today) if self.today else date.today()  # noqa: DTZ011  (the wall's day)
        except ValueError:
            raise CannotExport("The day of a document is written like 2026-11-22.") from None
        return pdf.render(doc, day)


def _cell_blocks(cell: Any) -> list[B.Block]:
    from .markdown import to_blocks

    if cell.cell_type == "markdown":
        return to_blocks(cell.source)
    if cell.cell_type == "code":
        return [block for output in cell.outputs for block in output_blocks(output)]
    return []


def _failed(nb: Any, skip_tag: str) -> str:
    """Which cell failed, in words a person can find it by; never its traceback, which can quote a case."""
    for number, cell in enumerate(nb.cells, 1):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                first = next((line.strip() for line in cell.source.splitlines() if line.strip()), "")
                return f"Cell {number} of the notebook did not run ({first[:60]}). Repair it or tag it {skip_tag}."
    return "The notebook did not run to its end."

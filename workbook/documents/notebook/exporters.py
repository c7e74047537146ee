"""nbconvert exporters: `jupyter nbconvert --to case_pdf --CaseExporter.case=ID summary.ipynb`, and JupyterLab's menu.

Knows nbconvert and the renderers. Jupyter's menu cannot use a name with a hyphen, so the names have none. A file is
named by its case, and is never written among the notebooks: those are shared, and it is a patient's. The notebook is
always executed again, so a document never contains outputs saved by an earlier run; code is never shown. A notebook is
a program: run only those you trust.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from traitlets import Bool, Float, Unicode, default

from ... import errors
from ...errors import CannotExport, WorkbookError
from ...titles import title_of
from ..render import html, pdf
from ..render.pdf import printable
from ..tree import blocks as B  # noqa: N812
from .outputs import is_widget, output_blocks

ONLY_ASKS = (
    "This page asks questions, so there is nothing on it to print. Open summary.ipynb and export that, "
    'or add a cell such as wb.part(case, "opinions").'
)
_FOR_AUTHORS = "wb-lab"  # the tag of cells for those who customize
_TOLD = ("title", "subject", "prepared", "footer", "watermark", "lang")


class CaseExporter(Exporter):
    """Runs a notebook for one case and collects its parts; subclasses render them."""

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
        try:
            elsewhere = _is_kept_out(resources)
            if self.run and (whose := self._run(nb, resources)):
                resources["output_extension"] = f"-{whose}{self.file_extension}"  # added to the notebook's name
            if elsewhere:
                resources["metadata"]["path"] = ""  # where nbconvert writes: the current folder
            return self.draw(self.tree(nb)), resources
        except WorkbookError as error:
            if _on_command_line():  # nbconvert would print a traceback around the message
                sys.stderr.write(f"{error}\n")
                raise SystemExit(1) from None
            raise

    def draw(self, doc: dict[str, Any]) -> str | bytes:
        raise NotImplementedError

    def tree(self, nb: Any) -> dict[str, Any]:
        """The document built from the notebook's Markdown and outputs, in order."""
        told = {"title": title_of(nb, "Case summary"), "lang": nb.metadata.get("lang", "en")}
        found: list[B.Block] = []
        cells = [cell for cell in nb.cells if not {self.skip_tag, _FOR_AUTHORS} & {*cell.metadata.get("tags", [])}]
        if _only_asks(cells):
            raise CannotExport(ONLY_ASKS)
        for cell in cells:
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
            watermark=told.get("watermark", ""),
            lang=told["lang"],
            paper=self.paper,
            size=self.size,
        )

    def _run(self, nb: Any, resources: Any) -> str:
        """Runs the cells; the id of the case that the notebook opened, or ""."""
        from nbclient import NotebookClient
        from traitlets.config import Config

        with tempfile.TemporaryDirectory(prefix="wb-") as place:
            # IPC: case data does not pass through a TCP port that others on the machine could open. The
            # sockets get their own folder: otherwise they would be created next to the notebook.
            quiet = Config(KernelManager={"transport": "ipc", "ip": os.path.join(place, "k")})  # noqa: PTH118
            client = NotebookClient(
                nb, config=Config() if os.name == "nt" else quiet, timeout=int(self.seconds), resources=resources
            )
            note = Path(place) / "case"
            self._execute(client, nb, {"WORKBOOK_CASE_NOTE": str(note), **_notebook(resources)})
            return note.read_text("utf-8") if note.is_file() else ""

    def _execute(self, client: Any, nb: Any, more: dict[str, str]) -> None:
        from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

        try:
            client.execute(env=self._environment() | more)
        except CellExecutionError:
            raise CannotExport(_failed(nb, self.skip_tag)) from None
        except CellTimeoutError:
            raise CannotExport(f"A cell of the notebook took longer than {self.seconds:.0f} seconds.") from None
        except DeadKernelError:
            raise CannotExport("The notebook's program stopped before it was done.") from None

    def _environment(self) -> dict[str, str]:
        case = self.case or os.environ.get("WORKBOOK_CASE", "")
        if os.path.isfile(case):  # noqa: PTH113  (the kernel runs in another folder)
            case = os.path.abspath(case)  # noqa: PTH100
        home = os.environ.get("WORKBOOK_HOME", "")
        if home:
            home = os.path.abspath(os.path.expanduser(home))  # noqa: PTH100, PTH111
        told = {"WORKBOOK_CASE": case, "WORKBOOK_HOME": home, "WORKBOOK_APP": "export"}
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
            day = date.fromisoformat(self.today) if self.today else date.today()  # noqa: DTZ011  (the local date)
        except ValueError:
            raise CannotExport("The day of a document is written like 2026-11-22.") from None
        if said := printable.check(doc):
            sys.stderr.write(f"{said}\n")
        return pdf.render(doc, day)


class _ByOldName(CaseExporter):
    """An exporter under its name of before, with a hyphen: only for the command line, no menu can use it."""

    @default("enabled")
    def _only_on_the_command_line(self) -> bool:
        return _on_command_line()


class CaseHTMLByOldName(_ByOldName, CaseHTMLExporter):
    """`case-html`, now `case_html`."""


class CasePDFByOldName(_ByOldName, CasePDFExporter):
    """`case-pdf`, now `case_pdf`."""


def _notebook(resources: Any) -> dict[str, str]:
    """The notebook's file, under the name by which Jupyter tells a kernel of it."""
    about = resources.get("metadata", {})
    place, name = about.get("path"), about.get("name")
    return {"JPY_SESSION_NAME": str(Path(place).absolute() / f"{name}.ipynb")} if place is not None and name else {}


def _is_kept_out(resources: Any) -> bool:
    """Whether to write to the current folder: on the command line, where nbconvert would write beside the notebook.

    CannotExport if a folder of notebooks is the current one, or was chosen.
    """
    writer = getattr(_application(), "writer", None) if _on_command_line() else None
    there = resources.get("metadata", {}).get("path")
    if writer is None or not hasattr(writer, "build_directory") or there is None:
        return False
    if Path(writer.build_directory or ".").resolve() == Path(there).resolve():
        raise CannotExport(
            "The document belongs to a patient, so it is not written among the notebooks. Choose another folder, "
            "such as --output-dir=../out"
        )
    return not writer.build_directory


def _cell_blocks(cell: Any) -> list[B.Block]:
    from ..tree.markdown import to_blocks

    if cell.cell_type == "markdown":
        return to_blocks(cell.source)
    if cell.cell_type == "code":
        return [block for output in cell.outputs for block in output_blocks(output)]
    return []


def _only_asks(cells: list[Any]) -> bool:
    """Whether the cells show what people fill in, and nothing that a document could have."""
    outputs = [output for cell in cells if cell.cell_type == "code" for output in cell.outputs]
    return any(is_widget(output) for output in outputs) and not any(output_blocks(output) for output in outputs)


def _failed(nb: Any, skip_tag: str) -> str:
    """Which cell failed, in words that locate it; never its traceback, which can quote a case."""
    for number, cell in enumerate(nb.cells, 1):
        for output in cell.get("outputs", []):
            if output["output_type"] == "error":
                if output["ename"] == errors.NoSuchCase.__name__:  # which cell asked for the workbook says nothing
                    return f"{output['evalue']} Then export it again."
                # Only its first verb: the rest of a cell can contain a name.
                verb = re.match(r"\s*((?:wb|workbook)\.\w+)\(", cell.source)
                which = f"Cell {number} of the notebook" + (f", which begins with {verb[1]}," if verb else "")
                why = output["evalue"] if _is_ours(output["ename"]) else ""
                return f"{which} did not run. {why or f'Repair it, or give it the tag {skip_tag}.'}"
    return "The notebook did not run to its end."


def _is_ours(name: str) -> bool:
    """Whether an error is one of this package's, whose message is for the reader."""
    found = getattr(errors, name, None)
    return isinstance(found, type) and issubclass(found, WorkbookError)


def _application() -> Any:
    from traitlets.config import Application

    return Application.instance() if Application.initialized() else None


def _on_command_line() -> bool:
    return getattr(_application(), "name", "") == "jupyter-nbconvert"

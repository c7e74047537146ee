"""Messages for a page without a case. Knows where the page is, nothing of a case."""

from __future__ import annotations

from ..locale import tr
from . import links


def nothing_open(some: bool) -> str:
    """The message of a page without a case; `some` means that there are workbooks to choose from."""
    if links.here() == links.FIRST:
        return tr("No workbook is open yet. Start one or open one on this page.")
    if some and not links.served():
        return tr("No workbook is open in this notebook yet. Choose one in the list under wb.steps(case).")
    if some:
        return tr("No workbook is open on this page yet. Go to the first page and choose one.")
    return tr("There is no workbook here yet.")


def another_one() -> str:
    """The message of a page that already belongs to another case."""
    if links.served():
        return tr("This page belongs to another workbook. Reload the page to open this one.")
    return tr(
        "This notebook belongs to the workbook that is open in it. To open another one, restart the notebook "
        "(Kernel, then Restart Kernel and Run All Cells)."
    )


def names_another_one() -> str:
    """The message of a notebook that names its own case, when another one was asked for."""
    return tr(
        "This notebook opens its own workbook: a cell has wb.open_case with its name. "
        "To use the notebook for another one, write wb.open_case() there."
    )


def made_up_only() -> str:
    """The message of a public demo when a real case is requested."""
    return tr("This is a public demo. It opens only made-up workbooks.")

"""Documents from JupyterLab's export menu, with a plain page where Jupyter would answer 500. Knows HTTP and errors."""

from __future__ import annotations

from jupyter_server.base.handlers import JupyterHandler, path_regex
from jupyter_server.nbconvert.handlers import NbconvertFileHandler
from tornado.web import HTTPError

from ..errors import WorkbookError
from .frame import Own

ROUTE = rf"nbconvert/(?P<format>case_html|case_pdf){path_regex}"


class Export(NbconvertFileHandler, Own):
    """Makes a document of a notebook, or says in one sentence why not: often nobody chose a workbook yet.

    Jupyter's own handler asks who is there, and wraps whatever an exporter raises in an error 500.
    """

    def set_default_headers(self) -> None:
        """Jupyter's own: the document has styles in it, which the rules for our pages would not let in."""
        JupyterHandler.set_default_headers(self)

    async def get(self, format: str, path: str) -> None:  # noqa: A002 - Jupyter's name
        try:
            await super().get(format, path)
        except HTTPError as error:
            if not isinstance(error.__cause__, WorkbookError):
                raise
            self.clear()
            Own.set_default_headers(self)  # this page is one of ours
            self.told(409, "not_made", str(error.__cause__))

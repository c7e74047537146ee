"""From a notebook in JupyterLab to its page as the client sees it. Knows HTTP and which workbook was chosen there."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote, urlencode

from jupyter_server.utils import url_path_join

from ..store import lab_choices
from ..store.home import home_dir
from .frame import Own

ROUTE = r"workbook/as-client/(.*)"


class AsClient(Own):
    """GET workbook/as-client/<notebook>: redirects to the page, for the workbook that is chosen in the notebook."""

    async def get(self, path: str) -> None:
        if not self.entered():
            return
        file = Path(os.path.realpath(Path(self.settings["server_root_dir"]).expanduser() / path))
        case_id = lab_choices.recall(self.place.home or home_dir(), str(file))
        query = urlencode({"case": case_id, "as": "client"} if case_id else {"as": "client"})
        self.redirect(f"{url_path_join(self.base_url, 'voila/render', quote(file.name))}?{query}")

"""The same pages inside a Jupyter server (Binder, JupyterHub), in place of Voilà's own extension."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from jupyter_server.utils import url_path_join
from voila.configuration import VoilaConfiguration

from . import as_client, exports
from .app import page_settings
from .frame import ServerSettings
from .routes import routes
from .security_headers import redact


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "workbook.serve.extension"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Adds our URLs below voila/. The Jupyter server handles authentication."""
    home = os.environ.get("WORKBOOK_HOME")
    place = ServerSettings(
        notebooks=Path(os.environ.get("WORKBOOK_NOTEBOOKS") or server.root_dir).resolve(),
        home=Path(home) if home else None,
        demo=os.environ.get("WORKBOOK_DEMO_ONLY") == "1",
        alone=False,
        configuration=VoilaConfiguration(parent=server, config=page_settings()),
        config=server.config,
    )
    redact(server.log)
    export = (url_path_join(server.base_url, exports.ROUTE), exports.Export, {"place": place})
    seen = (url_path_join(server.base_url, as_client.ROUTE), as_client.AsClient, {"place": place})
    server.web_app.add_handlers(".*$", [export, seen, *routes(server.base_url, place)])

"""The server of one client on a hub: our pages, their kernels, and no other address. Knows HTTP and the hub's sign-in.

There is no JupyterLab here to lock: no handler for files, contents, terminals or new kernels exists, and the websocket
of a kernel lets the messages of forms through, but no code.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jupyter_server.utils import url_path_join
from jupyterhub._version import __version__ as hub_version
from jupyterhub.singleuser.extension import JupyterHubIdentityProvider
from tornado.web import Application

from ...folder.pages import shipped
from ..app import WorkbookApp, allow_files, most_pages, page_settings
from ..frame import ServerSettings
from ..routes import routes

PAGES = "6"  # open at once


class HubIdentity(JupyterHubIdentityProvider):
    """Asks the hub who somebody is. Only those get in whom the hub lets open this server: its owner."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{name: value for name, value in given.items() if name in ("parent", "log", "config")})


class ClientApp(WorkbookApp):
    """Our app behind a hub: at the hub's address, with the hub's sign-in."""

    def init_settings(self) -> dict[str, Any]:
        found = super().init_settings()
        return found | {
            "xsrf_cookies": False,  # the hub's own check replaces it, in each handler of Jupyter's
            "headers": {"X-JupyterHub-Version": hub_version},
        }

    def add_addresses(self, app: Application) -> None:
        """The proxy in front decides which host names there are."""
        sign_in = [(url_path_join(self.base_url, path), *rest) for path, *rest in self.identity_provider.get_handlers()]
        app.add_handlers(".*$", [*sign_in, *routes(self.base_url, self.place, nothing_else=True)])

    async def _spare_kernels(self) -> None:
        """None: a spare for each signed-in person would cost more memory than their server."""


def make() -> ClientApp:
    """The app as the hub's environment variables describe it, configured but not started."""
    allow_files()
    os.umask(0o077)
    notebooks = Path(os.environ.get("WORKBOOK_NOTEBOOKS") or shipped()).resolve()
    home = os.environ.get("WORKBOOK_HOME")
    app = ClientApp(
        config=page_settings(),
        port=urlsplit(os.environ["JUPYTERHUB_SERVICE_URL"]).port,
        root_dir=str(notebooks),
        base_url=os.environ["JUPYTERHUB_SERVICE_PREFIX"],
        identity_provider_class=HubIdentity,
    )
    app.initialize(argv=[])
    app.place = ServerSettings(
        notebooks=notebooks,
        home=Path(home) if home else None,
        alone=False,
        most=most_pages(os.environ.get("WORKBOOK_PAGES") or PAGES),
        configuration=app.voila_configuration,
        config=app.config,
    )
    return app


if __name__ == "__main__":
    server = make()
    server.open()
    server.start()

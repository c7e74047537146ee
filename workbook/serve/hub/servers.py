"""Which server somebody gets: JupyterLab and our pages for an advocate, our pages alone for a client. Knows no case."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from . import people

_LARGEST = 64 * 1024 * 1024  # bytes of one message: a case file of 10 MB, encoded a second time, with a margin
_LAB_SETTINGS = Path(__file__).parents[1] / "lab_settings"
_OURS = Path(__file__).parents[1] / "labextensions"
_CLIENT = [sys.executable, "-m", "workbook.serve.hub.client"]
_ADVOCATE = [sys.executable, "-m", "workbook.serve.hub.advocate"]
_NEED_MORE = ("LatexExporter", "PDFExporter", "WebPDFExporter", "QtPDFExporter", "QtPNGExporter")
_HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}


class NoServer(Exception):
    """Somebody who is neither an advocate nor a client."""

    jupyterhub_message = people.NOT_HERE


def prepare(spawner: Any) -> None:
    """Chooses the server, each time one starts: for `Spawner.pre_spawn_hook`."""
    who = people.kind(spawner.user.name)
    if who == people.ADVOCATES:
        spawner.cmd, spawner.args = _ADVOCATE, advocate_settings(idle=1800)
        spawner.default_url = "/voila/render/board.ipynb"
    elif who == people.CLIENTS:
        spawner.cmd, spawner.args = _CLIENT, []
        spawner.default_url = "/voila/render/index.ipynb"
    else:
        raise NoServer


def runtime_folder(spawner: Any) -> str:
    """Where a person's kernels have their sockets: a name short enough for one, in their own folder."""
    import pwd

    return str(Path(pwd.getpwnam(spawner.user.name).pw_dir) / ".run")


def advocate_settings(*, idle: int) -> list[str]:
    """The settings of a Jupyter server with JupyterLab and our pages; `idle` is in seconds."""
    settings: dict[str, Any] = {
        # Voilà's own extension serves images and lists folders without a key; ours serves the pages.
        "ServerApp.jpserver_extensions": {"voila.server_extension": False, "workbook.serve.extension": True},
        "ServerApp.kernel_manager_class": "workbook.serve.lab.LabKernels",
        "ServerApp.terminals_enabled": False,
        "ServerApp.tornado_settings": {
            "headers": _HEADERS,
            "compress_response": True,
            "websocket_max_message_size": _LARGEST,
        },
        "ContentsManager.pre_save_hook": "workbook.serve.tidy.before_saving",
        "ServerApp.log_level": "WARN",  # each request would be a line with a name and an address in it
        "LabApp.extension_manager": "readonly",
        "LabApp.extra_labextensions_path": str(_OURS),
        "LabApp.app_settings_dir": str(_LAB_SETTINGS),
        "KernelManager.transport": "ipc",  # sockets in a private folder: no other user of this machine reaches them
        "MappingKernelManager.cull_idle_timeout": idle,
        "MappingKernelManager.cull_interval": 60,
        "MappingKernelManager.cull_connected": False,
        "KernelRestarter.restart_limit": 0,
        "KernelRestarter.time_to_dead": 1.0,
        "ZMQChannelsWebsocketConnection.limit_rate": False,
        **{f"{name}.enabled": False for name in _NEED_MORE},
    }
    return [f"--{name}={value}" for name, value in settings.items()]


if __name__ == "__main__":  # in a pod, where the hub does not know the folders of the image
    import os

    os.execv(sys.executable, [*_ADVOCATE, *advocate_settings(idle=1800), *sys.argv[1:]])  # noqa: S606

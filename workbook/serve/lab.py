"""JupyterLab for those who edit the notebooks. Knows Jupyter; no patient data is ever saved in a notebook."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from . import folders

SETTINGS = Path(__file__).parent / "lab_settings"
OURS = Path(__file__).parent / "labextensions"  # "See as client" above a notebook


def own_copy(shipped: Path, wanted: Path | None) -> Path:
    """The folder to edit: the given one, or the clone's own; from a wheel, a copy in the user's documents."""
    if wanted is None and "site-packages" not in shipped.parts:
        return shipped
    from platformdirs import user_documents_path

    folder = wanted or user_documents_path() / "Second Opinion Notebooks"
    folder.mkdir(parents=True, exist_ok=True)
    if not any(folder.glob("*.ipynb")):
        for notebook in sorted(shipped.glob("*.ipynb")):
            shutil.copyfile(notebook, folder / notebook.name)
    return folder


def kernel_options(runtime: str) -> list[str]:
    """The transport for kernels with files in this folder: sockets if possible, else ports."""
    return ["--KernelManager.transport=ipc"] if folders.takes_sockets(runtime) else []


# Voila's own extension serves images and lists folders without a key; ours only serves the pages.
EXTENSIONS = "{'voila.server_extension': False, 'workbook.serve.extension': True}"

# Exporters that need a program which is not installed with us: in the menu they would end in a traceback.
NEED_MORE = ("LatexExporter", "PDFExporter", "WebPDFExporter", "QtPDFExporter", "QtPNGExporter")


class LabKernels(AsyncMappingKernelManager):
    """Kernels without a history of the code typed into cells: it may contain a patient's words."""

    async def _async_start_kernel(self, *, kernel_name: str | None = None, **more: Any) -> Any:
        if kernel_name in (None, "", "python3"):
            more["extra_arguments"] = [*more.get("extra_arguments", []), "--HistoryManager.enabled=False"]
        return await super()._async_start_kernel(kernel_name=kernel_name, **more)

    start_kernel = _async_start_kernel


def run(folder: Path, home: Path, say: Callable[[str], None] | None = None) -> int:
    """Runs JupyterLab on the folder, on this computer only, until it ends.

    With `say`, no browser opens: it gets the address that lets its owner in.
    """
    os.environ["WORKBOOK_HOME"] = str(home)
    os.environ["WORKBOOK_NOTEBOOKS"] = str(folder)
    os.environ["WORKBOOK_OWN_COMPUTER"] = "1"  # a page may scan a disc in this drive
    from jupyter_core.paths import jupyter_runtime_dir
    from jupyterlab.labapp import LabApp

    argv = [
        str(folder),
        "--ServerApp.ip=127.0.0.1",
        "--ContentsManager.pre_save_hook=workbook.serve.tidy.before_saving",
        f"--ServerApp.jpserver_extensions={EXTENSIONS}",
        "--ServerApp.kernel_manager_class=workbook.serve.lab.LabKernels",
        *(f"--{name}.enabled=False" for name in NEED_MORE),
        *kernel_options(jupyter_runtime_dir()),
        f"--LabApp.extra_labextensions_path={OURS}",
        f"--LabApp.app_settings_dir={SETTINGS}",  # no news and no update check: no request leaves the computer
    ]
    sys.argv = ["workbook lab"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        argv.append("--allow-root")
    if say is not None:
        address, more = _without_browser()
        say(address)
        argv += more
    LabApp.launch_instance(argv)
    return 0


def _without_browser() -> tuple[str, list[str]]:
    """One address that lets its owner in, and the options for it: Jupyter's own line leaves the key out."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = os.environ.get("JUPYTER_PORT") or free.getsockname()[1]
    key = os.environ.get("JUPYTER_TOKEN") or secrets.token_urlsafe(24)
    options = [
        "--no-browser",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={key}",
    ]
    return f"http://127.0.0.1:{port}/lab?token={key}", options

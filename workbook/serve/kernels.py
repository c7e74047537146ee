"""How a kernel of ours starts: quietly, and knowing what every page may know. Knows no page and no case."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voila._version import __version__ as voila_version

if TYPE_CHECKING:
    from .frame import Place


def kernel_environment(place: Place, base_url: str) -> dict[str, str]:
    """What every notebook may know, whichever page it becomes: the names Voilà uses, and ours."""
    told = {
        "SERVER_SOFTWARE": f"voila/{voila_version}",
        "VOILA_BASE_URL": base_url,
        "VOILA_PREHEAT": "False",
        "WORKBOOK_APP": "voila",
        # Without it each kernel warns about frozen modules, and takes longer.
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }
    if place.home:
        told["WORKBOOK_HOME"] = str(place.home)
    kept = {k: v for k, v in os.environ.items() if k not in ("JUPYTER_TOKEN", "JUPYTERHUB_API_TOKEN")}
    return kept | told


async def start_kernel(manager: Any, name: str, folder: Path, env: dict[str, str]) -> str:
    """The id of a new kernel, which is on its way but not ready."""
    # What a kernel prints on its own may quote answers, and nobody would read it here.
    quiet = None if os.environ.get("WORKBOOK_DEBUG") == "1" else subprocess.DEVNULL
    return str(await manager.start_kernel(kernel_name=name, cwd=str(folder), env=env, stdout=quiet, stderr=quiet))

"""The pages of a site: each notebook's words and the steps, with what starts Python in the browser. Knows page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from ..errors import CannotBuild
from ..page import assets
from ..page.notices import words
from ..page.templates import environment
from .build import Pages, Site

UNREADABLE = "The notebooks could not be read as pages. Open each in JupyterLab to see what is wrong, then try again."
BLANK = "blank.html"  # the blank workbook to print, for a browser that cannot run the workbook
_STATES = (
    *("getting", "starting", "starting_slow", "elsewhere", "elsewhere_take", "private", "full", "disk"),
    *("damaged_store", "offline_start", "broken_start", "old_browser", "as_file", "print_blank"),
    *("newer", "newer_use", "later_loading", "try_again", "stopped_here", "silent", "start_again"),
    *("elsewhere_taken", "forgets", "insecure", "phone_title", "phone_why", "phone_how", "phone_move", "close"),
)


def files() -> dict[str, bytes]:
    """The scripts, styles and fonts of the pages, and the worker's scripts, by name."""
    workers = {path.name: path.read_bytes() for path in sorted((assets.SCRIPTS / "worker").glob("*.js"))}
    scripts = {"page.js": assets.early_host().encode(), "widgets.js": assets.widgets().encode()}
    return {**assets.files(), **scripts, **workers}


def maker(notebooks: Path, packs: Path | None, *, demo: bool = False) -> Pages:
    """Makes the pages of these notebooks, which are read once. With `demo` they show made-up cases and keep nothing."""
    found = outline(notebooks, packs)

    def pages(site: Site) -> dict[str, bytes]:
        blank = {BLANK: found["blank"].encode()}
        made = {f"{name}.html": _page(site, found, name, demo).encode() for name in found["pages"]}
        # A link may still have the first name of a page that was renamed.
        return blank | {f"{first}.html": made[f"{now}.html"] for first, now in found["former"].items()} | made

    return pages


def outline(notebooks: Path, packs: Path | None) -> dict[str, Any]:
    """What `workbook.ui.outline` prints for these notebooks, from a process of its own."""
    env = {**os.environ, "WORKBOOK_APP": "browser", "WORKBOOK_NOTEBOOKS": str(notebooks)}
    if packs:
        env["WORKBOOK_PACKS"] = str(packs)
    command = [sys.executable, "-m", "workbook.ui.outline"]
    done = subprocess.run(command, capture_output=True, text=True, env=env)  # noqa: S603 - our own module
    if done.returncode:
        raise CannotBuild(UNREADABLE)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _page(site: Site, found: dict[str, Any], name: str, demo: bool) -> str:
    page = found["pages"][name]
    said = words(page["lang"])
    template = environment().get_template("site.html.j2")
    return template.render(
        w=said,
        title=page["title"],
        lang=page["lang"],
        direction=page["dir"],
        html=page["html"],
        steps=page["steps"],
        name=site.name,
        here=name,
        map=found["map"],
        ours=site.address("page.js").rpartition("/")[0] + "/",
        icon=site.address("icon-192.png"),
        policy=site.policy,
        logo=site.logo,
        links=[(said[n], f"{n}.html") for n in ("help",) if n in found["pages"]] + list(site.links),
        demo=demo,
        settings={
            "demo": demo,
            "version": site.version,
            "worker": site.address("worker.js"),
            "widgets": site.address("widgets.js"),
            "list": site.list,
            "blank": "" if "blank" in found["pages"] else BLANK,
            "words": {key: said[key] for key in _STATES},
        },
    )

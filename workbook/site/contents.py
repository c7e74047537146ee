"""Which files of the wheels, of Python's library and of this package the browser needs. Knows names only.

A rule leaves out what nothing of ours imports; tests import every module of ours in the browser's Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

# Modules and packages of Python's library that nothing here imports, and nothing that is imported here does.
LIBRARY_LEFT_OUT = (
    *("__hello__", "__phello__", "_pyrepl", "antigravity", "bdb", "cProfile", "cmd", "compileall"),
    *("configparser", "getopt", "graphlib", "statistics"),
    *("doctest", "filecmp", "fileinput", "ftplib", "idlelib", "imaplib", "mailbox", "modulefinder", "multiprocessing"),
    *("netrc", "nturl2path", "optparse", "pdb", "pickletools", "plistlib", "poplib", "profile", "pstats", "pty"),
    *("py_compile", "pyclbr", "pydoc", "pydoc_data", "rlcompleter", "sched", "shelve", "smtplib", "socketserver"),
    *("symtable", "tabnanny", "this", "trace", "tracemalloc", "tty", "turtledemo", "unittest", "wave"),
    *("webbrowser", "wsgiref", "xmlrpc", "zipapp", "ensurepip", "lib2to3", "tkinter", "site-packages"),
)
# Files of packages that stay: second versions in Python of what is there in C, other systems' parts, small programs.
LIBRARY_FILES_LEFT_OUT = (
    *("_pydatetime.py", "_pyio.py", "*/__main__.py", "asyncio/windows_*.py", "asyncio/tools.py"),
    *("concurrent/futures/process.py", "concurrent/interpreters/*", "ctypes/macholib/*", "http/cookiejar.py"),
    *("http/cookies.py", "http/server.py", "importlib/_bootstrap.py", "importlib/_bootstrap_external.py"),
    *("json/tool.py", "logging/config.py", "logging/handlers.py", "pyodide/_nodesock_transport.py"),
    *("pyodide/console.py", "xml/dom/*", "xml/sax/*"),
)
# Encodings of machines that no medical record comes from: EBCDIC, old Macs, terminals.
ENCODINGS_LEFT_OUT = (
    *("cp037", "cp1026", "cp1140", "cp273", "cp424", "cp500", "cp864", "cp875", "hp_roman8", "kz1048", "palmos"),
    *("ptcp154", "mac_*", "oem", "mbcs", "rot_13", "uu_codec", "quopri_codec", "bz2_codec", "johab", "tis_620"),
)

# For each wheel, what is left out of it; "!" before a pattern brings something back.
WHEELS_LEFT_OUT = {
    "annotated-types": ("annotated_types/test_cases.py",),
    "babel": (
        *("babel/locale-data/*", "!babel/locale-data/root.dat", "!babel/locale-data/en.dat"),
        *("!babel/locale-data/en_US.dat", "!babel/locale-data/es.dat", "!babel/locale-data/es_US.dat"),
        *("!babel/locale-data/es_419.dat", "babel/messages/frontend.py", "babel/messages/setuptools_frontend.py"),
        *("babel/messages/checkers.py", "babel/messages/extract.py", "babel/messages/jslexer.py"),
        *("babel/localtime/_win32.py", "babel/support.py"),
    ),
    "fonttools": (
        "fontTools/*",
        *("!fontTools/__init__.py", "!fontTools/config/*", "!fontTools/ttLib/*", "!fontTools/misc/*"),
        *("!fontTools/agl.py", "!fontTools/unicode.py", "!fontTools/encodings/*", "!fontTools/pens/*"),
        *("fontTools/misc/plistlib/*", "fontTools/misc/*.c", "fontTools/ttLib/removeOverlaps.py"),
    ),
    "holidays": (
        *("holidays/locale/*", "holidays/countries/*", "holidays/financial/*", "holidays/calendars/*"),
        *("!holidays/countries/__init__.py", "!holidays/countries/united_states.py", "!holidays/financial/__init__.py"),
        *("!holidays/calendars/*.py", "holidays/calendars/*_school.py"),
        *("holidays/ical.py", "holidays/generate_ics.py"),
    ),
    "icalendar": ("icalendar/tests/*", "icalendar/fuzzing/*", "icalendar/cli.py"),
    "jinja2": ("jinja2/constants.py", "jinja2/ext.py", "jinja2/meta.py", "jinja2/nativetypes.py", "jinja2/sandbox.py"),
    "markupsafe": ("markupsafe/_speedups*",),
    "mistune": (
        *("mistune/__main__.py", "mistune/directives/*", "mistune/renderers/markdown.py", "mistune/renderers/rst.py"),
        *("mistune/toc.py", "mistune/plugins/abbr.py", "mistune/plugins/def_list.py", "mistune/plugins/ruby.py"),
        *("mistune/plugins/spoiler.py", "mistune/plugins/math.py"),
    ),
    "platformdirs": (
        *("platformdirs/windows.py", "platformdirs/macos.py", "platformdirs/*android.py", "platformdirs/ios.py"),
        "platformdirs/testing.py",
    ),
    "pydantic": (
        *("pydantic/v1/*", "pydantic/mypy.py", "pydantic/_hypothesis_plugin.py", "pydantic/experimental/*"),
        *("pydantic/color.py", "pydantic/deprecated/*"),
    ),
    "pydicom": (
        *("pydicom/data/*", "!pydicom/data/__init__.py", "!pydicom/data/data_manager.py", "!pydicom/data/download.py"),
        *("!pydicom/data/retry.py", "pydicom/sr/*", "pydicom/cli/*"),
        *("pydicom/fileset.py", "pydicom/util/codify.py", "pydicom/util/dump.py", "pydicom/util/leanread.py"),
        *("pydicom/util/fixer.py", "pydicom/overlays/*", "pydicom/dicomio.py", "pydicom/env_info.py"),
    ),
    "pypdfium2": ("pypdfium2_cli/*",),
    "python-dateutil": ("dateutil/zoneinfo/dateutil-zoneinfo.tar.gz", "dateutil/tz/win.py"),
    "tzdata": (
        *("tzdata/zoneinfo/*", "!tzdata/zoneinfo/*.py", "!tzdata/zoneinfo/zones", "!tzdata/zoneinfo/UTC"),
        *(f"!tzdata/zoneinfo/{area}/*" for area in ("Africa", "America", "Asia", "Atlantic", "Australia", "Etc")),
        *(f"!tzdata/zoneinfo/{area}/*" for area in ("Europe", "Indian", "Pacific", "US")),
    ),
}
# Kept without what is in them: two import every country and exchange of the world, though what is asked for is
# imported by name; the third looks for pictures to try, and asks the network for missing ones.
EMPTIED = ("holidays/countries/__init__.py", "holidays/financial/__init__.py", "pydicom/examples/__init__.py")
# In every wheel.
NEVER = ("*.pyi", "*/py.typed", "*.c", "*.h", "*.pyx", "*.pxd", "*/tests/*", "*.data/*", "*/__pycache__/*")
# Of a wheel's description: its name and version, and what it registers.
DESCRIPTION = ("METADATA", "entry_points.txt")

# Of this package: the homes on a computer, Word, whose library does not run in a browser, and what writes or tabulates
# the files of a disc, or a case: a packet, data frames, child processes, lists of workbooks, a practice's database.
OURS_LEFT_OUT = (
    *("workbook/serve/*", "workbook/cli/*", "workbook/site/*", "workbook/__main__.py", "workbook/notebooks/*"),
    *("workbook/check/*", "workbook/drop_box/*", "workbook/practice/*"),
    *("workbook/folder/create.py", "workbook/folder/merge.py"),
    *("workbook/folder/upgrade.py", "workbook/store/postgres/*"),
    *("workbook/documents/tables/data_frames.py", "workbook/documents/tables/tables.py"),
    *("workbook/documents/notebook/exporters.py", "workbook/documents/notebook/outputs.py", "workbook/ui/outline.py"),
    *("workbook/ui/asking/completion.py", "workbook/documents/sealing.py"),
    *("workbook/ui/kernel.py", "workbook/ui/forms/jupyter.py", "workbook/documents/render/word/*"),
    *("workbook/scan/show/packet*.py", "workbook/scan/show/packed.py", "workbook/scan/show/templates/*"),
    *("workbook/scan/show/looked.py", "workbook/scan/show/table.py", "workbook/ui/panels/packing*.py"),
    *("workbook/session/changes.py", "workbook/ui/changes.py", "workbook/ui/panels/changed.py"),
    *("workbook/ui/panels/templates/changed.html.j2", "workbook/documents/deidentify/*"),
    *("workbook/session/hand_over.py", "workbook/rules/hand_over.py", "workbook/ui/panels/hand_over.py"),
    *("workbook/ui/panels/received.py", "workbook/ui/panels/templates/received.html.j2"),
    "workbook/ui/panels/templates/hand_over_*.html.j2",
    *("workbook/scan/child.py", "workbook/scan/pictures/decode_worker.py"),
    *("workbook/page/scripts/*", "workbook/page/static/*", "!workbook/page/static/early.js"),
    "!workbook/page/static/mark.svg",
    *("*/__pycache__/*", "*.pyc", "*.pot", "*/.DS_Store"),
)

# What makes a packet: loaded when somebody makes one.
OF_A_PACKET = (
    *("workbook/scan/show/packet*.py", "workbook/scan/show/packed.py", "workbook/scan/show/templates/*"),
    "workbook/ui/panels/packing_in_browser.py",
)


def is_wanted(name: str, left_out: Iterable[str]) -> bool:
    """Whether a file is kept: the last pattern that fits decides.

    >>> [is_wanted(name, ("a/*", "!a/b/*", "a/b/c*")) for name in ("d.py", "a/d.py", "a/b/d.py", "a/b/c.py")]
    [True, False, True, False]
    """
    kept = True
    for pattern in left_out:
        if fnmatchcase(name, pattern.removeprefix("!")):
            kept = pattern.startswith("!")
    return kept


def of_wheel(wheel: str, names: Iterable[str]) -> Iterator[str]:
    """The files of one wheel that the browser needs, given the name of its package."""
    for name in names:
        top, _, rest = name.partition("/")
        if top.endswith(".dist-info"):
            if rest in DESCRIPTION:
                yield name
        elif not name.endswith("/") and is_wanted(name, (*WHEELS_LEFT_OUT.get(wheel, ()), *NEVER)):
            yield name


def of_library(names: Iterable[str]) -> Iterator[str]:
    """The files of Python's library that the browser needs."""
    left_out = (*LIBRARY_FILES_LEFT_OUT, *(f"encodings/{name}.py" for name in ENCODINGS_LEFT_OUT), *NEVER)
    for name in names:
        top = re.split(r"[./]", name, maxsplit=1)[0]
        if top not in LIBRARY_LEFT_OUT and not name.endswith("/") and is_wanted(name, left_out):
            yield name


def of_ours(names: Iterable[str]) -> Iterator[str]:
    """The files of this package that the browser needs."""
    return (name for name in names if is_wanted(name, OURS_LEFT_OUT))


def of_a_packet(names: Iterable[str]) -> Iterator[str]:
    """The files of this package that the browser needs once somebody makes a packet."""
    return (name for name in names if is_wanted(name, ("*", *(f"!{pattern}" for pattern in OF_A_PACKET), "*.pyc")))

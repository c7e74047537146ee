"""The line to copy on each page works unchanged, and so does the list of paths it refers to."""

from __future__ import annotations

import re

import pytest

import workbook as wb
from tests import builders
from workbook.store import open_store

from .asked import NAMES, cells

ASKING = [name for name in NAMES if name not in ("summary.ipynb", "board.ipynb")]


@pytest.mark.parametrize("name", ASKING)
def test_the_line_to_copy_asks_a_user_defined_question(name):
    open_store().create(builders.case())
    cell = cells(name)[-1].source
    line = re.search(r"```python\n(.*)\n```", cell)[1]
    form = eval(line, {"wb": wb, "case": wb.open_case()})  # the line is ours
    drawn = str(form.widget.backend.open(None)["fields"])
    assert re.search(r'"(own\.\w+)", "([^"]+)"', line)[2] in drawn


@pytest.mark.parametrize("name", ASKING)
def test_the_list_of_what_can_be_asked_is_not_empty(name):
    under = re.search(r'wb\.fields\("([^"]+)"\)', cells(name)[-1].source)[1]
    assert len(wb.fields(under)) > 1

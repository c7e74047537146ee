"""The cost of starting: the import that every page's kernel pays."""

from __future__ import annotations

from collections.abc import Iterator

from .row import Row, cpu_of_python


def rows() -> Iterator[Row]:
    """CPU of `import workbook` next to that of `import anywidget`, both in fresh processes."""
    bare = cpu_of_python("import anywidget")
    yield Row("import workbook beside import anywidget", cpu_of_python("import workbook") / bare, 1.5)
    opened = cpu_of_python("import anywidget, workbook\nworkbook.open_case, workbook.form, workbook.each")
    yield Row("the verbs that a page uses beside import anywidget", opened / bare, None)

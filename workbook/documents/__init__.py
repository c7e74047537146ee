"""Documents: a tree of plain blocks, rendered as a web page, a PDF or a Word file. Knows the case, never a widget."""

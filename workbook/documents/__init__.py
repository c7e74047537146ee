"""What leaves: a tree of plain blocks, drawn as a web page, a PDF or a Word file. Knows the case, never a widget."""

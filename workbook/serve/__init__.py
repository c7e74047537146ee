"""Serves the workbook: our Voilà app, its page and its settings. Knows notebooks and errors, never a case."""

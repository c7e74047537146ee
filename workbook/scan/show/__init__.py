"""Presents scan results as text, tables and packets. Knows the case and the documents."""

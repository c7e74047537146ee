"""Panels: drawn from templates for the page's case. Knows what follows and the documents; no widgets."""

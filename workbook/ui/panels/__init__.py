"""Panels: rendered from templates for the page's case. Knows the derived status and the documents; no widgets."""

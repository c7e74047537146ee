"""Kinds of scan and parts of the body, and which scans and reports belong together. Knows the case's records."""

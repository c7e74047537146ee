"""Which scans and reports belong together. Knows the case's records."""

"""C-CDA documents, parsed within bounds. Knows sources, limits and phrases."""

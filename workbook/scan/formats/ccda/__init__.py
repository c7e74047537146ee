"""C-CDA documents, within bounds. Knows sources, limits and phrases."""

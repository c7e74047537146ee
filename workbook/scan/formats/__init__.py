"""The readers, one per file format, and format detection. Know sources, limits and phrases."""

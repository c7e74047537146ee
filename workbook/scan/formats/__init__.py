"""The readers, one for each kind of file, and how a kind is recognized. Know sources, limits and phrases."""

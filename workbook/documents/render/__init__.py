"""A tree as bytes: HTML, PDF, Word. Knows the tree; no case."""

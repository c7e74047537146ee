"""Renders a tree to bytes: HTML, PDF, Word. Knows the tree; no case."""

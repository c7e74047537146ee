"""The tree of plain blocks that every document is. Knows text and the shapes of blocks; no case, no format."""

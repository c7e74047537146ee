"""The tree of plain blocks behind every document. Knows text and the schema of blocks; no case, no format."""

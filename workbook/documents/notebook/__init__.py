"""Documents from notebooks: parts in their cells, exporters for nbconvert. Knows the tree and Jupyter."""

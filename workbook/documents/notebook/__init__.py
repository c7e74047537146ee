"""Documents that are notebooks: the parts in their cells, the exporters for nbconvert. Knows the tree and Jupyter."""

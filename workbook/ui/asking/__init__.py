"""The questions of the notebooks, by path: fields, pages, and an index. Knows the case's wording; no widgets."""

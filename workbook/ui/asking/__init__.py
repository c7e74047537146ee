"""What the notebooks ask, by path: fields, pages, where a question is found. Knows the case's words; no widgets."""

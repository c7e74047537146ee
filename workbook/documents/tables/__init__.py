"""The lists of a case as data frames and CSV. Knows the case and its words."""

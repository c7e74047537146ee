"""The case summary for one reader, and its contents. Knows the case, the rules and the readers."""

"""The case summary for one reader, and what is in it. Knows the case, the rules and the readers."""

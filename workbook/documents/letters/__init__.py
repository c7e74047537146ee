"""Letters: text from the packs, values from the case. Knows the case and the rules."""

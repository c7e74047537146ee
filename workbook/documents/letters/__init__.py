"""Letters: the words come from packs, the facts from the case. Knows the case and the rules."""

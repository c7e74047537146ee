"""What was found, compared with the case: whose it is, what it answers, what to keep. Knows the case and the rules."""

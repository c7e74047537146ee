"""Compares findings with the case: whose they are, what they answer, what to store. Knows the case and the rules."""

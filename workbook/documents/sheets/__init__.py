"""Pages to use or hand over: call script, visit sheet, comparison, calendar. Knows the case and the rules."""

"""Working sheets and handouts: call script, visit sheet, comparison, calendar. Knows the case and the rules."""

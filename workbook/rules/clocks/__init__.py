"""Time limits: requests, plan decisions, deadlines, working days. Knows the case and the law; no alert."""

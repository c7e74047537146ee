"""The sections of a summary, each a pure function of a case and a day. Knows the case and the rules."""

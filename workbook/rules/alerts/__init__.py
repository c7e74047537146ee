"""What to look at and what to do about it, a module a subject. Knows the case, the law and the clocks."""

"""Scans folders, zips and discs for records. Knows the case only to hand over the results."""

"""Parses text in records: names, dates, "none", labels, scans. Knows the values of a scan; no file format."""

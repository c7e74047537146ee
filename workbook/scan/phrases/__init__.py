"""What the words in a record say: names, dates, "none", labels, scans. Knows the values of a scan; no file format."""

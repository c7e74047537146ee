"""Small pictures of series, to recognize a scan by. Not for reading: they have few pixels and few shades."""

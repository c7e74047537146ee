"""Modalities and body parts of scans, and the pairing of scans with reports. Knows the case's records."""

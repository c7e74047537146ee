"""A practice's drop box: sealed files of clients' sites wait here, an advocate opens them. On a computer only."""

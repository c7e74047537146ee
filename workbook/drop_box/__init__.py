"""A practice's drop box: clients' sites hand in sealed files, an advocate opens them. On a computer only."""

"""What was found, in words, tables and packets. Knows the case and the documents."""

"""Who a document is for, and what each reader may see. Knows the case."""

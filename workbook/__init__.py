"""The Second Opinion Workbook: the few verbs that notebooks use."""

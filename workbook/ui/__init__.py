"""What is touched: forms, panels, downloads. The only room that knows widgets; each is imported when first used."""

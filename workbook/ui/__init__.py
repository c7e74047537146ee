"""The user interface: forms, panels, downloads. The only room that knows widgets; each is imported on first use."""

"""Forms: what the browser shows, and the backend that saves. Knows sessions; only `widgets` knows widgets."""

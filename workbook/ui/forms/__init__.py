"""Forms: what the browser renders, and the backend that saves. Knows sessions; only `widgets` knows widgets."""

"""Home two: builds a static folder that runs in the browser alone. Knows notebooks and errors, never a case."""

"""A notebook as a page of ours, wherever it runs: its words, frame, styles and scripts, and how its cells run."""

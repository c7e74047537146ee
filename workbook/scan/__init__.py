"""What is really on the disc: reads folders, zips and discs. Knows the case only to hand over what it found."""

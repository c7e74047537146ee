"""How well the reader reads files it has never seen: made by other programs than ours, with facts known beforehand."""

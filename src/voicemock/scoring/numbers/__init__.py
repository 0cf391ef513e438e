"""Numbers as people say and write them, to values and units."""

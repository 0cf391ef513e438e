"""Text and times to a score. Pure: no I/O, no clock, no randomness."""

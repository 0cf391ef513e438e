"""The plan until the interview: what to do each day, out of what was practised, and what of it is done."""

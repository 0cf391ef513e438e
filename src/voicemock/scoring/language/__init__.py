"""A shallow reading of English: what kind each word is, noun phrases, clauses, and how words inflect. Pure."""

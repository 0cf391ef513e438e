"""Question packs and the interviewer's wording, read from YAML, and which question comes next."""

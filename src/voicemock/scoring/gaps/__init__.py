"""What is missing in an answer so far, and when the interviewer cuts in to ask for it."""

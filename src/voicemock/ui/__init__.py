"""What a person sees while the interview runs."""

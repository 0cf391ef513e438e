"""What an interview needs, part by part, with a verdict and the next step."""

"""What is found in an answer's sentences: customers, principles, framework parts, vague claims, whose doing it is."""

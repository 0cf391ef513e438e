"""What a candidate is told: the strength, the fixes, the words quoted."""

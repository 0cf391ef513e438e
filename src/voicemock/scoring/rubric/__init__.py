"""From what was found to six dimensions, the overall and a verdict (docs/rubric.md)."""

"""Over many answers: progress, trends, advice, comparisons, stories, corrections, the writing sample."""

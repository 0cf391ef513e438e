"""The same work on many files: what to do, by whom, and results that a stop or a kill doesn't lose."""

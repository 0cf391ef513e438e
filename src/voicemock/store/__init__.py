"""Everything kept on disk: the database, its lock, recordings, recovery, search."""

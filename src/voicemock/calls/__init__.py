"""Transcripts of calls: who spoke, what was asked, and the candidate's answers with their times."""

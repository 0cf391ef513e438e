"""Quantified claims: a number with what it measures, its role, its arithmetic and what contradicts it."""

"""Renderers of one review object."""

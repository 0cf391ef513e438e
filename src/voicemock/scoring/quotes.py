"""The candidate's own words, short enough to stand in a sentence of ours."""

from __future__ import annotations

FEWEST_WORDS = 3  # a clause of fewer says nothing by itself
MOST_WORDS = 9  # enough to know the sentence again


def quoted(text: str) -> str:
    """The words in quotation marks, verbatim."""
    return f'"{text.strip()}"'


def first_words(text: str) -> str:
    """The beginning of a sentence in quotation marks, with dots where it goes on."""
    words = text.split()
    if len(words) <= MOST_WORDS:
        return quoted(text.rstrip(".,;:!? "))
    return quoted(" ".join(words[:MOST_WORDS]).rstrip(".,;:!?") + " …")


def first_clause(text: str) -> str:
    """The candidate's words as far as the first comma, short enough to be read back; verbatim."""
    clause = text.split(",")[0].rstrip(".;:!? ")
    if len(clause.split()) < FEWEST_WORDS:
        clause = text.rstrip(".;:!? ")
    return " ".join(clause.split()[:MOST_WORDS])

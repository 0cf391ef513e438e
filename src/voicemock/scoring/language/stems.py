"""What the forms of a word share, by Snowball's stemmer for English."""

from __future__ import annotations

from functools import cache

from snowballstemmer.english_stemmer import EnglishStemmer


@cache
def stem(word: str) -> str:
    """The same for "priced" and "pricing", for "customers" and "customer's"; `word` is in small letters."""
    stemmed: str = EnglishStemmer().stemWord(
        word.replace("’", "'")
    )  # one that is shared is not safe in threads
    return stemmed

"""Text as the pieces of words that a BERT model knows: its uncased WordPiece, in the order of the vocabulary."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources

UNKNOWN, START, SEPARATOR = "[UNK]", "[CLS]", "[SEP]"
INSIDE = "##"  # before a piece that goes on with a word
LONGEST_WORD = 100  # letters; what is longer is no word
REMEMBERED = 8192  # words, and as many sentences


class Pieces:
    """`vocabulary`: each piece with its number."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._known = vocabulary
        self.listed = tuple(vocabulary)
        self.start, self.separator = vocabulary[START], vocabulary[SEPARATOR]
        self._of_word = lru_cache(maxsize=REMEMBERED)(self._cut)
        self._of_text = lru_cache(maxsize=REMEMBERED)(self._read)

    def of(self, text: str) -> tuple[int, ...]:
        """The numbers of the pieces of `text`; none for a text without anything to read."""
        return self._of_text(text)

    def _read(self, text: str) -> tuple[int, ...]:
        return tuple(number for word in words(text) for number in self._of_word(word))

    def _cut(self, word: str) -> tuple[int, ...]:
        """The longest pieces first; a word that is not made of known ones is unknown as a whole."""
        out: list[int] = []
        begin = 0
        while begin < len(word):
            for end in range(len(word), begin, -1):
                number = self._known.get((INSIDE if begin else "") + word[begin:end])
                if number is not None:
                    break
            else:
                return (self._known[UNKNOWN],)
            out.append(number)
            begin = end
        return tuple(out) if len(word) <= LONGEST_WORD else (self._known[UNKNOWN],)


@cache
def story_pieces() -> Pieces:
    """Those of the networks in `network/`."""
    text = resources.files(__package__).joinpath("network", "vocabulary.txt").read_text(encoding="utf-8")
    return Pieces({piece: number for number, piece in enumerate(text.split("\n"))})


def words(text: str) -> Iterator[str]:
    """Small, without accents; each punctuation mark and each Chinese character is a word."""
    word: list[str] = []
    for letter in unicodedata.normalize("NFD", text.lower()):
        alone = _stands_alone(letter)
        if alone or letter.isspace() or _is_nothing(letter):
            if (alone or letter.isspace()) and word:
                yield "".join(word)
                word = []
            if alone:
                yield letter
        else:
            word.append(letter)
    if word:
        yield "".join(word)


def _stands_alone(letter: str) -> bool:
    ascii_mark = letter.isascii() and letter.isprintable() and not letter.isalnum() and letter != " "
    return ascii_mark or unicodedata.category(letter).startswith("P") or "\u4e00" <= letter <= "\u9fff"


def _is_nothing(letter: str) -> bool:
    """Accents, and what is not printed."""
    return unicodedata.category(letter) in ("Mn", "Cc", "Cf") or letter == "\ufffd"

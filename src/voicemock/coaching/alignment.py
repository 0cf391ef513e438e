"""Correcting a transcript without losing the times of its words (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from voicemock.transcript import Word

_EDGES = re.compile(r"^\W+|\W+$")  # punctuation around a word is the recogniser's guess, not the word
_TRAILING = re.compile(r"\W*$")


def align(words: Sequence[Word], text: str, end: float) -> tuple[Word, ...]:
    """The words of `text`, with the times of those of `words` that they stand for.

    Replaced words share the stretch of those they replace, inserted ones the gap they fall in; `end` is that
    of the answer, in seconds. A word that the user wrote has the probability 1.
    """
    tokens = text.split()
    old_keys, new_keys = [plain(word.text) for word in words], [plain(token) for token in tokens]
    matcher = SequenceMatcher(None, old_keys, new_keys, autojunk=False)
    corrected: list[Word] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal" or (kind == "replace" and i2 - i1 == j2 - j1):
            corrected += map(_renamed, words[i1:i2], tokens[j1:j2])
        elif kind != "delete":
            corrected += _shared(tokens[j1:j2], *_stretch(words, i1, i2, end))
    return tuple(corrected)


def replace_phrase(words: Sequence[Word], old: str, new: str) -> tuple[tuple[Word, ...], int]:
    """Replace the phrase wherever it was heard, whatever its capitals and punctuation; and say how often.

    The punctuation after the phrase stays.
    """
    wanted = [plain(token) for token in old.split()]
    keys = [plain(word.text) for word in words]
    result: list[Word] = []
    count = at = 0
    while at < len(words):
        if not wanted or keys[at : at + len(wanted)] != wanted:
            result.append(words[at])
            at += 1
            continue
        heard = words[at : at + len(wanted)]
        result += _spoken_instead(heard, new)
        count += 1
        at += len(wanted)
    return tuple(result), count


def plain(token: str) -> str:
    """A word without its case and the punctuation around it; a lone dash stays what it is."""
    return _EDGES.sub("", token).casefold() or token


def _spoken_instead(heard: Sequence[Word], new: str) -> Iterator[Word]:
    tokens = new.split()
    if tokens and not _TRAILING.search(tokens[-1])[0]:  # type: ignore[index] # it matches the empty end
        tokens[-1] += _TRAILING.search(heard[-1].text)[0]  # type: ignore[index]
    if len(tokens) == len(heard):
        return map(_renamed, heard, tokens)
    return _shared(tokens, heard[0].start, heard[-1].end)


def _renamed(word: Word, token: str) -> Word:
    return word if word.text == token else Word(token, word.start, word.end)


def _stretch(words: Sequence[Word], first: int, last: int, end: float) -> tuple[float, float]:
    """The time of words `first` up to `last`, or of the gap before `first` where there are none."""
    if last > first:
        return words[first].start, words[last - 1].end
    after_gap = words[first].start if first < len(words) else end
    before_gap = words[first - 1].end if first else 0.0
    return min(before_gap, after_gap), after_gap


def _shared(tokens: Sequence[str], start: float, end: float) -> Iterator[Word]:
    """Give each token a share of the stretch by its length."""
    letters = sum(map(len, tokens)) or 1
    spent = 0
    for token in tokens:
        begin = start + (end - start) * spent / letters
        spent += len(token)
        yield Word(token, round(begin, 3), round(start + (end - start) * spent / letters, 3))

"""Words cut into sentences where a listener would: at full stops, at pauses, and else by the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from voicemock.transcript.words import Sentence, Word, join_words

SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*$")
# "Mr." or "e.g." does not end a sentence; "U.S." mostly does not either.
ABBREVIATION = re.compile(r"^(?:Mr|Mrs|Ms|Dr|St|vs|e\.g|i\.e|etc|[A-Z](?:\.[A-Z])*)\.$")
# A pause this long between two words ends a sentence although the recogniser printed no full stop.
SENTENCE_PAUSE_S = 2.0
# Nobody follows a sentence of more words than this: one that long is cut by its words, printed stops or not.
LONGEST = 45
# Where there is hardly a stop in so many words, none was meant to be there, and shorter stretches are cut as well.
WORDS_WITHOUT_STOP, UNSTOPPED = 60, 12


def sentences_from_words(
    words: Sequence[Word], pauses: Sequence[tuple[float, float]] = ()
) -> tuple[Sentence, ...]:
    """Cut words into sentences. `pauses` are (start, end) of silences that a detector found."""
    silences = _silences(words, pauses)
    stops = sum(bool(SENTENCE_END.search(word.text)) for word in words)
    printed = stops * WORDS_WITHOUT_STOP >= len(words)
    most = LONGEST if printed else UNSTOPPED
    sentences: list[Sentence] = []
    for first, last in _stretches(words, silences):
        long = last - first > most
        cuts = _cut(words[first:last], silences[first : last - 1], printed) if long else []
        starts = [first, *(first + cut for cut in cuts)]
        for start, end in zip(starts, [*starts[1:], last], strict=True):
            kept = tuple(words[start:end])
            sentences.append(Sentence(join_words(kept), kept[0].start, kept[-1].end, kept))
    return tuple(sentences)


def _cut(words: Sequence[Word], silences: Sequence[float], printed: bool) -> list[int]:
    """Where sentences begin inside of words without a stop, in a text that has its stops `printed` or not."""
    from voicemock.transcript.boundaries import breaks  # loads numpy, which most commands do without

    texts = [word.text for word in words]
    return breaks(texts, silences, printed=printed and any(text.endswith(",") for text in texts))


def sentences_from_text(text: str) -> tuple[Sentence, ...]:
    """Cut running text into sentences, by the same rules without times."""
    timeless = [Word(token, 0.0, 0.0) for token in text.split()]
    return tuple(Sentence(sentence.text) for sentence in sentences_from_words(timeless))


def _stretches(words: Sequence[Word], silences: Sequence[float]) -> list[tuple[int, int]]:
    """From full stop to full stop, and from one long pause to the next: (first, behind the last) word."""
    ends = [i + 1 for i, word in enumerate(words[:-1]) if _ends_sentence(word, silences[i])]
    starts = [0, *ends] if words else []
    return list(zip(starts, [*ends, len(words)], strict=True)) if words else []


def _ends_sentence(word: Word, silence: float) -> bool:
    if silence >= SENTENCE_PAUSE_S:
        return True
    return bool(SENTENCE_END.search(word.text)) and not ABBREVIATION.match(word.text)


def _silences(words: Sequence[Word], pauses: Sequence[tuple[float, float]]) -> list[float]:
    """How long it is silent after each word but the last: by the word times, or by the pause that lies there."""
    gaps = [max(0.0, after.start - word.end) for word, after in pairwise(words)]
    for start, end in pauses:
        middle = (start + end) / 2
        near = min(
            range(len(gaps)),
            key=lambda i: abs((words[i].end + words[i + 1].start) / 2 - middle),
            default=None,
        )
        if near is not None:
            gaps[near] = max(gaps[near], end - start)
    return gaps

"""What is not believed of a recogniser's output: loops, and words beyond the end of the speech. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from voicemock.transcript import Word

MAX_COMPRESSION = 2.4  # text that zlib shrinks by more repeats itself (Whisper's own threshold)
MAX_TOKENS_PER_S = 9.0  # an auctioneer speaks some 7 tokens a second
SPARE_TOKENS = 12  # a short utterance may hold a long number
NGRAM = 4  # words; a person repeats three ("no, no, no"), a loop more
MAX_REPEATS = 3  # times the same n-gram may come before it is called a loop
NO_SPEECH = 0.6  # Whisper's own thresholds: both must be met before words are dropped
LOW_LOGPROB = -1.0
HOPELESS_LOGPROB = -1.6  # mean per token; at this level no word is right, whatever `no_speech` says
ECHO_WORDS = 3  # a run this long that comes twice in a row is the model's echo; people repeat one word or two
FASTEST_WORDS_PER_S = (
    6.0  # faster, and a repeated word is an echo too: "Right. Right. Right." in half a second
)
END_SLACK_S = 0.15  # alignment is good to some 0.1 s; a word that starts after the speech's end is invented


def compression_ratio(text: str) -> float:
    raw = text.encode()
    return len(raw) / len(zlib.compress(raw)) if raw else 0.0


def longest_allowed(speech_s: float) -> int:
    """The most tokens that `speech_s` seconds of speech can hold."""
    return int(speech_s * MAX_TOKENS_PER_S) + SPARE_TOKENS


def is_loop(text: str, tokens: int, speech_s: float) -> bool:
    """Whether a decode ran in circles: too repetitive, too long for its sound, or the same words again."""
    words = text.lower().split()
    return (
        compression_ratio(text) > MAX_COMPRESSION
        or tokens >= longest_allowed(speech_s)
        or most_repeats(words, NGRAM) > MAX_REPEATS
    )


def most_repeats(words: Sequence[str], n: int) -> int:
    """How often the most frequent run of `n` words occurs."""
    counts: dict[tuple[str, ...], int] = {}
    for i in range(len(words) - n + 1):
        run = tuple(words[i : i + n])
        counts[run] = counts.get(run, 0) + 1
    return max(counts.values(), default=0)


def is_guesswork(no_speech: float, avg_logprob: float) -> bool:
    """Whether words are not to be believed: nobody speaks *and* they are unlikely, or hopelessly unlikely."""
    return (no_speech > NO_SPEECH and avg_logprob < LOW_LOGPROB) or avg_logprob < HOPELESS_LOGPROB


def without_echo(words: Sequence[Word], speech_s: float) -> tuple[Word, ...]:
    """Drop the second and later copies of a run of words that comes several times in a row."""
    kept = list(words)
    shortest = 1 if len(kept) > speech_s * FASTEST_WORDS_PER_S else ECHO_WORDS
    for n in range(len(kept) // 2, shortest - 1, -1):
        i = 0
        while i + 2 * n <= len(kept):
            if _bare(kept[i : i + n]) == _bare(kept[i + n : i + 2 * n]):
                del kept[i + n : i + 2 * n]
            else:
                i += 1
    return tuple(kept)


def _bare(words: Sequence[Word]) -> list[str]:
    return [word.text.lower().strip(".,!?…") for word in words]


def without_invented_end(words: Sequence[Word], speech_end: float) -> tuple[Word, ...]:
    """Drop the words that begin at or after the end of the speech; clip the last to it.

    The short window's typical fault is to go on after the speaker has stopped.
    """
    kept = [w for w in words if w.start < speech_end - END_SLACK_S or w.end <= speech_end + END_SLACK_S]
    return tuple(Word(w.text, w.start, max(w.start, min(w.end, speech_end)), w.probability) for w in kept)

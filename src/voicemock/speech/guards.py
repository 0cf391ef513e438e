"""What is not believed of a recogniser's output: loops, guesses, and words beyond the end of the speech. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher

from voicemock.transcript import Word

MAX_COMPRESSION = 2.4  # text that zlib shrinks by more repeats itself (Whisper's own threshold)
MAX_TOKENS_PER_S = 9.0  # an auctioneer speaks some 7 tokens a second
SPARE_TOKENS = 12  # a short utterance may hold a long number
NGRAM = 4  # words; a person repeats three ("no, no, no"), a loop more
MAX_REPEATS = 3  # times the same n-gram may come before it is called a loop
NO_SPEECH = 0.6  # Whisper's own thresholds: both must be met before words are dropped
LOW_LOGPROB = -1.0
HOPELESS_LOGPROB = -1.6  # mean per token; at this level no word is right, whatever `no_speech` says
# Measured with tiny.en on espeak's voices in 26 languages, on English in white noise down to 0 dB, and on babble. A
# decode above the first is believed; one below the second is no English, although it reads as if it were.
DOUBTFUL_LOGPROB = -0.7  # clear English lies above -0.4, English at 10 dB over noise mostly above -0.7
IMPROBABLE_LOGPROB = -0.9  # without a prompt or a loop: other languages -0.96 and less, English at 5 dB -0.83
LEAST_AGREEMENT = 0.5  # two decodes that share fewer of their words share them by accident
PROMPT_RUN = 4  # words; a decode that has so many of its prompt in their order may have taken them from there
ECHO_WORDS = 3  # a run this long that comes twice in too little time is the model's echo
PUNCTUATION = ".,;:!?…"
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


def most_repeats(words: Sequence[Hashable], n: int) -> int:
    """How often the most frequent run of `n` words, or tokens, occurs."""
    counts: dict[tuple[Hashable, ...], int] = {}
    for i in range(len(words) - n + 1):
        run = tuple(words[i : i + n])
        counts[run] = counts.get(run, 0) + 1
    return max(counts.values(), default=0)


def is_guesswork(no_speech: float, avg_logprob: float) -> bool:
    """Whether words are not to be believed: nobody speaks *and* they are unlikely, or hopelessly unlikely."""
    return (no_speech > NO_SPEECH and avg_logprob < LOW_LOGPROB) or avg_logprob < HOPELESS_LOGPROB


def is_doubtful(avg_logprob: float) -> bool:
    """Whether a decode must be confirmed by another one."""
    return avg_logprob < DOUBTFUL_LOGPROB


def is_improbable(avg_logprob: float) -> bool:
    """Whether a decode that nothing led astray is no English."""
    return avg_logprob < IMPROBABLE_LOGPROB


def repeats_prompt(text: str, prompt: str) -> bool:
    """Whether a decode may say the prompt's words instead of the speaker's: a run of them, or nothing but a run."""
    said, given = _said_once(_plain(text)), _plain(prompt)
    if not said or not given:
        return False
    matcher = SequenceMatcher(None, said, given, autojunk=False)
    return matcher.find_longest_match().size >= min(PROMPT_RUN, len(said))


def agreed(words: Sequence[Word], others: Sequence[Word]) -> tuple[bool, ...]:
    """For each word whether the other decode has it too, in the same order; none where they hardly agree."""
    matcher = SequenceMatcher(None, _bare(words), _bare(others), autojunk=False)
    if matcher.ratio() < LEAST_AGREEMENT:
        return (False,) * len(words)
    shared = {i for block in matcher.get_matching_blocks() for i in range(block.a, block.a + block.size)}
    return tuple(i in shared for i in range(len(words)))


def _plain(text: str) -> list[str]:
    return [word for token in text.lower().split() if (word := token.strip(PUNCTUATION))]


def _said_once(words: Sequence[str]) -> list[str]:
    return [word for i, word in enumerate(words) if i == 0 or word != words[i - 1]]


def without_echo(words: Sequence[Word], speech_s: float) -> tuple[Word, ...]:
    """Drop the second and later copies of a run of words where the sound is too short for both.

    People say things twice, too: "we cut it, we cut it to four".
    """
    kept = list(words)
    shortest = 1 if len(kept) > speech_s * FASTEST_WORDS_PER_S else ECHO_WORDS
    for n in range(len(kept) // 2, shortest - 1, -1):
        i = 0
        while i + 2 * n <= len(kept):
            both = kept[i : i + 2 * n]
            if _bare(both[:n]) == _bare(both[n:]) and _too_fast(both, speech_s):
                del kept[i + n : i + 2 * n]
            else:
                i += 1
    return tuple(kept)


def _too_fast(words: Sequence[Word], speech_s: float) -> bool:
    """Whether nobody can have said these words in their time, of which none lies beyond the sound."""
    time_s = min(words[-1].end, speech_s) - words[0].start
    return len(words) > time_s * FASTEST_WORDS_PER_S


def _bare(words: Sequence[Word]) -> list[str]:
    return [word.text.lower().strip(PUNCTUATION) for word in words]


def without_invented_end(words: Sequence[Word], speech_end: float) -> tuple[Word, ...]:
    """Drop the words that begin at or after the end of the speech; clip the last to it.

    The short window's typical fault is to go on after the speaker has stopped.
    """
    kept = [w for w in words if w.start < speech_end - END_SLACK_S or w.end <= speech_end + END_SLACK_S]
    return tuple(Word(w.text, w.start, max(w.start, min(w.end, speech_end)), w.probability) for w in kept)

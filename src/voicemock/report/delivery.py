"""How an answer was delivered, in words: what counts for the score, and how it sounded, which never does."""

from __future__ import annotations

from collections.abc import Iterator

from voicemock.scoring.model import DeliveryFigures, Score
from voicemock.scoring.rubric.delivery import word_count
from voicemock.wording import number

# Between the 10th and the 90th percentile of the voice. Most of eleven clips of people who read aloud lie within; made
# monotone, with a third of their melody, they lie at 2 to 5 semitones.
USUAL_PITCH_ST = (5, 12)
USUAL_LOUDNESS_DB = (11, 18)
LEVEL_ST = 4.0  # under it a voice sounds level


def delivery_words(score: Score) -> list[str]:
    words = []
    if score.pace_wpm is not None:
        words.append(f"{score.pace_wpm} words a minute")
    if score.fillers_per_min is not None:
        rate = number(score.fillers_per_min)
        recall = score.delivery.filler_recall
        most = f" ({recall:.0%} of those spoken are heard)" if recall else ""
        some = f"{rate} fillers a minute{most}" if most else f"at least {rate} fillers a minute"
        words.append(some if score.fillers_per_min else "no fillers heard")
    if score.longest_pause_s is not None:
        words.append(f"longest pause {score.longest_pause_s:.1f} s")
    return words


def pace_by_thirds(score: Score) -> list[int]:
    """Words a minute at the beginning, in the middle and at the end, within the sentences; empty without times."""
    timed = [
        (sentence.start, sentence.end, word_count(sentence.text))
        for sentence, _ in score.sentences
        if sentence.start is not None and sentence.end is not None and sentence.end > sentence.start
    ]
    if not timed:
        return []
    first, last = timed[0][0], timed[-1][1]
    thirds: list[list[tuple[float, int]]] = [[], [], []]
    for start, end, words in timed:
        place = ((start + end) / 2 - first) / (last - first)
        thirds[min(2, int(3 * place))].append((end - start, words))
    if not all(thirds):
        return []
    return [round(60 * sum(n for _, n in third) / sum(s for s, _ in third)) for third in thirds]


def sound_lines(delivery: DeliveryFigures) -> Iterator[str]:
    """How it sounded, beside what is usual: to know, never for points, for voices are personal."""
    if delivery.pitch_range_st is not None:
        flat = delivery.pitch_range_st < LEVEL_ST
        note = "; to sound less level, lift the word that matters" if flat else ""
        yield f"Pitch over {delivery.pitch_range_st:.1f} semitones ({_usual(USUAL_PITCH_ST)}{note})"
    if delivery.loudness_range_db is not None:
        yield f"Loudness over {delivery.loudness_range_db:.0f} dB ({_usual(USUAL_LOUDNESS_DB)})"
    if delivery.voiced_without_words_s:
        seconds = f"{delivery.voiced_without_words_s:.1f} s"
        yield f"Voice without words for {seconds}: hesitations, and what was not understood"


def _usual(range_: tuple[int, int]) -> str:
    return f"{range_[0]} to {range_[1]} are usual"

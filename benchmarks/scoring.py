"""How long scoring takes: an answer of 500 words, models loaded and sentences embedded, as when it was heard
live; what loading and embedding take before that, and what is left to read in context when the answer ends.

    python benchmarks/scoring.py [--json]

Bar: 50 ms on two cores for the score itself.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from dataclasses import replace

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in a session: the recogniser has the other core

from voicemock.scoring.assemble import read_ahead, score_answer, warm_up
from voicemock.scoring.model import Answer
from voicemock.scoring.models import context
from voicemock.scoring.models.encoder import default_encoder
from voicemock.transcript import Sentence

WORDS = 500
RUNS = 20
UTTERANCE = 3  # sentences, the last of which were not known while the answer went on
STORY = (
    "So I ran the booking desk at a ferry company, and on stormy days people slept on the floor of the terminal.",
    "About 38% of them phoned us twice, and the average wait on the line was 47 minutes.",
    "My goal was to have everyone rebooked within an hour by October, with a budget of $20,000.",
    "I sat with nine stranded passengers one night, and a woman told me she just wanted to know it wasn't forever.",
    "I built a text message that books the next ferry with one reply, instead of the app everybody wanted.",
    "We tested it on one line first, because the captains were, um, against it, and I took that to the board myself.",
    "Rebooking went from 5 hours to 40 minutes, and complaints fell by 62% in three months against the other line.",
    "And it was a huge success, people loved it, and we saved something like $310,000 a year.",
    "For me that's customer obsession, and what I learned is to ask people while they are still stuck.",
)


def answer() -> Answer:
    """The story again and again, with a number in each sentence so that no two are the same."""
    sentences: list[str] = []
    while sum(len(s.split()) for s in sentences) < WORDS:
        text = STORY[len(sentences) % len(STORY)]
        sentences.append(f"{text[:-1]}, part {len(sentences)}.")
    return Answer(
        tuple(Sentence(s) for s in sentences),
        "behavioral",
        principle="customer-obsession",
        floor_time_s=175.0,
    )


def seconds(work: object) -> float:
    start = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - start


def main() -> None:
    told = answer()
    texts = [s.text for s in told.sentences]
    loading = seconds(warm_up)
    embedding = seconds(lambda: default_encoder().encode(texts))
    reading_ahead = seconds(lambda: read_ahead(replace(told, sentences=told.sentences[:-UTTERANCE])))
    reading_on = seconds(lambda: context.read(texts))
    first = seconds(lambda: score_answer(told))
    runs = [seconds(lambda: score_answer(told)) for _ in range(RUNS)]
    figures = {
        "words": sum(len(text.split()) for text in texts),
        "sentences": len(texts),
        "load_models_ms": round(1000 * loading, 1),
        "embed_a_sentence_ms": round(1000 * embedding / len(texts), 1),
        "read_ahead_ms": round(1000 * reading_ahead, 1),
        "read_the_end_ms": round(1000 * reading_on, 1),
        "first_score_ms": round(1000 * first, 1),
        "score_ms": round(1000 * statistics.median(runs), 1),
        "score_worst_ms": round(1000 * max(runs), 1),
    }
    if "--json" in sys.argv:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:24}{value}")


if __name__ == "__main__":
    main()

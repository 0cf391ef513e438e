"""The words of an answer that a listener would quote back, what was done, what came of it, what it is about; and what
each sentence shows.

Three layers of MiniLM-L6 (Apache-2.0), taught by `training/telling_fit.py` on answers in which readers marked them, its
weights in bytes, run by ONNX Runtime.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicemock.scoring.models import networks
from voicemock.scoring.models.context import LETTERS, LONGEST_SENTENCE, windows
from voicemock.scoring.models.pieces import story_pieces

# Of a story: what the candidate alone did, what "we" did (both without their subject), the choice it turns on, what
# came of it, the rule drawn from it, what was wrong, who was against it; by name the thing it is about and the people.
OF_STORIES = ("did", "we", "choice", "end", "lesson", "trouble", "against", "thing", "whom")
# Of a proposal: what would be built, for whom, what hurts them, what would be measured, what is chosen, what it
# costs, and what is assumed.
OF_PROPOSALS = ("idea", "user", "pain", "measure", "pick", "cost", "guess")
KINDS = (*OF_STORIES, *OF_PROPOSALS)
# What a sentence shows, by the round. Of a story: deeds of the candidate's own and those of "we", how it ended, with
# its figure or in adjectives alone, how it was before; the point said early, a choice, who was against it and what
# moved them, a mistake, a lesson and its use later on, what is admitted not to be known.
SHOWN_BY_ROUND: dict[str, tuple[str, ...]] = {
    "story": (
        "own", "we", "outcome", "figure", "soft", "before", "customer", "point", "choice", "against", "moved",
        "mistake", "lesson", "later", "honest",
    ),
    "product-sense": ("clarify", "user", "pain", "ideas", "pick", "measure", "target", "tradeoff", "first"),
    "system-design": ("scope", "features", "flow", "data", "tradeoff", "measure", "load", "pick"),
    "metric-definition": ("goal", "north_star", "secondary", "guardrail", "stop", "tradeoff", "pick"),
    "ab-test": (
        "hypothesis", "primary_metric", "sample_size", "duration", "significance", "rule", "guardrail",
    ),
    "estimation": ("assumptions", "breakdown", "arithmetic", "sanity_check", "range"),
    "root-cause": ("segments", "timeline", "internal", "external", "data", "chosen", "next_step"),
}  # fmt: skip
SHOWN = tuple(dict.fromkeys(name for names in SHOWN_BY_ROUND.values() for name in names))
PLACES = 3  # of each kind: the first piece, any piece, the last piece
COLUMNS = (*(f"{kind}.{place}" for kind in KINDS for place in ("first", "any", "last")), *LETTERS, *SHOWN)
EDGES = '.,;:!?"“”‘’()…—–-'
LONGEST = 24  # pieces of a span
DIGITS = 3  # kept, so that another machine's last bits do not reach a decision
THREADS = 2
REMEMBERED = 64  # windows
SENTENCES = 512  # of which it is remembered where their words are

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Telling:
    """Words of a sentence that begin at its character `start`, `kind` one of `KINDS`. `score` is over 0 where a reader
    would rather mark them than not.
    """

    sentence: int
    start: int
    kind: str
    text: str
    score: float


@dataclass(frozen=True, eq=False)
class Read:
    """An answer as the network reads it: for each sentence the scores of its pieces, shape (pieces, `COLUMNS`)."""

    sentences: tuple[str, ...]
    pieces: tuple[Floats, ...]

    def words(self, kinds: Sequence[str]) -> Iterator[Telling]:
        """The likeliest of each kind in each sentence, in order."""
        for number, text in enumerate(self.sentences):
            yield from _of_sentence(number, text, self.pieces[number], kinds)

    @cached_property
    def shown(self) -> Floats:
        """How likely each sentence shows each of `SHOWN`, shape (sentences, SHOWN)."""
        means = np.array([scores[:, -len(SHOWN) :].mean(axis=0) for scores in self.pieces])
        chances: Floats = 1 / (1 + np.exp(-means.reshape(len(self.sentences), len(SHOWN))))
        return chances.round(DIGITS)


def read(sentences: Sequence[str]) -> Read:
    """Read a whole answer, or what there is of it."""
    pieces = [story_pieces().of(text)[:LONGEST_SENTENCE] or (story_pieces().separator,) for text in sentences]
    found: dict[int, Floats] = {}
    for first, after in windows([len(each) + 1 for each in pieces]):
        for k, scores in enumerate(_read(tuple(pieces[first:after])), first):
            # windows overlap by half: the later one sees what comes, the former what went before
            found[k] = (found[k] + scores) / 2 if k in found else scores
    return Read(tuple(sentences), tuple(found[k] for k in range(len(pieces))))


def best_spans(scores: NDArray[Any], kinds: Sequence[int]) -> list[tuple[float, int, int]]:
    """The best span of each kind in a sentence, whose `scores` have a row for each piece: its score, its first piece
    and the one after its last.
    """
    count = len(scores)
    first, inside, last = (
        scores[:, [PLACES * kind + n for kind in kinds]].astype(np.float64) for n in range(PLACES)
    )
    sums = np.concatenate([np.zeros((1, len(kinds))), np.cumsum(inside, axis=0)])
    starts, sizes = np.arange(count)[:, None], np.arange(1, min(LONGEST, count) + 1)[None, :]
    ends = np.minimum(starts + sizes, count)
    means = (sums[ends] - sums[starts]) / (ends - starts)[..., None]
    totals = (first[:, None] + last[ends - 1] + means) / PLACES  # (start, size, kind)
    best = totals.reshape(-1, len(kinds)).argmax(axis=0)
    return [
        (
            float(totals.reshape(-1, len(kinds))[place, n]),
            int(place // sizes.size),
            int(ends.reshape(-1)[place]),
        )
        for n, place in enumerate(best)
    ]


def _of_sentence(number: int, text: str, scores: Floats, kinds: Sequence[str]) -> Iterator[Telling]:
    for kind, (score, first, after) in zip(
        kinds, best_spans(scores, [*map(KINDS.index, kinds)]), strict=True
    ):
        words = [
            (start, end)
            for start, end, begins, ends in _places(text)
            if begins < after and ends > first  # the words whose pieces are among them
        ]
        if words:
            yield Telling(number, words[0][0], kind, text[words[0][0] : words[-1][1]], round(score, DIGITS))


@lru_cache(maxsize=SENTENCES)
def _places(text: str) -> tuple[tuple[int, int, int, int], ...]:
    """Each word of a sentence: where its letters are, and where its pieces."""
    found, behind = [], 0
    for word in re.finditer(r"\S+", text):
        count = len(story_pieces().of(word.group()))
        bare = word.group().strip(EDGES)
        if bare:
            start = word.start() + word.group().index(bare)
            found.append((start, start + len(bare), behind, behind + count))
        behind += count
    return tuple(found)


@lru_cache(maxsize=REMEMBERED)
def _read(sentences: tuple[tuple[int, ...], ...]) -> tuple[Floats, ...]:
    """One window: for each sentence the scores of its pieces."""
    numbers, spans = [story_pieces().start], []
    for each in sentences:
        spans.append((len(numbers), len(numbers) + len(each)))
        numbers += [*each, story_pieces().separator]
    (scores,) = _session().run(None, {"pieces": np.array([numbers], dtype=np.int64)})
    return tuple(scores[0, first:after].astype(np.float64) for first, after in spans)


@cache
def _session() -> Any:
    return networks.loaded(__package__, "telling.onnx", threads=THREADS)

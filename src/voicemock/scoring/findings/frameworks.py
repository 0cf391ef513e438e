"""Framework parts of the rounds without STAR (rubric section 5): which are covered, and by which sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np

from voicemock.scoring.findings.question import ANALYTICAL_TYPES
from voicemock.scoring.findings.question import analytical_type as asked_type
from voicemock.scoring.models.features import Features
from voicemock.scoring.models.lexicon import compile_entries, lexicon
from voicemock.scoring.models.linear import Floats, gate, log_odds, model
from voicemock.scoring.models.telling import SHOWN, SHOWN_BY_ROUND

GATES = "frameworks"
# Frameworks told by words alone: no answers are labelled for them yet, and the score says no more than the
# words.
BY_WORDS = {"exhibit": ("shows", "limits", "next_step")}
SAID, UNSAID = 0.9, 0.05
# Parts that consist of a choice: what is raised and dismissed is not chosen.
CHOSEN = {("metric-definition", part) for part in ("north_star", "secondary", "guardrail")}
TALK = (
    0.5  # of the parts; where no more are covered, what only looks like a part may be talk about its subject
)
FEW_SENTENCES, LOOKS_LIKE_IT = 8, 0.03


@dataclass(frozen=True)
class Framework:
    """The parts in their order, covered or not, and the sentence that shows each covered part best."""

    name: str
    parts: Mapping[str, bool]
    evidence: Mapping[str, int]


def framework_name(round_slug: str, question: str = "", analytical_type: str | None = None) -> str | None:
    """Which framework an answer is held to; None in the story rounds. An exhibit is read like a metric
    question.
    """
    if round_slug in ("product-sense", "system-design"):
        return round_slug
    if round_slug != "analytical":
        return None
    if analytical_type in ANALYTICAL_TYPES:
        return analytical_type
    return asked_type(question)


def cues(chances: Floats, sentences: Sequence[str], name: str, part: str) -> dict[str, float]:
    """What decides whether a part is covered: how the best sentences look, its tell-tale words, and whether it is done.

    How many sentences serve it and how long the answer is are no cues: five minutes of talk may hold no user and no
    idea, and six words may hold one.
    """
    if (name, part) in CHOSEN:
        chances = chances * [not out for out in turned_down(sentences)]
    column = np.sort(chances)[::-1]
    told = [bool(pattern_of(name, part).search(sentence)) for sentence in sentences]
    both = max((c for c, t in zip(chances, told, strict=True) if t), default=0.0)
    done = [bool(done_pattern(name, part).search(sentence.replace("’", "'"))) for sentence in sentences]
    sure = max((c for c, d in zip(chances, done, strict=True) if d), default=0.0)
    return {
        "best": log_odds(column[0]) if len(column) else log_odds(0),
        "second": log_odds(column[1]) if len(column) > 1 else log_odds(0),
        "words": min(sum(told), 3) / 3,
        "best_with_words": log_odds(both),
        "best_done": log_odds(sure),
        "done": min(sum(done), 2) / 2,
        f"{name}/{part}": 1.0,
    }


def _doing(sentences: Sequence[str], name: str, part: str) -> Floats:
    """1 for each sentence that does more than talk about the subject of the part."""
    forms = lexicon("parts_done")["counts"].get(f"{name}/{part}")
    if not forms:
        return np.ones(len(sentences))
    does = compile_entries(tuple(forms))
    return np.array([float(bool(does.search(text.replace("’", "'")))) for text in sentences])


def turned_down(sentences: Sequence[str]) -> list[bool]:
    """Which sentences raise a metric only to turn it down, there or in the next one."""
    plain = [text.replace("’", "'").rstrip(" .!") for text in sentences]
    raised = [bool(_dismissal("raised").search(text)) for text in plain]
    against = [bool(_dismissal("turned_down").search(text)) for text in plain]
    after = [*against[1:], False]
    before = [False, *raised[:-1]]
    return [
        (is_raised and (is_against or later)) or (is_against and earlier)
        for is_raised, is_against, later, earlier in zip(raised, against, after, before, strict=True)
    ]


def _not_turned_down(sentences: Sequence[str]) -> list[str]:
    return [text for text, out in zip(sentences, turned_down(sentences), strict=True) if not out]


def _dismissal(key: str) -> re.Pattern[str]:
    return compile_entries(tuple(lexicon("parts_done")["dismissed"][key]))


def pattern_of(name: str, part: str) -> re.Pattern[str]:
    return compile_entries(tuple(lexicon("frameworks")[name][part]))


def done_pattern(name: str, part: str) -> re.Pattern[str]:
    """How the part is done, rather than talked about."""
    return compile_entries(tuple(lexicon("parts_done")[name][part]))


def parts_of(name: str) -> tuple[str, ...]:
    """The parts of a framework, in the order of its chances."""
    return BY_WORDS[name] if name in BY_WORDS else model(f"framework-{name}").labels


def part_probabilities(rows: Features, sentences: Sequence[str], name: str) -> Floats:
    """Shape (sentences, parts), parts in the order of `parts_of`."""
    if name not in BY_WORDS:
        return model(f"framework-{name}").probabilities(rows)
    patterns = [pattern_of(name, part) for part in BY_WORDS[name]]
    found = [[SAID if p.search(text) else UNSAID for p in patterns] for text in sentences]
    return np.array(found, dtype=np.float64).reshape(len(sentences), len(patterns))


def find_framework(
    chances: Floats, sentences: Sequence[str], name: str, sound_arithmetic: bool = True
) -> Framework:
    """`sound_arithmetic` false: the numbers contradict each other, and an estimation misses that part."""
    columns = dict(zip(parts_of(name), chances.T, strict=True)) if len(chances) else {}
    parts = {
        part: part in columns and _covered(columns[part], sentences, name, part) for part in parts_of(name)
    }
    if sum(parts.values()) <= len(parts) * TALK:
        for part, column in columns.items():
            column = column * _doing(sentences, name, part)
            parts[part] = parts[part] and _covered(column, sentences, name, part)
    if not sound_arithmetic and "arithmetic" in parts:
        parts["arithmetic"] = False
    evidence = {part: int(columns[part].argmax()) for part, covered in parts.items() if covered}
    return Framework(name, parts, evidence)


def shown_name(framework: str, part: str) -> str | None:
    """What a sentence shows that does this part (`telling.SHOWN`); None where too few answers have taught it."""
    parts = lexicon("shown")["parts"]
    name: str = parts.get(f"{framework}.{part}", parts.get(part, part))
    return name if name in SHOWN_BY_ROUND.get(framework, ()) else None


def share_shown(framework: Framework, shown: Floats) -> float:
    """Of the parts that the network knows, the share that a reader may find. `shown` has a row for each sentence, a
    column for each of `telling.SHOWN`.
    """
    names = [name for part in framework.parts if (name := shown_name(framework.name, part))]
    likely = lexicon("shown")["likely"]
    seen = [shown[:, SHOWN.index(name)].max(initial=0.0) >= float(likely[name]) for name in names]
    return sum(seen) / len(seen) if seen else 0.0


def _covered(column: Floats, sentences: Sequence[str], name: str, part: str) -> bool:
    if name in BY_WORDS:
        return bool(column.max() >= SAID)
    said = _not_turned_down(sentences) if (name, part) in CHOSEN else sentences
    if any(labelled(text, name, part) or stated(text, name, part) for text in said):
        return True
    if any(joined(pair, name, part) for pair in pairwise(sentences)) or _done_in_few(
        column, sentences, name, part
    ):
        return True
    return gate(GATES, "covered").opens(cues(column, sentences, name, part))


def _done_in_few(column: Floats, sentences: Sequence[str], name: str, part: str) -> bool:
    """In a short answer one sentence that does the part is enough where it also looks like it."""
    done = (bool(done_pattern(name, part).search(text.replace("’", "'"))) for text in sentences)
    return len(sentences) <= FEW_SENTENCES and any(
        chance >= LOOKS_LIKE_IT and does for chance, does in zip(column, done, strict=True)
    )


def labelled(sentence: str, name: str, part: str) -> bool:
    """Whether the candidate names the part and says it at once: "Trade-off: privacy, so opt-in"."""
    labels = lexicon("parts_done")["labels"].get(f"{name}/{part}")
    return bool(labels) and bool(_label_pattern(tuple(labels)).search(sentence))


def stated(sentence: str, name: str, part: str) -> bool:
    """Whether the sentence does the part by its very form: "You give up some speed for that" is a trade-off."""
    forms = lexicon("parts_done")["stated"].get(f"{name}/{part}")
    return bool(forms) and bool(compile_entries(tuple(forms)).search(sentence.replace("’", "'")))


def joined(pair: tuple[str, str], name: str, part: str) -> bool:
    """Whether two sentences do the part together: "The trade-off is speed against care. I choose care." """
    forms = lexicon("parts_done")["joined"].get(f"{name}/{part}")
    if not forms:
        return False
    text = ". ".join(sentence.replace("’", "'").rstrip(" .") for sentence in pair)
    return bool(compile_entries(tuple(forms)).search(text))


@cache
def _label_pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    names = compile_entries(labels).pattern
    return re.compile(
        rf"(?:^|[,;.(]\s*|\b(?:and|then|my|the|a)\s+){names}\s*[:—–=]\s*\w+(?:\W+\w+)+", re.IGNORECASE
    )

"""Who interviews in a loop, in which order, for what, and with which questions (rubric section 8). Pure."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from voicemock.errors import UsageProblem
from voicemock.packs.picker import Practice, need, pick
from voicemock.packs.questions import Question, filter_questions
from voicemock.rounds import PRINCIPLES, ROUNDS
from voicemock.scoring.gaps.policy import Style
from voicemock.speech.voice import ESPEAK_VOICES

Level = Literal["pm", "senior"]
COMBINED = "behavioral-and-product"
FOCUS = 3  # principles for each interviewer: five times three of the sixteen, so that no two share one

# The questions of each interview by their rounds; an interview takes some 10 minutes of the candidate's.
INTERVIEWS: Mapping[str, tuple[str, ...]] = {
    "product-sense": ("product-sense",),
    "behavioral": ("behavioral", "behavioral"),
    "analytical": ("analytical",),
    "system-design": ("system-design",),
    COMBINED: ("behavioral", "product-sense"),
}
ONLY_SENIOR = frozenset({"system-design"})

# What an interview without a behavioral question is a fair place to look for.
FITS: Mapping[str, tuple[str, ...]] = {
    "product-sense": ("customer-obsession", "invent-and-simplify", "think-big", "learn-and-be-curious"),
    "analytical": ("dive-deep", "are-right-a-lot", "insist-on-the-highest-standards", "deliver-results"),
    "system-design": (
        "frugality",
        "bias-for-action",
        "success-and-scale-bring-broad-responsibility",
        "ownership",
    ),
}

# Names for anybody: the voices that Linux offers do not tell whose they are.
NAMES = ("Alex", "Ash", "Charlie", "Jamie", "Kim", "Noor", "Robin", "Rowan", "Sam", "Sasha")
VOICES = tuple(ESPEAK_VOICES)  # they can speak anywhere


@dataclass(frozen=True, slots=True)
class Interviewer:
    """Who asks; `focus` are the principles that this one was given to look for."""

    name: str
    voice: str
    focus: tuple[str, ...]
    bar_raiser: bool = False


@dataclass(frozen=True, slots=True)
class Interview:
    """One interview of the loop; `kind` is a round's slug or COMBINED."""

    kind: str
    interviewer: Interviewer
    style: Style
    questions: tuple[Question, ...]

    @property
    def title(self) -> str:
        return interview_title(self.kind)


@dataclass(frozen=True, slots=True)
class LoopPlan:
    """The whole loop, in order."""

    level: Level
    seed: int
    interviews: tuple[Interview, ...]


def interview_title(kind: str) -> str:
    return ROUNDS[kind].title if kind in ROUNDS else "Behavioral and product"


def plan_loop(
    questions: Iterable[Question],
    level: Level,
    seed: int,
    practised: Mapping[str, Practice],
    style: Style | None = None,
    voices: Sequence[str] = VOICES,
) -> LoopPlan:
    """Plan a loop; the same arguments give the same plan. `practised` is that of `picker.pick`.

    No question comes twice, and no two interviewers share a voice or a principle. One of them is the bar
    raiser, who cuts in as such while the others are polite; `style` is for all of them. Raises UsageProblem
    where a round has too few questions.
    """
    chance = random.Random(seed)
    kinds = [kind for kind in INTERVIEWS if level == "senior" or kind not in ONLY_SENIOR]
    asked = _draw_questions(tuple(questions), kinds, seed, practised)
    focuses = _draw_focuses(asked, chance, practised)
    chance.shuffle(kinds)
    names, drawn = chance.sample(NAMES, len(kinds)), chance.sample(voices, len(kinds))
    # stories are what a bar raiser digs into: the level of all rounds shows in them
    raiser = chance.choice([kind for kind in kinds if "behavioral" in INTERVIEWS[kind]])
    interviews = []
    for kind, name, voice in zip(kinds, names, drawn, strict=True):
        own: Style = "bar-raiser" if kind == raiser else "polite"
        interviewer = Interviewer(name, voice, focuses[kind], kind == raiser)
        interviews.append(Interview(kind, interviewer, style or own, asked[kind]))
    return LoopPlan(level, seed, tuple(interviews))


def _draw_questions(
    questions: Sequence[Question], kinds: Sequence[str], seed: int, practised: Mapping[str, Practice]
) -> dict[str, tuple[Question, ...]]:
    """The questions of each interview; those of a round are drawn together, so that none comes twice."""
    wanted = [slug for kind in kinds for slug in INTERVIEWS[kind]]
    drawn = {}
    for slug in dict.fromkeys(wanted):
        count = wanted.count(slug)
        fitting = filter_questions(questions, round=slug)
        pool = _one_a_principle(pick(fitting, len(fitting), seed, practised))
        if len(pool) < count:
            problem = f"a loop needs {count} {slug} questions, there are {len(pool)}"
            raise UsageProblem(problem, "see `voicemock questions`")
        drawn[slug] = iter(pool)
    return {kind: tuple(next(drawn[slug]) for slug in INTERVIEWS[kind]) for kind in kinds}


def _one_a_principle(questions: Iterable[Question]) -> list[Question]:
    """Without the second question on a principle: no two interviewers look for the same."""
    kept: dict[str, Question] = {}
    for question in questions:
        kept.setdefault(question.principle or question.id, question)
    return list(kept.values())


def _draw_focuses(
    asked: Mapping[str, Sequence[Question]], chance: random.Random, practised: Mapping[str, Practice]
) -> dict[str, tuple[str, ...]]:
    """Each interview's principles: those of its questions, then what fits it, leaning to the least seen."""
    focuses = {kind: [q.principle for q in questions if q.principle] for kind, questions in asked.items()}
    left = [slug for slug in PRINCIPLES if not any(slug in focus for focus in focuses.values())]
    for kind in sorted(focuses, key=lambda kind: kind not in FITS):  # who is particular chooses first
        while len(focuses[kind]) < FOCUS:
            fitting = [slug for slug in left if slug in FITS.get(kind, left)] or left
            weights = [need(practised.get(slug, Practice(asked=0))) for slug in fitting]
            focuses[kind].append(chance.choices(fitting, weights)[0])
            left.remove(focuses[kind][-1])
    return {kind: tuple(focus) for kind, focus in focuses.items()}

"""A made-up answer, scored before a real one begins: dictionaries, patterns and networks are loaded for it, which takes
most of a second, and no sentence of the candidate's waits for them.
"""

from __future__ import annotations

from functools import lru_cache

from voicemock.rounds import ROUNDS, STORY_ROUNDS
from voicemock.scoring.assemble import score_answer
from voicemock.scoring.gaps.policy import Wording
from voicemock.scoring.model import Answer
from voicemock.transcript import Sentence

# A bit of everything that is looked for: numbers, "we", blame, adjectives, a choice, an end, a lesson.
STORY = (
    "So I was looking after the repair shop of a bike rental, and tourists were leaving because nothing was ready.",
    "About 30% of the bikes stood broken, and a repair took nine days, sometimes twelve.",
    "My goal was to get that under three days by June, for $5,000 at the most.",
    "We worked on it together, and the supplier was late with the tyres, so it was really their fault.",
    "I asked forty customers what hurt, and they told me that they never knew when to come back.",
    "I decided to repair the cheap ones first instead of buying new ones, although my boss was against it.",
    "I built a list by the door that shows which bike is next, and I trained two people on it.",
    "Repairs went from nine days to two and a half, and complaints fell by 60% in two months.",
    "It was a huge improvement and everybody was very happy, um, it got a lot better.",
    "That saved us roughly $2,000 a month, which is $24,000 a year.",
    "I was wrong about the tyres, and what I learned is to ask before I buy anything.",
)
PROPOSAL = (
    "Before I begin, I'd like to ask whether this is for one city or for all of them.",
    "The users I have in mind are parents with a pram, and what hurts them most is the last step of the bus.",
    "One idea is a ramp that folds out, another is a stop at the height of the floor, and a third is a map of lifts.",
    "I'd choose the map first, because it costs $40,000 and the ramps would cost $3 million.",
    "The north star would be the share of trips that end without help, from 60% today to 80% in a year.",
    "As a guardrail, the time at a stop must not grow by more than two seconds.",
    "I'd test it with 4,000 riders in each arm for three weeks, at 95% confidence.",
    "If 10,000 people ride with a pram and each rides twice a day, that's 20,000 trips a day.",
    "The trade-off is that a map helps nobody whose stop has no lift at all.",
    "I'd look at when it began and which lines it hit before I'd look for a cause.",
)
STORY_ASKED_FOR = "Tell me about a time you fixed what nobody owned."
PROPOSAL_ASKED_FOR = "How would you improve a bus for parents?"
FLOOR_TIME_S = 70.0


@lru_cache(maxsize=len(ROUNDS))
def rehearse(round: str, wording: Wording) -> None:
    """Score an answer of that round, once a session. Raises ModelError as `score_answer` does."""
    story = round in STORY_ROUNDS
    sentences = STORY if story else PROPOSAL
    question = (
        "Tell me about a time you fixed what nobody owned."
        if story
        else "How would you improve a bus for parents?"
    )
    score_answer(
        Answer(
            tuple(Sentence(text) for text in sentences),
            round,
            question,
            principle="ownership" if story else None,
            floor_time_s=FLOOR_TIME_S,
        ),
        wording=wording,
    )

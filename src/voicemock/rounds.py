"""The rubric's own numbers and names: rounds, principles, dimensions, the bar (rubric, sections 1, 4, 6 and 8).

Each is here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Round:
    """One kind of interview. Times are seconds of floor time."""

    slug: str
    title: str
    cap_s: int
    target_s: tuple[int, int] | None  # how long a good answer is; None where the rubric gives no length
    share: float | None  # of all interviews; None where no figure is known
    types: tuple[str, ...] = ()  # the kinds of question in it; empty where there is only one


@dataclass(frozen=True)
class Principle:
    """A leadership principle, with one line of our own on what it asks for."""

    slug: str
    title: str
    line: str


_ANALYTICAL = ("metric-definition", "ab-test", "estimation", "root-cause", "exhibit")
_SYSTEMS = ("logistics", "marketplace", "ml", "platform", "communication")
_ROUNDS = (
    Round("behavioral", "Behavioral", 180, (90, 130), 0.30),
    Round("product-sense", "Product sense", 300, None, 0.45, ("design", "improve", "measure")),
    Round("analytical", "Analytical", 300, None, 0.15, _ANALYTICAL),
    Round("system-design", "System design", 300, None, 0.10, _SYSTEMS),
    # 15 to 20 minutes are the whole deep dive's, probes and all: the case itself may be told in three.
    Round("portfolio", "Portfolio deep dive", 1200, None, None),
)
ROUNDS: Mapping[str, Round] = {item.slug: item for item in _ROUNDS}

# The rounds in which a story of the candidate's own is told.
STORY_ROUNDS = frozenset({"behavioral", "portfolio"})

DIMENSIONS = ("structure", "metrics", "principle", "customer", "ownership", "delivery")
LOWEST, HIGHEST = 1.0, 4.0  # of a dimension and of the overall
BAR = 3.5  # of the overall, in every round

# Preparation (section 8): different questions, full mocks, hours, and the fewest and most stories.
QUESTIONS, MOCKS, HOURS, STORIES = 80, 10, 60, (10, 15)
MOCK_INTERVIEWS = 4  # of the shortest loop; a day that was cut to fewer is practice

# Delivery (section 6): what is easy to follow.
PACE_WPM = (110, 170)  # words a minute
FILLERS_PER_MIN = 4.0  # and fewer
LONG_PAUSE_S = 4.0  # a longer pause is marked down
USUAL_PAUSE_S = 1.4  # 95 % of pauses in talk are shorter

# What closes each interview of a loop: the candidate asks. Nobody is interviewed in it: it is not in ROUNDS.
CANDIDATE_QUESTIONS = "candidate-questions"
_CLOSING = Round(CANDIDATE_QUESTIONS, "Your questions", 180, None, None)

_PRINCIPLES = (
    Principle("customer-obsession", "Customer Obsession", "Begin with a real customer and work back."),
    Principle("ownership", "Ownership", "Care for the whole and the long run, not only for your own patch."),
    Principle("invent-and-simplify", "Invent and Simplify", "Find the new way, and take out what can go."),
    Principle("are-right-a-lot", "Are Right, A Lot", "Judge well, and hunt for what could prove you wrong."),
    Principle("learn-and-be-curious", "Learn and Be Curious", "Keep asking, and put what you learn to use."),
    Principle("hire-and-develop-the-best", "Hire and Develop the Best", "Leave people and teams better."),
    Principle(
        "insist-on-the-highest-standards",
        "Insist on the Highest Standards",
        "Refuse good enough, and fix a defect so that it stays fixed.",
    ),
    Principle("think-big", "Think Big", "Set a direction that is larger than the request."),
    Principle("bias-for-action", "Bias for Action", "Move while it counts, when the step can be undone."),
    Principle("frugality", "Frugality", "Make little go far, and let the limits sharpen the idea."),
    Principle("earn-trust", "Earn Trust", "Listen, be candid, and own up before anyone asks."),
    Principle("dive-deep", "Dive Deep", "Know the details, and doubt the number that does not fit."),
    Principle(
        "have-backbone-disagree-and-commit",
        "Have Backbone; Disagree and Commit",
        "Object openly while it is open, then carry the decision fully.",
    ),
    Principle(
        "deliver-results", "Deliver Results", "Reach the goal that matters, on time, despite setbacks."
    ),
    Principle(
        "strive-to-be-earths-best-employer",
        "Strive to be Earth's Best Employer",
        "Make work safer, fairer and kinder for those who do it.",
    ),
    Principle(
        "success-and-scale-bring-broad-responsibility",
        "Success and Scale Bring Broad Responsibility",
        "Count the effect on those who never chose your product.",
    ),
)
PRINCIPLES: Mapping[str, Principle] = {item.slug: item for item in _PRINCIPLES}

# The six probes of a case study, in the order in which they are asked (rubric section 3).
PROBES = ("customer-problem", "validation", "alternatives", "data", "outcome", "learning")


def round_of(slug: str) -> Round:
    """Return the round of that slug, be it one of ROUNDS or the candidate's own questions."""
    return _CLOSING if slug == CANDIDATE_QUESTIONS else ROUNDS[slug]

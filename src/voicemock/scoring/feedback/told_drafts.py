"""Gaps of a story in the words of it that tell most: the end without a figure, the choice without its reason, the
lesson without its use.

Lists of words find these gaps where they are told in one of their ways (`quoted_drafts.py`); this finds them in stories
as people tell them, by the network that says which words a listener would quote back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicemock.scoring.feedback.draft import Draft
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.shown import COUNTED
from voicemock.scoring.models.lexicon import pattern

NEAR = 1  # sentences around a choice in which its reason may stand
FEW_DEEDS = 2  # of one's own, with more of "we", where a listener loses the candidate
TURNS = -0.8  # the score from which on the story surely turns on it
# An end of which no figure is to be had.
_IDLE = re.compile(
    r"(?i)(?:it|that|this|everything) (?:all )?(?:went|was|worked(?: out)?|is) \w+(?: \w+)?"
    r"|\w+ worked (?:really |very )?hard"
    r"|s?he\b.*"  # what became of somebody
)
STOPS = 0.6  # of the sentences, the last deed stands behind them where a story stops at it


def told_drafts(told: Material) -> Iterator[Draft]:
    if any(check.kind in ("hypothetical", "off-question") for check in told.annotation.checks):
        return
    yield from _end(told)
    yield from _choice(told)
    yield from _trouble(told)
    yield from _rule(told)
    yield from _people(told)


def _end(told: Material) -> Iterator[Draft]:
    """What came of it, and no figure; or nothing that came of it."""
    end = told.telling("end")
    if told.annotation.results or told.says_any("unmeasured"):
        return
    if (
        end is not None
        and not told.of_a_failure
        and not re.search(r"(?i)\d|\b(?:me|my|felt|feel)\b|^i\b", end.text)
    ):
        ended = told.inside(end)
        if pattern("fix_words", "felt").search(ended):
            if pattern("shown", "no_win").search(ended.replace("’", "'")):
                return  # how cross somebody was is nothing to put a figure to
            yield Draft("felt-only", "metrics", end.sentence, {"quote": ended}, 3.0, "vague", decides=0.4)
        elif not _IDLE.fullmatch(ended):
            yield Draft("told-end", "metrics", end.sentence, {"ended": ended}, 3.0, decides=0.6)
        return
    counted = end is not None and told.shows("figure", end.sentence) >= COUNTED
    if end is not None and counted and not told.seems("before") and not told.of_a_failure:
        yield Draft("told-figure", "metrics", end.sentence, {"ended": told.inside(end)}, 3.5, decides=0.45)
        return
    deed = told.telling("did")
    ends = told.lettered("R") or told.of_a_failure or end is not None
    if deed is not None and not ends and deed.sentence >= STOPS * len(told.sentences):
        yield Draft("told-stops", "metrics", deed.sentence, {"i_do": deed.text}, 3.0, decides=0.6)


def _choice(told: Material) -> Iterator[Draft]:
    """The choice that the story turns on: what else there was, and whose it was."""
    choice = told.telling("choice")
    if choice is None:
        return
    mine = choice.text.startswith("I ")
    near = told.sentences[max(0, choice.sentence - NEAR) : choice.sentence + NEAR + 1]
    argued = any(
        pattern("strengths", "reasons").search(text) or pattern("wordcues", "thought_so").search(text)
        for text in (text.replace("’", "'") for text in near)
    )
    if mine and not argued and not told.of_a_failure and not told.says_any("alternative"):
        yield Draft(
            "told-choice", "ownership", choice.sentence, {"chose": told.inside(choice)}, 4.0, decides=0.4
        )
    reading = told.annotation.reading
    if not mine and len(reading.own) <= FEW_DEEDS < len(reading.group) and choice.score >= TURNS:
        yield Draft(
            "told-whose", "ownership", choice.sentence, {"chose": told.inside(choice)}, 4.0, decides=0.5
        )


def _trouble(told: Material) -> Iterator[Draft]:
    """What was wrong, and not how often before they began."""
    trouble = told.telling("trouble")
    if trouble is None:
        return
    counted = told.annotation.metrics or told.says_any("unmeasured")
    if not told.of_a_failure and not counted:
        yield Draft(
            "told-trouble", "metrics", trouble.sentence, {"trouble": told.inside(trouble)}, 3.0, decides=0.35
        )


def _rule(told: Material) -> Iterator[Draft]:
    """A lesson in so many words, and nothing that was done by it since."""
    rule = told.telling("lesson")
    if rule is not None and rule.sentence < len(told.sentences) - 1 and not told.of_a_failure:
        return  # what comes after it may be what was done by it
    half = len(told.sentences) // 2
    if rule is not None and not told.says_any("acted_since", half) and not told.says_any("ever_since"):
        decides = 0.85 if told.of_a_failure else 0.25
        yield Draft(
            "told-rule", "structure", rule.sentence, {"rule": told.inside(rule)}, 4.0, decides=decides
        )


def _people(told: Material) -> Iterator[Draft]:
    """Those whom it was for, by name, and none of them says a word."""
    people = told.telling("whom")
    heard = told.hears_somebody or told.others_speak or told.annotation.customer.signal == "direct"
    if people is not None and not heard and not told.of_a_failure:
        yield Draft("told-people", "customer", people.sentence, {"whom": people.text}, 4.0, decides=0.4)

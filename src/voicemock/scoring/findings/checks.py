"""Faults of substance, looked for before anything is scored high (rubric section 9): form is not substance.

Each check rests on sentences that can be shown, and says what to tell instead. The limits were set on training answers,
so that a check that is wrong hits an answer that is weak anyway.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from voicemock.rounds import PRINCIPLES
from voicemock.scoring.findings.faults import FEWEST, chances
from voicemock.scoring.findings.reading import Reading, Sentences
from voicemock.scoring.findings.world import things_in
from voicemock.scoring.model import Check, CheckKind
from voicemock.scoring.models.lexicon import pattern

CAPS: Mapping[CheckKind, float] = {
    "off-question": 1.5,
    "hypothetical": 2.0,
    "not-yours": 2.0,
    "no-substance": 2.0,
    "other-principle": 3.0,
    "no-action": 2.0,
}
MOST_EVIDENCE = 4
EMPTY_FROM = 0.5  # the chance from which an answer counts as words without a world
BRIEF_EMPTY_FROM, FEW_WORDS = 0.97, 90  # in few words there is little room for a world
MOSTLY = 0.6  # of the parts, done in few words
SOME_WORLD = 5.0  # things named in a hundred words: under it, done in few words is only a skeleton
MANY_THINGS, DENSE = (
    8,
    8.0,
)  # so many, and so many in a hundred words, are a world whatever the sentences look like
FEW, SEVERAL = 25, 80  # words, in which nothing at all, or hardly anything, is named
BRIEF = 140  # words; nobody tells a story and declines to tell one in fewer


@dataclass(frozen=True)
class Asked:
    """What the checks know of the round: whether a story is asked for, and the share of framework parts covered."""

    story: bool
    question: str
    covered: float = 0.0
    emptiness: float = 0.0  # how likely the words are without a world (`substance.emptiness`)
    acts: int = 0  # sentences that the letters call acts


def substance_checks(reading: Reading, asked: Asked, sentences: Sequence[str]) -> tuple[Check, ...]:
    """The checks that hold, the gravest first; an answer that is off the question is not looked at further."""
    off = _off_question(reading, asked)
    if off is not None:
        return (_check("off-question", off, _asked_for(asked.question)),)
    if asked.story and reading.count >= FEWEST:
        found = _whole_story_checks(reading, asked, sentences)
    else:
        found = _story_checks(reading, asked.acts) if asked.story else iter(())
    checks = [_check(kind, rows, say) for kind, rows, say in found]
    from_here = BRIEF_EMPTY_FROM if reading.words <= FEW_WORDS else EMPTY_FROM
    done = reading.words <= FEW_WORDS and asked.covered >= MOSTLY and reading.density >= SOME_WORLD
    named = reading.things >= MANY_THINGS and reading.density >= DENSE
    empty = asked.emptiness >= from_here or names_nothing(reading)
    if empty and not done and not named and "no-substance" not in {check.kind for check in checks}:
        checks.append(_check("no-substance", _emptiest(sentences), EMPTY))
    return tuple(checks)


def names_nothing(reading: Reading) -> bool:
    """Whether there is no thing at all in an answer that is long enough to name one."""
    return (reading.things == 0 and reading.words >= FEW) or (
        reading.things <= 2 and reading.words >= SEVERAL
    )


def principle_check(asked: str, shown: Sequence[str], evidence: Sentences) -> Check:
    """The answer shows other principles than the one asked for. `evidence` are the sentences that show those."""
    others = " and ".join(PRINCIPLES[slug].title for slug in shown[:2])
    say = f"It shows {others}, and {PRINCIPLES[asked].title} was asked for: say what shows that, or take another story."
    return _check("other-principle", evidence, say)


def elsewhere_check(question: str, evidence: Sentences) -> Check:
    """The story looks like one for another question. `evidence` are the sentences that say what it is about."""
    say = f"A listener may not hear how this answers the question; say it early, or take another story: {question}"
    return _check("other-principle", evidence, say)


TOLD_IN_THE_PRESENT = 0.2  # of the sentences
FEW_ACTS = 2  # where more sentences look like acts, something was done, in whatever grammar
TWO_DEEDS = 2  # sentences; one in which more than words were made is enough where the letters see two acts
SUPPOSED_BESIDES = 0.25  # of the sentences, where the candidate also says that it never was
MOSTLY_SUPPOSED = 0.35  # of the sentences, from which on it is what one would do
SEVERAL_BLAMED = 2  # sentences; where the candidate did nothing but warn, the story is the others'
EMPTY = "Nothing in it could be named by a listener: say which product, who used it, where and when."
# The chance from which a whole story is said to be none: by itself right six times of ten in
# cross-validation, and nearly always of an answer that is weak.
SURE = 0.45
AS_A_RULE = "This is how it is done, or what you think of it: tell one time that it happened."
WOULD = "This is what you would do: tell one time that it happened."
THEIRS = "This is mostly somebody else's doing: say what was your own part, or take another story."
LATER = "This is what went wrong and what should have been done: say what you did, and when."
NO_DEED = "What you did yourself is not in it: say what you did, and when."
NO_ANSWER = "This does not answer what you were asked"


def _off_question(reading: Reading, asked: Asked) -> Sentences | None:
    """The sentences that show that the answer is none; None where it is one."""
    brief = reading.words < BRIEF
    own = reading.share(reading.own)
    if reading.refusing and brief and own < 0.4:
        return reading.refusing
    if brief and reading.echo >= 0.4:
        return reading.stalling or (0,)
    if reading.count >= 4 and reading.share(reading.fragments) >= 0.5:
        return reading.fragments
    if reading.share(reading.pitching) >= 0.25:
        return reading.pitching
    if asked.story:
        # A story may be told that way at length: ten of twelve answered what was asked, at least in part.
        as_a_rule = brief and reading.share(reading.usual) >= 0.35 and own <= 0.15
        return reading.usual if as_a_rule else None
    told = reading.share(reading.own) + reading.share(reading.group) + reading.share(reading.onlooking)
    is_story = told >= 0.35 and reading.share(reading.supposed) <= 0.15 and asked.covered <= 0.35
    return tuple(sorted({*reading.own, *reading.group})) or reading.onlooking if is_story else None


def _whole_story_checks(
    reading: Reading, asked: Asked, sentences: Sequence[str]
) -> Iterator[tuple[CheckKind, Sentences, str]]:
    """What makes a story none, the one thing that says most. Whoever did two things has one to tell."""
    likely = chances(reading, asked.emptiness)
    deeds = len(reading.own) + len(reading.group)
    happened = deeds >= TWO_DEEDS or (bool(reading.beyond_words) and asked.acts >= TWO_DEEDS)
    imagined = reading.share(reading.supposed) >= MOSTLY_SUPPOSED
    supposed = (reading.supposed, WOULD) if imagined else (reading.usual or reading.supposed, AS_A_RULE)
    theirs = reading.other or reading.blaming or reading.onlooking
    sure = {kind for kind, chance in likely.items() if chance >= SURE}
    disowned = tuple(i for i, text in enumerate(sentences) if _says("disowned", text))
    imagining = tuple(i for i, text in enumerate(sentences) if _says("imagining", text))
    if _only_blames(reading):
        yield "not-yours", reading.blaming, THEIRS
    elif disowned and len(reading.beyond_words) < TWO_DEEDS:
        yield "not-yours", disowned, THEIRS
    elif imagining and reading.share(reading.supposed) >= SUPPOSED_BESIDES:
        yield "hypothetical", imagining, WOULD
    elif "not-yours" in sure and theirs and likely["not-yours"] >= likely["hypothetical"]:
        yield "not-yours", theirs, THEIRS
    elif happened:
        return
    elif "hypothetical" in sure and supposed[0]:
        yield "hypothetical", *supposed
    elif "no-action" in sure:
        said = (reading.regretted, LATER) if reading.regretted else (reading.onlooking, NO_DEED)
        yield "no-action", said[0] or _emptiest(sentences), said[1]
    elif "no-substance" in sure:
        yield "no-substance", _emptiest(sentences), EMPTY


def _says(key: str, text: str) -> bool:
    return bool(pattern("quoting", key).search(text.replace("’", "'")))


def _story_checks(reading: Reading, acts: int) -> Iterator[tuple[CheckKind, Sentences, str]]:
    own, group, other = (reading.share(rows) for rows in (reading.own, reading.group, reading.other))
    if reading.supposed_of_acts >= 0.6 and reading.share(reading.supposed) >= MOSTLY_SUPPOSED:
        yield "hypothetical", reading.supposed, WOULD
    elif other >= 0.2 and own <= 0.25 and reading.others_of_doing >= 0.4 and reading.own_of_doing <= 0.45:
        yield "not-yours", reading.other, THEIRS
    elif _only_blames(reading):
        yield "not-yours", reading.blaming, THEIRS
    elif reading.share(reading.onlooking) >= 0.6 and own <= 0.1:
        yield "not-yours", reading.onlooking, THEIRS
    elif own + group <= 0.12 and acts <= FEW_ACTS and reading.share(reading.present) < TOLD_IN_THE_PRESENT:
        yield "no-action", reading.regretted or reading.onlooking or (0,), LATER


def _only_blames(reading: Reading) -> bool:
    """Whether others are at fault, and the candidate did nothing but warn."""
    return len(reading.blaming) >= SEVERAL_BLAMED and not reading.beyond_words


def _asked_for(question: str) -> str:
    return f"{NO_ANSWER}: {question}" if question else f"{NO_ANSWER}."


def _emptiest(sentences: Sequence[str]) -> Sentences:
    """The sentences that name the least."""
    ranked = sorted(range(len(sentences)), key=lambda i: (len(things_in(sentences[i])), i))
    return tuple(sorted(ranked[:MOST_EVIDENCE]))


def _check(kind: CheckKind, rows: Sentences, say: str) -> Check:
    return Check(kind, CAPS[kind], tuple(rows[:MOST_EVIDENCE]), say)

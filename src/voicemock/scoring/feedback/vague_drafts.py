"""Outcomes told in adjectives: what a figure of each would count, and what the story opened on instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicemock.scoring.feedback.draft import Draft
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.number_drafts import ENOUGH
from voicemock.scoring.feedback.spoken_figures import UNITS, figure, unit_of
from voicemock.scoring.feedback.vague_subject import Subject, is_no_outcome, quotable, subject_of
from voicemock.scoring.language.clean import clean
from voicemock.scoring.language.dictionary import singular_of
from voicemock.scoring.language.phrases import noun_phrases, opened
from voicemock.scoring.model import Vague
from voicemock.scoring.models.lexicon import pattern, words


def vague_drafts(told: Material) -> Iterator[Draft]:
    """The outcome in adjectives: the one that has a subject to ask about goes first."""
    firm = [m for m in told.annotation.results if not m.hedged]
    decides = 0.75 if len(firm) < ENOUGH else 0.45
    claims = [v for v in told.annotation.vague if claims_outcome(told, v)]
    if not told.annotation.is_story:
        yield from _told_elsewhere(told)
        return
    if told.says_any("unmeasured"):
        return
    value = min(2.0 + len(told.annotation.results), 4.0)
    for vague in claims[:3]:
        subject = subject_of(told.sentences[vague.sentence], vague.text)
        moves = bool(pattern("fix_words", "changed").search(vague.text))
        if subject and subject.sort == "thing" and not moves:
            subject = None  # what could be counted of a thing is known of few things
        quote = quotable(told.sentences[vague.sentence], vague.text)
        if quote is None and (subject is None or subject.sort == "people"):
            continue
        fields = {
            "quote": quote, "minutes": _minutes(told),
            **(subject.fields if subject else {}), **opening_pain(told, vague.sentence),
        }  # fmt: skip
        kind, more = _vague_kind(subject, vague.text, _only_goal(told))
        if quote and moves and subject and subject.sort == "thing":
            kind = "vague-change"
        if "pain" in fields and quote and kind != "vague-measure":
            kind = "opened-on"
        yield Draft(kind, "metrics", vague.sentence, {**fields, **more}, value, "vague", decides)
        decides -= 0.1


def claims_outcome(told: Material, vague: Vague) -> bool:
    """Whether these words claim that something got better, worse, more or less, and no figure is near: no sigh
    ("it was a good time"), no wish, nobody's delight who was not to be served.
    """
    at, letters = vague.sentence, told.annotation.star or ()
    said = clean(vague.text)
    praised = subject_of(told.sentences[at], vague.text)
    outcome = pattern("fix_words", "outcome").search(said) or (
        praised is not None and praised.sort in ("praise", "measure")
    )
    if not outcome or is_no_outcome(said):
        return False
    if letters and (letters[at] not in "RA" or at < len(letters) // 2):
        return False
    near = {m.sentence for m in told.annotation.metrics if m.role != "target"}
    told_how_much = at in near or (at + 1 in near and at + 1 < len(told.sentences))
    just_before = any(m.sentence == at - 1 for m in told.annotation.results)  # praise of it claims no more
    return not (told_how_much or just_before) and not _of_others(said, told.customers)


def _of_others(claim: str, customers: str | None) -> bool:
    """ "supermarkets were delighted": a feeling of others than those it was for."""
    felt = re.search(r"(?i)\b(?:delighted|happy|happier|pleased|thrilled|loved?|over the moon)\b", claim)
    first = next(iter(noun_phrases(claim)), None)
    of_some = first is not None and first.first == 0 and first.plural
    anybody = first is not None and first.head.low in ("people", "customers", "users")
    return bool(felt) and of_some and not anybody and first is not None and first.head.low != customers


def _only_goal(told: Material) -> str | None:
    """The share that was to be reached, where one is named."""
    goals = [
        m for m in told.annotation.metrics if m.role == "target" and m.kind == "rate" and m.before is None
    ]
    return figure(goals[0].after, unit_of(goals[0])) if len(goals) == 1 else None


def _vague_kind(subject: Subject | None, claim: str, goal: str | None) -> tuple[str, dict[str, str | None]]:
    """By what the outcome is said of, and by what a figure of it would count."""
    if subject is None and re.search(r"(?i)\b(?:received|feedback|reactions?|impressed|praised?)\b", claim):
        return "vague-praise", {}
    if subject is None:
        return ("vague-swifter" if pattern("fix_words", "swifter").search(claim) else "vague"), {}
    head = singular_of(subject.phrase.head.low)
    if subject.sort == "measure":
        if head in words("fix_words", "unseen"):
            return "vague-unseen", {}
        return "vague-measure", {
            "measure_hole": hole_of(head),
            "goal": goal if hole_of(head) == "___%" else None,
        }
    if subject.sort == "thing" and pattern("fix_words", "swifter").search(claim):
        return "vague-swifter", {}
    return f"vague-{subject.sort}", {}


def hole_of(noun: str) -> str:
    """The blank that a measure leaves, in the unit that one gives it in."""
    one = singular_of(noun)
    if one in words("fix_words", "monthly"):
        return "___ a month"
    if one in words("fix_words", "shares"):
        return "___%"
    return "___ minutes" if one in words("fix_words", "timed") else "___"


def _minutes(told: Material) -> str:
    """The unit of time that the answer gives its own figures in."""
    units = [m.unit for m in told.annotation.metrics if m.kind == "time" and m.unit in ("ms", "s", "min")]
    return f"{UNITS[units[0]]}s" if units and units[0] else "minutes"


def opening_pain(told: Material, closing: int) -> dict[str, str | None]:
    """What the story opens on that has a unit, and that no result is about: "complaints"."""
    ends = " ".join(told.sentences[i] for i in told.lettered("RL")).lower()
    for i in told.lettered("ST"):
        if i >= closing or i > len(told.sentences) // 2:
            continue
        for phrase in noun_phrases(told.sentences[i]):
            one = singular_of(phrase.head.low)
            monthly, timed = one in words("fix_words", "troubles"), one in words("fix_words", "timed")
            if not ((monthly and phrase.plural) or timed) or one in ends:
                continue
            name = f"the {one}" if timed else phrase.head.low if monthly else one
            return {
                "pain": name,
                "Pain": opened(name),
                "pain_bare": name.removeprefix("the "),
                "pain_hole": hole_of(one),
            }
    return {}


def _told_elsewhere(told: Material) -> Iterator[Draft]:
    """In a proposal: "we did that at my last company, and it went well"."""
    counted = {m.sentence for m in told.annotation.metrics}
    for vague in told.annotation.vague:
        quote = quotable(told.sentences[vague.sentence], vague.text)
        if counted & {vague.sentence, vague.sentence + 1}:
            continue  # the figure follows
        claims = pattern("fix_words", "outcome").search(vague.text)
        if quote and claims and happened(told.sentences[vague.sentence], vague.text):
            yield Draft("vague-told", "metrics", vague.sentence, {"quote": quote}, 4.0, "vague", decides=0.2)
            return


def happened(sentence: str, claim: str) -> bool:
    """Whether it is told as done, not as hoped for."""
    return bool(pattern("gaps", "told").search(claim)) and not pattern("fix_words", "hoped").search(sentence)

"""What a candidate proposes to build and to measure, by the name they give it."""

from __future__ import annotations

import re

from voicemock.scoring.feedback.material import TWICE, Material, is_served, plural_subject
from voicemock.scoring.feedback.shown import again
from voicemock.scoring.findings.frameworks import done_pattern, parts_of
from voicemock.scoring.language.clean import clean
from voicemock.scoring.language.phrases import NounPhrase, names_something, noun_phrases
from voicemock.scoring.language.tags import tagged
from voicemock.scoring.models.lexicon import pattern

LONG_DESIGN = 14  # sentences
# Above what the network finds in talk that never gets to a thing, and under nearly all proposals of real people.
HINTED, PLAIN_IDEA = 0.18, 0.58
SEEN = 0.5  # the chance from which a sentence serves a part


def ideas_of(told: Material) -> list[str]:
    found = []
    for i in sentences_for(told, "ideas") or sentences_for(told, "features"):
        phrase = _after(told.sentences[i], "builds") or _opening(told.sentences[i])
        if phrase and (name := phrase.again) not in found:
            found.append(name)
    return found or [again(told.inside(each)) for each in told.tellings("idea")]


_PICKS = re.compile(
    r"(?i)\b(?:first|start with|begin with|pick|choose|go with|number (?:one|1)|prioriti[sz]e|my bet|build|make)\b"
)
AFTER_IDEAS = ("prioritise", "tradeoff", "measure")  # who has come so far has had an idea
_MEASURES = re.compile(
    r"(?i)\b(?:measure|metrics?|success|know (?:if|whether|that))\b"
)  # asked for instead of ideas
_DROPS = re.compile(
    r"(?i)\b(?:drop|leave|later|not|isn't|don't|skip|second|third|after|out|instead|wait|park|but)\b"
)


def nothing_yet(told: Material) -> bool:
    """Whether an answer ends with no idea on the table: none has a name, and hardly a sentence of a long answer, and
    none of a short one, is about any.
    """
    framework = told.annotation.framework
    if framework is None or framework.name != "product-sense":
        return False
    if len(told.sentences) < LONG_DESIGN and sentences_for(told, "ideas"):
        return False
    if told.shows("pick") >= HINTED or told.shows("ideas") >= PLAIN_IDEA:
        return False
    # A single one of the later parts, with no idea before it, is misread.
    after = sum(framework.parts[part] for part in AFTER_IDEAS)
    if _MEASURES.search(told.question) or after > (0 if framework.parts["ideas"] else 1):
        return False
    proposes = done_pattern(framework.name, "ideas")
    said = (told.sentences[i].replace("’", "'") for i in sentences_for(told, "ideas"))
    return not ideas_of(told) and sum(bool(proposes.search(text)) for text in said) < TWICE


def chosen_of(told: Material) -> str | None:
    """The idea that is picked, by its name; None where none is, or not by its name."""
    for i in sentences_for(told, "prioritise"):
        for part in re.split(r"[,;]|\b(?:and|but|because|since|so|as)\b", told.sentences[i].lower()):
            if not _PICKS.search(part) or _DROPS.search(part):
                continue
            for idea in ideas_of(told):
                if idea.lower().split()[-1] in re.findall(r"[a-z]+", part):
                    return idea
    return None


def measure_of(told: Material) -> str | None:
    """The measure that they name, the surest or else the first: "the tip rate"."""
    named = told.telling("measure")
    if named:
        return _as_one(told.inside(named))
    for part in ("north_star", "measure", "metrics", "primary_metric", "secondary"):
        for i in sentences_for(told, part):
            phrase = _after(told.sentences[i], "measures")
            if phrase and not is_served(phrase.head.low):
                return _as_one(phrase.again)
    return None


def _as_one(name: str) -> str:
    """ "Visits" rise, and the number of visits does: a text has one verb for all."""
    return f"the number of {re.sub('^the ', '', name)}" if plural_subject(name) else name


def sentences_for(told: Material, part: str) -> list[int]:
    annotation = told.annotation
    if annotation.framework_name is None or annotation.framework_chances is None:
        return []
    labels = parts_of(annotation.framework_name)
    if part not in labels:
        return []
    column = annotation.framework_chances[:, labels.index(part)]
    return [i for i in range(len(told.sentences)) if column[i] >= SEEN]


def _after(text: str, cue: str) -> NounPhrase | None:
    """The noun phrase right behind a verb of this kind."""
    text = clean(text)
    tokens = tagged(text)
    for found in pattern("wordcues", cue).finditer(text):
        for phrase in noun_phrases(text):
            between = [t for t in tokens if found.end() <= t.start < phrase.tokens[0].start]
            if phrase.tokens[0].start >= found.end() and all(t.tag == "ADV" for t in between):
                if names_something(phrase) and not is_served(phrase.head.low):
                    return phrase
                break
    return None


def _opening(text: str) -> NounPhrase | None:
    """ "A split on payday, so": an idea that is only named."""
    text = clean(text)
    found = next(iter(noun_phrases(text)), None)
    named = (
        found is not None
        and found.first == 0
        and found.tokens[0].low in ("a", "an")
        and names_something(found)
    )
    return found if named and found is not None and not is_served(found.head.low) else None


__all__ = ["chosen_of", "ideas_of", "measure_of", "nothing_yet", "sentences_for"]

"""Gaps of a story told in the candidate's own clauses: the deed without its reason or its effect, the objection that
nobody answers, the person whom it is about, the aim that has no figure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from voicemock.scoring.feedback.draft import Draft
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.own_clauses import SaidClause, deeds_said, lesson_said
from voicemock.scoring.feedback.said_clauses import clauses_said
from voicemock.scoring.feedback.spoken_figures import figure, hole, unit_of
from voicemock.scoring.findings.people import are_people
from voicemock.scoring.language.dictionary import plural_of, singular_of
from voicemock.scoring.language.phrases import NounPhrase, names_something, noun_phrases, opened
from voicemock.scoring.language.tags import tagged
from voicemock.scoring.models.acts import acts_in
from voicemock.scoring.models.lexicon import pattern, words

SOON = 2  # sentences after an objection in which it is answered
TWICE = 2
FEW = 4  # words before a feeling: whose it is
REACH = 20  # letters behind a direction in which its figure may stand
LATE = 0.6  # of the sentences, from which on a story is ending


def quoted_drafts(told: Material) -> Iterator[Draft]:
    imagined = any(check.kind == "hypothetical" for check in told.annotation.checks)
    theirs = any(check.kind == "not-yours" for check in told.annotation.checks)
    if imagined or (theirs and not deeds_said(told)):
        return
    yield from _effect(told)
    yield from _objection(told)
    yield from _person(told)
    yield from _aim(told)
    yield from _moved(told)
    yield from _soft(told)
    yield from _felt(told)
    yield from _lesson(told)


def _heard(told: Material, key: str, first: int, last: int) -> bool:
    """Whether a list of `quoting.toml` is heard in these sentences, the last one included."""
    return any(
        pattern("quoting", key).search(text.replace("’", "'")) for text in told.sentences[first : last + 1]
    )


def _said(clause: SaidClause) -> dict[str, str | None]:
    return {"quote": clause.text, "Quote": opened(clause.text)}


def _effect(told: Material) -> Iterator[Draft]:
    """Something was done, and no figure says what it changed."""
    if told.annotation.results or told.of_a_failure or told.says_any("unmeasured") or _of_people(told):
        return
    deed = next((d for d in deeds_said(told) if acts_in(d.text)[0].verb in words("quoting", "effect")), None)
    if deed is None:
        return
    ends = [i for i in told.lettered("R") if i > deed.sentence]
    kind = "deed-effect" if ends else "deed-unended"
    yield Draft(kind, "metrics", deed.sentence, _said(deed), 3.0, decides=0.5 if ends else 0.7)


def _objection(told: Material) -> Iterator[Draft]:
    """Somebody is against it in so many words, and the story goes on without an answer to them."""
    for i, text in enumerate(told.sentences):
        if (told.annotation.star or "S" * (i + 1))[i] in "LO":
            continue
        for clause in clauses_said(text, pattern("quoting", "objects")):
            found = pattern("quoting", "objects").search(clause.replace("’", "'"))
            who = _who(clause, found.start()) if found else None
            if not who or _settled(told, i):
                continue
            fields = {"quote": clause, "who": who, "Who": opened(who)}
            yield Draft("objection", "ownership", i, fields, 4.0, decides=0.55)
            return


def _settled(told: Material, sentence: int) -> bool:
    """Whether what was said or shown to them is told soon after, or that they came round."""
    soon = told.sentences[sentence : sentence + 1 + SOON]
    answered = any(
        word in words("quoting", "answers") for text in soon for word in re.findall(r"[a-z]+", text.lower())
    )
    return answered or _heard(told, "came_round", sentence, len(told.sentences))


def _who(clause: str, before: int) -> str | None:
    """Who stands right before this place: a person, a role, a team."""
    for phrase in noun_phrases(clause):
        end = phrase.tokens[-1].end
        if end > before or clause[end:before].strip() not in (
            "",
            "had",
            "also",
            "just",
            "then",
            "simply",
            "all",
        ):
            continue
        head = phrase.head.low
        one = singular_of(head)
        known = (
            (phrase.head.tag == "NAME" and len(phrase.tokens) == 1)
            or one in words("quoting", "against")
            or head in words("fix_words", "departments")
            or are_people(plural_of(one))
        )
        if known and (names_something(phrase) or phrase.head.tag == "NAME"):
            return phrase.inside
    return None


def _of_people(told: Material) -> bool:
    """Whether the question asks for somebody who was hired, developed, or got on with."""
    return bool(pattern("quoting", "about_somebody").search(told.question))


def main_person(told: Material) -> str | None:
    """The one whom a story names most, by name, if they do or are something in it."""
    named: Counter[str] = Counter()
    acting: set[str] = set()
    for text in told.sentences:
        tokens = tagged(text)
        for i, token in enumerate(tokens):
            if (
                not token.text[0].isupper()
                or token.low in words("quoting", "no_person")
                or not token.text.isalpha()
            ):
                continue
            after = tokens[i + 1] if i + 1 < len(tokens) else None
            before = tokens[i - 1] if i else None
            placed = before is not None and (before.tag in ("PREP", "DET", "POSS", "ADJ", "NAME"))
            if token.tag != "NAME" or placed:
                continue
            named[token.text] += 1
            if after is not None and after.tag in ("VERB", "AUX"):
                acting.add(token.text)
    return max((name for name in acting if named[name] >= TWICE), key=lambda name: named[name], default=None)


def _person(told: Material) -> Iterator[Draft]:
    """The story of somebody: what the candidate did with them, and what they could do afterwards."""
    name = main_person(told) if _of_people(told) else None
    if name is None or told.of_a_failure:
        return
    there = [i for i, text in enumerate(told.sentences) if re.search(rf"\b{re.escape(name)}\b", text)]
    if not there:  # a name that ends in a full stop stands before no edge of a word
        return
    together = [
        i for i in there if any(a.actor in ("I", "we") and a.deed for a in acts_in(told.sentences[i]))
    ]
    fields = {"name": name}
    raised = bool(pattern("quoting", "raised").search(told.question))
    if raised and len(together) <= 1:
        yield Draft("person-how", "ownership", there[0], fields, 4.0, decides=0.75)
    if there[-1] < LATE * len(told.sentences):
        yield Draft("person-after", "metrics", there[-1], fields, 3.5, decides=0.5)
    elif not told.annotation.results:
        yield Draft("person-change", "metrics", there[0], fields, 3.0, decides=0.55)


def _aim(told: Material) -> Iterator[Draft]:
    """An aim in words, and a result in figures that nobody can hold against it."""
    if any(m.role == "target" for m in told.annotation.metrics) or told.of_a_failure:
        return
    result = next(
        (m for m in told.annotation.results if figure(m.after, unit_of(m)) and m.kind == "rate"), None
    )
    if result is None or result.hedged:
        return
    for i in told.lettered("T"):
        for clause in clauses_said(told.sentences[i]):
            measured = told.measure(result)
            if (
                i < result.sentence
                and measured is not None
                and singular_of(measured.head.low) in clause.lower()
                and pattern("quoting", "aims").match(clause)
                and not re.search(r"\d", clause)
            ):
                fields = {
                    "quote": clause,
                    "now": figure(result.after, unit_of(result)),
                    "hole": hole(unit_of(result)),
                }
                yield Draft("aim-figure", "metrics", i, fields, 4.0, decides=0.4)
                return


def _soft(told: Material) -> Iterator[Draft]:
    """A result that is half taken back while it is said: "the repeat rate was up by 15 or something"."""
    if told.of_a_failure or told.says_any("known"):
        return
    for metric in told.annotation.metrics:
        if metric.sentence not in told.lettered("R") or metric.kind not in ("rate", "money", "ratio"):
            continue
        for clause in clauses_said(told.sentences[metric.sentence], pattern("quoting", "soft")):
            doubted = pattern("quoting", "soft").search(clause.replace("’", "'"))
            if (
                doubted
                and (metric.hedged or clause.endswith(("or something", "or so")))
                and metric.text.strip(" ,.") in clause
                and metric.role == "result"
            ):
                yield Draft("soft-result", "metrics", metric.sentence, {"quote": clause}, 3.5, decides=0.6)
                return


def _felt(told: Material) -> Iterator[Draft]:
    """An outcome that is a feeling: what they did from then on would show it."""
    if told.of_a_failure or told.annotation.results:
        return
    for i in [i for i in told.lettered("RA") if i >= len(told.sentences) // 2]:
        for clause in clauses_said(told.sentences[i], pattern("quoting", "felt")):
            own = clause.lower().startswith(("i ", "i'", "we ", "we'"))
            found = pattern("quoting", "felt").search(clause)
            besides = any(v.sentence == i and v.text not in clause for v in told.annotation.vague)
            glad = not pattern("shown", "no_win").search(clause.replace("’", "'"))
            if glad and not own and not besides and found and len(clause[: found.start()].split()) <= FEW:
                yield Draft("felt-only", "metrics", i, {"quote": clause}, 3.0, "vague", decides=0.55)
                return


def _lesson(told: Material) -> Iterator[Draft]:
    """A lesson in so many words, and nothing done by it since."""
    said = None if told.of_a_failure or told.says_any("acted_since") else lesson_said(told)
    if said is not None:
        yield Draft("lesson-kept", "structure", said.sentence, {}, 4.0, decides=0.2)


def _moved(told: Material) -> Iterator[Draft]:
    """ "Close rate way up", "calls noticeably lower": a direction, and no figure."""
    if told.of_a_failure or told.says_any("unmeasured"):
        return
    for i in told.lettered("R"):
        text = told.sentences[i]
        for phrase in noun_phrases(text):
            start, end = phrase.tokens[0].start, phrase.tokens[-1].end
            found = pattern("quoting", "moved").match(text[end:].lstrip())
            quote = text[start : end + 1 + found.end()] if found else ""
            opens = phrase.first == 0 or tagged(text)[phrase.first - 1].tag in ("PUNCT", "CONJ")
            sized = re.search(r"\d", text[start : end + len(quote) + REACH])
            if quote and opens and not sized and _is_measure(phrase):
                fields = {"quote": quote, "Subject": opened(phrase.inside)}
                yield Draft("moved-unsized", "metrics", i, fields, 3.5, "vague", decides=0.7)
                return


def _is_measure(phrase: NounPhrase) -> bool:
    """Whether it is known to rise and fall: "the close rate", "complaints"."""
    head = phrase.head.low
    ways = ("lower_is_better", "higher_is_better")
    known = any(pattern("fix_words", way).fullmatch(head) for way in ways) or head in (
        "rate",
        "rates",
        "share",
    )
    return known and names_something(phrase)


__all__ = ["main_person", "quoted_drafts"]

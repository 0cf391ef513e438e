"""What can be counted or quoted in a story, and so is true of it whatever else was misread.

A guess that something is missing may be wrong; how many words come before the result, how often "we" is said, and what
the candidate admits not to know are plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicemock.scoring.feedback.deeds import Deed, sure_deeds
from voicemock.scoring.feedback.draft import Draft
from voicemock.scoring.feedback.material import Material, is_served
from voicemock.scoring.feedback.own_clauses import deeds_said
from voicemock.scoring.feedback.own_words import closing_thought
from voicemock.scoring.feedback.shown import points_back
from voicemock.scoring.feedback.vague_subject import quotable
from voicemock.scoring.findings.people import are_people
from voicemock.scoring.language.dictionary import plural_of, singular_of
from voicemock.scoring.language.phrases import noun_phrases, opened, within
from voicemock.scoring.language.tags import tagged
from voicemock.scoring.model import Metric
from voicemock.scoring.models.lexicon import pattern, words
from voicemock.scoring.numbers.quantities import find_quantities

LONG_QUOTE = 16  # words that can be said in one breath
HOW_OFTEN = {0: "never", 1: "once"}
OFTEN_WE, MOSTLY_WE = 4, 1.3
VERY_OFTEN_WE = 8
OWN_STEPS = 4  # sentences with a deed of one's own, from which on nobody asks which step was theirs
SMALL = 2.0  # "one of them", "the two of us" give nothing its size
FEW_SENTENCES = 5
TAG = 3  # words; what is shorter is no ending at all
FEW_WORDS = 9  # of a last sentence that may be no ending
SLOW_START = 3  # sentences before the story
MANY_HEDGES, WORDS_A_HEDGE = 6, 60  # of so many, in so few words each, a listener takes note
EARLY = 3  # sentences
NEEDS_A_HEADLINE = 120  # words: less is over before anybody wonders where it goes
BRIEF_WORDS = 125  # in three minutes one says 400


def plain_drafts(told: Material) -> Iterator[Draft]:
    yield from _unknown_yet(told)
    yield from _size_word(told)
    yield from _we(told)
    yield from _sizeless(told)
    yield from _second_story(told)
    yield from _last_words(told)
    yield from _first_words(told)
    yield from _hedges(told)
    yield from _brief(told)
    yield from _lesson_used(told)
    if not says_it_first(told):
        if sum(len(text.split()) for text in told.sentences) >= NEEDS_A_HEADLINE:
            yield _headline(told)
    elif not told.figures:
        yield Draft("headline-figure", "metrics", 0, {}, 0.0, decides=0.02)


# "Gave to the operators": what was given is missing; "wrote an ad and nobody applied" goes on with somebody else.
_NOT_WHOLE = re.compile(
    r"^(?:gave|put|told|wrote|sent|offered) (?:to|for|at|by)\b|\band (?:for|nobody|they|he|she)\b"
)


def own_act(told: Material) -> Deed | None:
    """The candidate's own deed that says most of itself: one that took courage or made something."""
    asked = {i for p in told.annotation.principles if p.slug == told.asked for i in p.evidence}
    found = []
    for deed in sure_deeds(told):
        hard, large = (deed.verb in words("fix_words", key) for key in ("hard", "weighty"))
        weight = 2 * (deed.kind is not None) + 2 * hard + 2 * large + (deed.sentence in asked)
        told_whole = not _NOT_WHOLE.search(deed.said)
        strong = (hard or large or deed.kind) and deed.verb not in words("fix_words", "routine")
        if strong and told_whole:
            found.append((-weight, deed.sentence, deed))
    return min(found, key=lambda row: row[:2])[2] if found else None


def i_did(act: Deed | None) -> dict[str, str | None]:
    """ "I sat in the hall", as they say it, and "you sat in the hall"."""
    return {"i_did": f"I {act.said}", "you_did": f"you {act.did}", "said": act.said} if act else {}


def _unknown_yet(told: Material) -> Iterator[Draft]:
    """ "Ask me in spring", "I don't have the final number": what is not known cannot be asked for, its measure can."""
    waits, lost = _last_said(told, "unknown_yet"), _last_said(told, "number_unknown")
    if waits:
        yield Draft("unknown-yet", "metrics", waits[0], {"quote": waits[1]}, 3.0, decides=0.75)
    if lost:
        yield Draft("number-unknown", "metrics", lost[0], {"quote": lost[1]}, 3.0, decides=0.75)


def _last_said(told: Material, cue: str) -> tuple[int, str] | None:
    """Where words of this list are heard, once the story has begun."""
    for i in range(len(told.sentences) // 3, len(told.sentences)):
        found = pattern("wordcues", cue).search(told.sentences[i].replace("’", "'"))
        if found:
            return i, found[0].strip(" ,.")
    return None


def _size_word(told: Material) -> Iterator[Draft]:
    """ "A lot of complaints", "some big clients": many of what can be counted, and no count."""
    for i in [*told.lettered("R"), *reversed(told.lettered("SAL"))]:
        text = told.sentences[i]
        for found in pattern("wordcues", "size_words").finditer(text):
            after = found.end() + 1
            phrase = next((p for p in noun_phrases(text) if p.tokens[-1].start >= after), None)
            late = i in told.lettered("R") or i > len(told.sentences) * 2 // 3
            if (
                phrase is None
                or phrase.tokens[0].start > after
                or not _countable(phrase.tokens[-1].low, late)
            ):
                continue
            quote = text[found.start() : phrase.tokens[-1].end]
            fields = {"quote": quote[0].lower() + quote[1:], "counted": phrase.tokens[-1].low}
            yield Draft("size-word", "metrics", i, fields, 3.0, decides=0.5)
            return


def _countable(noun: str, places: bool = False) -> bool:
    """Whether one would ask how many: people, troubles, and places where a story ends."""
    one = singular_of(noun)
    many = plural_of(one) == noun and noun != one
    if many and places and noun in words("clauses", "group"):
        return True
    known = is_served(noun) or are_people(noun) or one in words("fix_words", "troubles")
    return many and (known or one in words("fix_words", "monthly"))


_BY_MYSELF = re.compile(r"(?i)\b(?:i personally|myself|on my own|by hand|i alone)\b")


def _we(told: Material) -> Iterator[Draft]:
    """How often "we" and "I" are said, counted as a listener would."""
    text = " ".join(told.sentences).replace("’", "'")
    we = len(re.findall(r"(?i)\bwe(?:'\w+)?\b", text))
    i = len(re.findall(r"(?<![\w.'-])[Ii](?:'\w+)?(?![\w.-])", text))
    if we < OFTEN_WE or we < MOSTLY_WE * i or len(told.annotation.reading.own) >= OWN_STEPS:
        return
    if any(_BY_MYSELF.search(told.sentences[at]) for at in told.annotation.reading.own):
        return  # one step is said to be the candidate's alone
    deed = next(iter(deeds_said(told, "we")), None)
    if deed is None and (we < VERY_OFTEN_WE or we < 2 * i):
        return  # a count by itself has to be a large one
    shared = told.telling("we")
    fields = {"we": str(we), "i": HOW_OFTEN.get(i, f"{i} times"), "we_did": deed.text if deed else None}
    fields["we_do"] = shared.text if shared and not deed and "," not in shared.text else None
    yield Draft("says-we", "ownership", deed.sentence if deed else None, fields, 4.0, decides=0.45)


def _sizeless(told: Material) -> Iterator[Draft]:
    """Not one number in all of it."""
    figures = [q for text in told.sentences for q in find_quantities(text) if abs(q.value) > SMALL]
    said = figures or told.says_any("counted") or told.says_any("unmeasured")
    if said or told.of_a_failure or not _gains(told) or len(told.sentences) < FEW_SENTENCES:
        return
    yield Draft("no-number", "metrics", None, i_did(own_act(told)), 3.0, decides=0.45)


def _gains(told: Material) -> bool:
    """Whether an outcome is claimed at all that a figure could show."""
    return any(pattern("fix_words", "outcome").search(told.sentences[i]) for i in told.lettered("R"))


def result_told(told: Material) -> tuple[Metric, str] | None:
    """The firmest result and the clause it is told in; None where its reading or its words are in doubt."""
    slips = {slip.sentence for slip in told.annotation.inconsistencies}
    sure = [m for m in told.annotation.results if is_sure(told, m) and m.sentence not in slips]
    for metric in sorted(sure, key=lambda m: (m.hedged, -_moved_by(m))):
        text = told.sentences[metric.sentence]
        quote = quotable(text, metric.text, LONG_QUOTE)
        if quote is None or metric.before is None or not _stands_alone(text, quote, metric.text):
            continue
        return metric, quote
    return None


def _moved_by(metric: Metric) -> float:
    """How far it went, as a share of where it was."""
    before, after = metric.before or 0.0, metric.after or 0.0
    return abs(after - before) / max(abs(before), abs(after), 1e-9)


def _stands_alone(text: str, quote: str, claim: str) -> bool:
    """Whether a clause can be said by itself: it begins where one does, holds the whole claim, and has its noun."""
    at = text.find(quote)
    opens = (
        at == 0 or text[:at].rstrip()[-1:] in ",;:." or text[:at].split()[-1].lower() in ("and", "so", "but")
    )
    pointing = re.match(r"(?i)(?:it|they|he|she|that|those|these|this)\b", quote)
    return opens and claim.strip(" ,.") in quote and not pointing


def is_sure(told: Material, metric: Metric) -> bool:
    """A result that stands among the results, and whose figures were said as they are read."""
    letters = told.annotation.star or ()
    text = told.sentences[metric.sentence]
    letter = letters[metric.sentence] if letters else "R"
    said = [abs(q.value) for q in find_quantities(text)]
    known = [v for v in (metric.before, metric.after) if v is not None]
    heard = all(any(abs(abs(v) - one) <= 0.011 * max(abs(v), one) for one in said) for v in known)
    moved = metric.before is None or bool(pattern("fix_words", "pair").search(text.replace("’", "'")))
    return letter == "R" and metric.mode == "done" and heard and moved and bool(known)


def _second_story(told: Material) -> Iterator[Draft]:
    """ "Now the other one": two stories, where one that is told whole counts for more."""
    found = _last_said(told, "second_story")
    if found and not pattern("fix_words", "asks_several").search(told.question):
        yield Draft("second-story", "structure", found[0], {"quote": found[1]}, 4.0, decides=0.45)


def _last_words(told: Material) -> Iterator[Draft]:
    """It ends on a word to the interviewer: "that's it, really", "does that answer it?"."""
    last = told.sentences[-1].strip()
    plain = last.replace("’", "'")
    imagined = any(
        check.kind == "hypothetical" for check in told.annotation.checks
    )  # nothing has changed yet
    tag = len(plain.split()) < TAG  # "Voilà"
    declined = any(check.kind in ("off-question", "no-substance") for check in told.annotation.checks)
    if (
        imagined
        or declined
        or tag
        or len(plain.split()) > FEW_WORDS
        or not pattern("wordcues", "no_ending").search(plain)
    ):
        return
    found = result_told(told)
    fields = {"quote": last.rstrip(" .?!"), "ending": within(found[1]) if found else None}
    yield Draft("last-words", "structure", len(told.sentences) - 1, fields, 4.0, decides=0.15)


def _first_words(told: Material) -> Iterator[Draft]:
    """Some sentences go by before there is a story."""
    star = told.annotation.star or ()
    begins = next((i for i, letter in enumerate(star) if letter != "O"), 0)
    if begins < SLOW_START:
        return
    text = told.sentences[begins]
    quote = quotable(text, re.split(r"[,;:.!?](?:\s|$)", text)[0], LONG_QUOTE)
    if quote:
        fields = {"count": str(begins), "quote": quote, "Quote": opened(quote)}
        yield Draft("first-words", "structure", begins, fields, 4.0, decides=0.1)


def _brief(told: Material) -> Iterator[Draft]:
    """Something was done, and told so shortly that most of the time that there is goes unused."""
    count = sum(len(text.split()) for text in told.sentences)
    imagined = any(check.kind == "hypothetical" for check in told.annotation.checks)
    if count <= BRIEF_WORDS and told.annotation.reading.own and not imagined and not told.annotation.results:
        yield Draft("brief", "structure", None, {"count": str(round(count, -1))}, 4.0, decides=0.3)


def _lesson_used(told: Material) -> Iterator[Draft]:
    """A lesson in so many words, and nothing that was done by it since."""
    found = closing_thought(told)
    if found and _is_clause(found[1]) and not told.says_any("acted_since"):
        yield Draft("lesson-used", "structure", found[0], {"lesson": found[1]}, 4.0, decides=0.15)


def _is_clause(thought: str) -> bool:
    """Whether it can follow "that": not "ask where it stands", not "the average, hides"."""
    return tagged(thought)[0].tag in ("DET", "POSS", "NOUN", "NAME", "PRON", "ADJ") and "," not in thought


def _hedges(told: Material) -> Iterator[Draft]:
    """How often what was done is taken back by half."""
    hedges = pattern("wordcues", "hedges")
    said = [found[0].lower() for text in told.sentences for found in hedges.finditer(text.replace("’", "'"))]
    kinds = list(dict.fromkeys(sorted(said, key=said.count, reverse=True)))
    spread = sum(len(text.split()) for text in told.sentences) / max(1, len(said))
    if len(said) >= MANY_HEDGES and spread <= WORDS_A_HEDGE and len(kinds) > 1:
        fields = {
            "hedge": kinds[0].replace("i ", "I "),
            "other": kinds[1].replace("i ", "I "),
            "count": str(len(said)),
        }
        yield Draft("hedges", "delivery", None, fields, 4.0, decides=0.3)


def says_it_first(told: Material) -> bool:
    """Whether the first sentence is the story in one: what the candidate brought about, or a deed with its result."""
    first = told.sentences[0].replace("’", "'")
    result = any(m.sentence == 0 for m in told.annotation.results)
    promised = any(pattern("wordcues", "summed_up").search(text) for text in told.sentences[:EARLY])
    in_one = pattern("fix_words", "in_one").search(first)
    return bool(in_one or promised or (result and 0 in told.annotation.reading.own))


def _headline(told: Material) -> Draft:
    """A story can always begin with itself in one sentence."""
    found = result_told(told)
    ending = within(found[1]) if found else None  # no deed: the one that brought it about can't be told
    return Draft("headline", "structure", 0, {"ending": ending, "ended": ending}, 0.0, decides=0.02)


def end_told(told: Material, since: int) -> dict[str, str | None]:
    """What came of it, where it is told from this sentence on, and the deed that can be said before it."""
    end = told.outcome_told
    if end is None or end.sentence < since:
        return {}
    came = told.inside(end)
    return {
        "came": came,
        "came_of_it": None if points_back(came) or told.of_a_failure else came,
        "my_deed": told.deed_before(end.sentence),
    }


__all__ = ["end_told", "i_did", "is_sure", "own_act", "plain_drafts", "result_told"]

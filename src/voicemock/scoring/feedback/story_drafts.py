"""What is missing in a story, apart from figures: whose deed it was, a customer, the principle, who was against it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicemock.scoring.feedback.asked_for import asked_for
from voicemock.scoring.feedback.asked_gaps import asked_gaps
from voicemock.scoring.feedback.deeds import told_plainly
from voicemock.scoring.feedback.draft import Draft
from voicemock.scoring.feedback.material import (
    ABOUT_PEOPLE,
    OWN,
    SHARED,
    Material,
    has_object,
    is_served,
    title,
)
from voicemock.scoring.feedback.metric_words import metric_fields
from voicemock.scoring.feedback.open_ends import open_ends
from voicemock.scoring.feedback.own_words import (
    ANYBODY,
    closing_thought,
    one_who_spoke,
    others_beside,
    places_named,
    turned_down,
)
from voicemock.scoring.feedback.plain_drafts import is_sure, own_act, plain_drafts
from voicemock.scoring.feedback.quoted_drafts import quoted_drafts
from voicemock.scoring.feedback.told_drafts import told_drafts
from voicemock.scoring.findings.customer_cues import has_customer
from voicemock.scoring.findings.ownership import admits_own_part, blames, influences, says_we_only
from voicemock.scoring.language.clauses import Act, Clause, acts_told
from voicemock.scoring.language.dictionary import with_article
from voicemock.scoring.language.phrases import NounPhrase, names_something, noun_phrases, opened
from voicemock.scoring.language.stems import stem
from voicemock.scoring.models.acts import acts_in
from voicemock.scoring.models.lexicon import lexicon, pattern, words
from voicemock.scoring.rubric.dimensions import MISSING_PART, missing_parts, quantified, structure

ONE_OF_THEM = frozenset({"survey"})  # the other sources are told without an article
PAIR = 2  # words of "the compliance"
SEEN = 0.25  # the chance from which a sentence may show a customer
RECITED = 3  # names of principles from which on it is a list
SOON = 4  # sentences after an objection, in which it is answered
OPENING = 3  # sentences
FOG = 0.5  # the share of deeds without an "I" from which a listener loses the candidate


def story_drafts(told: Material) -> Iterator[Draft]:
    yield from _blame(told)
    yield from _own_part(told)
    yield from _customer(told)
    yield from _principle(told)
    yield from _opposed(told)
    yield from _parts(told)
    yield from _choice(told)
    yield from _afterwards(told)
    yield from _gone(told)
    yield from _unopposed(told)
    yield from open_ends(told)
    yield from quoted_drafts(told)
    yield from asked_gaps(told)
    yield from told_drafts(told)
    yield from plain_drafts(told)


def _unopposed(told: Material) -> Iterator[Draft]:
    """Something that others had goes, and nobody has to agree."""
    if (
        told.says_any("opposed")
        or told.says_any("turned")
        or any(influences(text) for text in told.sentences)
    ):
        return
    for i in told.lettered("A"):
        act = next(
            (a for a in acts_told(told.sentences[i]) if a.verb in words("fix_words", "takes_away")), None
        )
        if act and told.annotation.results:
            yield Draft("nobody-objects", "ownership", i, {"did": act.did}, 4.0, decides=0.15)
            return


def _gone(told: Material) -> Iterator[Draft]:
    """Somebody whose trouble opens the story and who is not there at its end."""
    found = one_who_spoke(told)
    if found is not None and found[0] < OPENING and found[1] not in ANYBODY and told.annotation.results:
        yield Draft("person-gone", "customer", found[0], {"person": found[1]}, 4.0, decides=0.12)


def _blame(told: Material) -> Iterator[Draft]:
    found = [i for i, text in enumerate(told.sentences) if blames(text)]
    if len(found) >= 2 and not any(admits_own_part(text) for text in told.sentences):
        yield Draft("blame", "ownership", found[0], {"count": str(len(found))}, 3.5, decides=0.9)


def _own_part(told: Material) -> Iterator[Draft]:
    acts = told.lettered("A")
    fog = [i for i in acts if says_we_only(told.sentences[i])]
    if not fog or len(fog) < FOG * len(acts):
        return
    done = [(i, deed) for i in fog for deed in told.deeds(i, SHARED) if deed.to_do and is_plain(deed)]
    large = [
        pair for pair in done if pair[1].verb in words("fix_words", "weighty") - words("fix_words", "routine")
    ]
    if large and own_act(told) is None:
        sentence, deed = large[0]
        fields = {"deed": deed.told_to_you, "did": f"{deed.verb} {deed.rest}"}
        yield Draft("own-part", "ownership", sentence, fields, 4.0, decides=0.7)


def is_plain(deed: Clause) -> bool:
    """Whether it has a thing that it was done to, and can be understood by who hears it alone."""
    return has_object(deed) and told_plainly(Act(deed.verb, f"{deed.verb} {deed.rest}"))


def _customer(told: Material) -> Iterator[Draft]:
    if told.asked in ABOUT_PEOPLE:
        return
    signal = told.annotation.customer
    many, one = told.customers, told.customer
    act = told.act
    deed = told.done.told_to_you if told.done else None
    fields = {"customers": many, "customer": with_article(one) if one else None, "deed": deed}
    if act and act.verb in words("fix_words", "large"):
        fields["act"] = f"{act.verb} {act.rest}"  # what was built, one builds after having asked
    met = told.hears_somebody or told.others_speak
    if signal.signal == "none" and not met:
        if (
            any(has_customer(text) for text in told.sentences)
            or told.annotation.customer_chances.max(initial=0.0) >= SEEN
        ):
            yield Draft("customer-silent", "customer", told.first_with_customer, fields, 4.0, decides=0.45)
        elif not told.names_people:
            thing = told.product
            fields = {"thing": thing, "Thing": opened(thing), "deed": deed}
            yield Draft("customer-absent", "customer", 0, fields, 3.0, decides=0.6)
    elif signal.signal == "indirect" and not told.hears_somebody and not told.says_any("never_met"):
        source = _source(told, signal.sentence)
        if source is None and (many is None or met):
            return
        if source is None:
            yield Draft("customer-silent", "customer", told.first_with_customer, fields, 4.0, decides=0.45)
            return
        yield Draft(
            "customer-indirect",
            "customer",
            signal.sentence,
            {**fields, "source": source, "a_source": _one_of(source) if source else None},
            4.0,
            decides=0.45,
        )
    elif signal.signal == "direct" and signal.sentence is not None and not quantified(told.annotation):
        spoke = one_who_spoke(told, gone=False)
        if spoke and not told.says_any("counted_people"):
            fields["person"] = spoke[1]
            yield Draft("customer-uncounted", "customer", spoke[0], fields, 4.0, decides=0.25)


def _one_of(source: str) -> str:
    """ "tickets", "a survey"."""
    return with_article(source) if source in ONE_OF_THEM else source


def _source(told: Material, sentence: int | None) -> str | None:
    """ "tickets", "a survey": by what the candidate knows of customers."""
    if sentence is None:
        return None
    found = pattern("fix_words", "source").search(told.sentences[sentence])
    return found[0].lower() if found else None


def _principle(told: Material) -> Iterator[Draft]:
    annotation = told.annotation
    if annotation.round == "portfolio":
        named = [p for p in annotation.principles if p.named]
        if len(named) >= RECITED:
            at = named[0].evidence[0] if named[0].evidence else None
            yield Draft("recitation", "principle", at, {"count": _count(len(named))}, 3.5, decides=0.6)
        return
    named = [p for p in annotation.principles if p.named]
    if len(named) > RECITED:
        at = named[-1].evidence[0] if named[-1].evidence else None
        yield Draft("recitation", "principle", at, {"count": _count(len(named))}, 3.5, decides=0.8)
        return
    asked = told.asked
    for each in sorted(annotation.principles, key=lambda p: p.slug != asked):
        asked_by_name = title(each.slug).lower() in told.question.lower()  # and then said back
        if each.named and not each.demonstrated and asked in (None, each.slug) and not asked_by_name:
            at = each.evidence[0] if each.evidence else None
            yield Draft("named-only", "principle", at, {"principle": title(each.slug)}, 3.5, decides=0.4)
            return
        if each.demonstrated and not each.named and each.slug == asked:
            yield from _call_it(told, each.slug)
            return


def _call_it(told: Material, slug: str) -> Iterator[Draft]:
    """Shown and never called by its name: the candidate's own closing thought with the name in half a clause."""
    found = closing_thought(told)
    circular = found is not None and set(_stems(lexicon("fix_words")["halves"][slug])) & set(_stems(found[1]))
    if found is not None and told.annotation.results and not circular:
        fields = {"half": lexicon("fix_words")["halves"][slug], "closing": found[1]}
        yield Draft("unnamed", "principle", found[0], fields, 4.0, decides=0.1)


def _stems(text: str) -> list[str]:
    """Of its longer words: "developing people" is said again by "developing people is half the job"."""
    return [stem(word) for word in re.findall(r"[a-z]{5,}", text.lower())]


def _opposed(told: Material) -> Iterator[Draft]:
    """Somebody was against it, and nothing says what turned them."""
    found = opponent(told, turned=False)
    if found and _answered(told, found[0]):
        return
    imagined = any(check.kind == "hypothetical" for check in told.annotation.checks)
    if found is not None and not imagined:
        who = found[1]
        yield Draft("opposed", "ownership", found[0], {"who": who, "Who": opened(who)}, 4.0, decides=0.45)


def _answered(told: Material, objection: int) -> bool:
    """Whether it is told, soon after, what was done about an objection."""
    soon = told.sentences[objection + 1 : objection + SOON]
    acts = (act for text in soon for act in acts_in(text) if act.actor in ("I", "we") and act.deed)
    return any(act.verb in words("fix_words", "met") | words("fix_words", "answered") for act in acts)


def opponent(told: Material, turned: bool) -> tuple[int, str] | None:
    """Who was against it, and in which sentence: the first whom something `turned`, or nothing did."""
    for i, text in enumerate(told.sentences):
        found = pattern("wordcues", "opposed").search(text.replace("’", "'"))
        if not found:
            continue
        near = told.sentences[i:]
        answered = any(pattern("wordcues", "turned").search(t.replace("’", "'")) for t in near)
        who = _before(text, found.start())
        if who and answered == turned:
            return i, who
    return None


def _before(text: str, at: int) -> str | None:
    """The noun phrase that stands right before this place: who it was."""
    for phrase in noun_phrases(text):
        if not _somebody(phrase):
            continue
        gap = text[phrase.tokens[-1].end : at]
        if (
            phrase.tokens[-1].end <= at
            and len(gap.split()) <= 1
            and "," not in gap
            and names_something(phrase)
        ):
            if phrase.head.low in words("fix_words", "departments") and len(phrase.tokens) == PAIR:
                return phrase.head.text
            return phrase.inside
    return None


def _somebody(phrase: NounPhrase) -> bool:
    """A person, a role, a team: who can be against something."""
    head = phrase.head.low
    named = phrase.head.tag == "NAME" and len(phrase.tokens) == 1
    if named or is_served(head) or head in words("fix_words", "people"):
        return True
    return bool(pattern("customer", "colleague").search(phrase.text))


def _parts(told: Material) -> Iterator[Draft]:
    missing = missing_parts(told.annotation)
    reading = told.annotation.reading
    if {"A", "R"}.issubset(missing) and not (reading.own or reading.group or told.of_a_failure):
        yield Draft("no-story", "structure", 0, asked_fields(told), 4.0, decides=1.0)
        return
    value = structure(told.annotation).value_or_lowest
    aims = told.says_any("goal") or any(m.role == "target" for m in told.annotation.metrics)
    if "T" in missing and not aims:
        yield from _no_goal(told, value + MISSING_PART["T"])
    if "A" in missing:
        yield Draft("no-action", "structure", None, {}, value + MISSING_PART["A"], decides=0.8)
    if "L" in missing and not told.of_a_failure and not told.says_any("learned"):
        fields = {"to_do": told.act.to_do} if told.act else {}
        yield Draft(
            "no-lesson", "structure", len(told.sentences) - 1, fields, value + MISSING_PART["L"], decides=0.1
        )


def _no_goal(told: Material, value: float) -> Iterator[Draft]:
    """A result, and nothing that says what had been set out to reach: only where the measure has a name."""
    named = (
        m for m in told.annotation.results if m.before is not None and told.measure(m) and is_sure(told, m)
    )
    found = next(named, None)
    if found is None:
        return
    fields = metric_fields(told, found)
    falls = (found.after or 0.0) < (found.before or 0.0)
    fields["hole_below"] = fields["hole"] if falls and told.act else None
    fields["deed"] = told.act.told_to_you if told.act else None
    yield Draft("no-goal", "structure", found.sentence, fields, value, decides=0.1)


def asked_fields(told: Material) -> dict[str, str | None]:
    """What the question asked for, as it is said back and as the candidate would begin."""
    asked = asked_for(told.question)
    return {"asked": asked.you, "asked_i": asked.i} if asked else {}


def _choice(told: Material) -> Iterator[Draft]:
    """Deeds without a choice: nothing else was weighed."""
    acts = told.lettered("A")
    other = turned_down(told)
    if other is not None and told.annotation.results and not told.says_any("price") and told.act:
        name = other[1]
        doing = told.act.doing
        fields = {"alternative": name, "Alternative": opened(name), "to_do": told.act.to_do}
        fields["Doing"] = opened(doing)
        yield Draft("alternative-cost", "ownership", other[0], fields, 4.0, decides=0.2)
    if not acts or told.of_a_failure or told.says_any("alternative"):
        return
    done = told.act
    if done is None or done.verb not in words("fix_words", "chosen") - words("fix_words", "routine"):
        return
    at = next((i for i in acts if done in told.deeds(i, OWN)), acts[0])
    yield Draft(
        "no-choice", "ownership", at, {"to_do": done.to_do, "deed": done.told_to_you}, 4.0, decides=0.3
    )


def _afterwards(told: Material) -> Iterator[Draft]:
    """A first place that worked, and no word on the others."""
    at = told.first_with("pilot")
    if told.of_a_failure or not told.annotation.results:
        return
    if at is not None and not told.says_any("spread", at + 1):
        moved = next((m for m in told.annotation.results if m.before is not None), None)
        fields = metric_fields(told, moved) if moved else {}
        places = places_named(told)
        fields |= {
            "others": others_beside(told),
            "places": places,
            "plural": places.split()[-1] if places else None,
        }
        yield Draft("afterwards", "metrics", len(told.sentences) - 1, fields, 4.0, decides=0.2)


def _count(number: int) -> str:
    named = lexicon("fix_words")["counts"]
    return named[number] if number < len(named) else str(number)

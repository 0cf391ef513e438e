"""What is missing from an answer so far (rubric section 7): one function a kind, each looking at the last
sentence.

Each is narrow on purpose. A question about something that was said a moment ago makes an interviewer look
deaf, so a
gap counts only where nothing nearby fills it.
"""

from __future__ import annotations

from voicemock.scoring.feedback.material import OWN, SHARED, Material, is_served
from voicemock.scoring.feedback.story_drafts import ABOUT_PEOPLE
from voicemock.scoring.feedback.vague_drafts import happened, made_in
from voicemock.scoring.feedback.vague_subject import of_one, quotable, subject_of
from voicemock.scoring.findings.customer import DIRECT, INDIRECT
from voicemock.scoring.findings.customer_cues import customer_cue
from voicemock.scoring.findings.ownership import admits_own_part, blames, chooses_without_reason, says_we_only
from voicemock.scoring.gaps.gap import Detector, Gap
from voicemock.scoring.gaps.heard import last, letter, names_customer, says
from voicemock.scoring.gaps.numbers import attribution, baseline, false_sum, goal_missed, hedged, so_what
from voicemock.scoring.language.clauses import Clause, to_you
from voicemock.scoring.language.dictionary import with_article
from voicemock.scoring.language.phrases import names_something, noun_phrases, opened
from voicemock.scoring.models.lexicon import lexicon, pattern, words

SURE, UNSURE = 0.6, 0.25  # chances from which a thing was said, and under which it was not
SETTLED, SETTLED_WORDS = 4, 75  # sentences and words of a story: by then it has said whom it is about
PROPOSAL_ENDS = 7  # from the eighth sentence on, a proposal tells outcomes
BARE_CHOICE_WORDS = 16
WORK_WORDS = 5  # of what was worked on, so that a question with it stays short
RECITED = 4  # names of principles from which on it is a list


def customer_seen(told: Material) -> bool:
    """Whether a customer came up: by word, by what a sentence shows people doing, by what sentences look like."""
    annotation = told.annotation
    if any(names_customer(text) or _people_in(text) or _calls(text) for text in annotation.sentences):
        return True
    return bool(annotation.customer_chances.max(initial=0.0) >= UNSURE)


def _people_in(text: str) -> bool:
    """ "Cyclists could not tell": a plural that does what only people do, and no team of ours."""
    plain = text.replace("’", "'")
    for phrase in noun_phrases(plain):
        after = plain[phrase.tokens[-1].end :].lstrip()
        acts = pattern("wordcues", "as_people").match(after)
        if (
            acts
            and phrase.plural
            and names_something(phrase)
            and not pattern("customer", "colleague").search(phrase.text)
        ):
            return phrase.head.low not in words("fix_words", "people")
    return False


def customer_impact(told: Material) -> Gap | None:
    """Story after story sentence about product, team or plan, and no customer. Not where people are the subject."""
    annotation = told.annotation
    told_so_far = [
        t for t, star in zip(annotation.sentences, annotation.star or (), strict=False) if star in "STAR"
    ]
    settled = len(told_so_far) >= SETTLED and sum(len(t.split()) for t in told_so_far) >= SETTLED_WORDS
    if not annotation.is_story or not settled or letter(annotation) in "LO":
        return None
    if "A" not in (annotation.star or ()):
        return None  # so far it is how things stood: whom it was for may come with what was done
    if annotation.principle in ABOUT_PEOPLE or customer_seen(told):
        return None
    return Gap("customer-impact", {"thing": told.product, **_work(told)})


def _calls(text: str) -> bool:
    """ "I called the bride": somebody met who is no colleague."""
    plain = text.replace("’", "'")
    met = pattern("wordcues", "calls").search(plain)
    return bool(met) and not pattern("customer", "colleague").search(plain)


def customer_voice(told: Material) -> Gap | None:
    """Customers are known second hand only, and the candidate is past the set-up, where a visit could still come."""
    annotation = told.annotation
    chances = annotation.customer_chances
    if last(annotation) < SETTLED or letter(annotation) not in "AR":
        return None
    if chances[:, DIRECT].max() >= UNSURE or any(customer_cue(t) == "direct" for t in annotation.sentences):
        return None
    if chances[:, INDIRECT].max() < SURE:
        return None
    heard = annotation.sentences[int(chances[:, INDIRECT].argmax())]
    source = pattern("fix_words", "source").search(heard)
    one = told.customer
    return Gap(
        "customer-voice",
        {
            "source": source[0].lower() if source else None,
            "customers": told.customers,
            "customer": one,
            "a_customer": with_article(one) if one else None,
            **_work(told),
        },
    )


def _work(told: Material) -> dict[str, str | None]:
    """What the last deed was done to, by its name: "the microservices approach"."""
    for i in reversed(told.lettered("TA")):
        for deed in told.deeds(i, OWN | SHARED):
            if deed.verb not in words("fix_words", "makes"):
                continue
            phrase = next((p for p in noun_phrases(deed.rest) if p.first == 0), None)
            first = phrase.tokens[0] if phrase else None
            if (
                phrase is None
                or first is None
                or not names_something(phrase)
                or len(phrase.tokens) > WORK_WORDS
            ):
                continue
            named = not phrase.plural and first.low in ("a", "an", "the") and len(phrase.tokens) > 1
            if (
                named
                and not pattern("customer", "colleague").search(phrase.text)
                and not is_served(phrase.head.low)
                and phrase.head.low not in words("fix_words", "papers")
            ):
                work = f"the {phrase.bare}"
                return {"work": work, "Work": opened(work)}
    return {}


def exact_number(told: Material) -> Gap | None:
    """A vague claim in a result, or of an outcome told late in a proposal, that has a subject to ask about."""
    annotation = told.annotation
    here = last(annotation)
    vague = [
        v
        for v in annotation.vague
        if v.sentence == here and not pattern("fix_words", "no_outcome").search(v.text)
    ]
    vague = [v for v in vague if not pattern("fix_words", "hoped").search(v.text) and not of_one(v.text)]
    if any(m.sentence == here and m.before is not None for m in annotation.metrics):
        return None
    if annotation.is_story:
        due = letter(annotation) == "R"
    else:
        vague = [v for v in vague if happened(annotation.sentences[here], v.text)]
        due = here >= PROPOSAL_ENDS
    if not vague or not due or told.says_any("unmeasured"):
        return None
    found = [
        (subject_of(annotation.sentences[here], v.text), quotable(annotation.sentences[here], v.text))
        for v in vague
    ]
    subject, quote = max(found, key=lambda pair: (pair[0] is not None, pair[1] is not None))
    if subject is None and quote is None:
        return None  # nothing to name: a question about "that" is one that anybody can dodge
    said_back = opened(to_you(quote)) if quote else None
    if subject is None:
        return Gap("exact-number", {"customers": told.customers, "claim": said_back})
    made = subject.sort == "thing" and made_in(told, subject.phrase)
    fields = {
        "customers": told.customers,
        f"claim_{'made' if made else subject.sort}": said_back,
        subject.sort if made or subject.sort != "thing" else "said_of": subject.fields["subject"],
    }
    return Gap("exact-number", {**fields, "many": subject.fields["many"]})


def why_this(told: Material) -> Gap | None:
    """A bare choice: a short sentence of action that decides, with no reason in it or before it."""
    annotation = told.annotation
    here = last(annotation)
    text = annotation.sentences[here]
    if (
        letter(annotation) != "A"
        or len(text.split()) > BARE_CHOICE_WORDS
        or not says(annotation, "decided", here)
    ):
        return None
    return Gap("why-this", _deed(told, here)) if chooses_without_reason(text) else None


def _deed(told: Material, at: int) -> dict[str, str | None]:
    deed: Clause | None = next((d for d in told.deeds(at, OWN | SHARED) if d.to_do), None)
    if deed is None:
        return {}
    return {
        "deed": deed.told_to_you,
        "Deed": opened(deed.told_to_you),
        "Doing": opened(deed.doing or ""),
        "to_do": to_you(deed.to_do or ""),
    }


def your_part(told: Material) -> Gap | None:
    """The last two action sentences, this one among them, say "we" and never "I"."""
    annotation = told.annotation
    if letter(annotation) != "A" or annotation.star is None:
        return None
    actions = [i for i, star in enumerate(annotation.star) if star == "A"]
    foggy = [says_we_only(annotation.sentences[i]) for i in actions]
    if len(actions) < 2 or not all(foggy[-2:]) or sum(foggy) * 2 < len(foggy):
        return None
    here = told.deeds(actions[-1], SHARED) or told.deeds(actions[-2], SHARED)
    if not here:
        return None
    return Gap("your-part", _deed(told, actions[-1]) or _deed(told, actions[-2]))


def blame(told: Material) -> Gap | None:
    texts = told.sentences
    if not told.annotation.is_story or any(admits_own_part(t) for t in texts) or sum(map(blames, texts)) < 2:
        return None
    return Gap("blame") if blames(texts[-1]) else None


def recitation(told: Material) -> Gap | None:
    """A fourth principle is named, and what was named is not shown."""
    annotation = told.annotation
    names = {slug for slug, at in annotation.named.items() if at}
    here = any(last(annotation) in at for at in annotation.named.values())
    if not annotation.is_story or len(names) < RECITED or not here:
        return None
    return Gap("recitation", {"count": opened(lexicon("fix_words")["counts"][min(len(names), 16)].lower())})


STORY: tuple[Detector, ...] = (
    false_sum, goal_missed, exact_number, hedged, attribution, baseline, so_what, recitation, blame, your_part,
    customer_voice, why_this, customer_impact,
)  # fmt: skip

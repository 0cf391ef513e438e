"""What is missing from an answer so far (rubric section 7): one function a kind, each looking at the last
sentence.

Each is narrow on purpose. A question about something that was said a moment ago makes an interviewer look
deaf, so a
gap counts only where nothing nearby fills it.
"""

from __future__ import annotations

import re

from voicemock.scoring.feedback.material import SHARED, TWICE, Material
from voicemock.scoring.feedback.open_ends import lists_failures, names_another, should_have
from voicemock.scoring.feedback.vague_drafts import happened
from voicemock.scoring.feedback.vague_subject import claims_an_outcome, moved_claim, quotable, subject_of
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.findings.ownership import (
    admits_own_part,
    blames,
    chooses_without_reason,
    says_we_only,
    voice_of,
)
from voicemock.scoring.findings.substance import emptiness
from voicemock.scoring.gaps.deeds import deed_at, deed_fields, is_a_call, to_do_fields, undoes, we_did
from voicemock.scoring.gaps.fared import fared
from voicemock.scoring.gaps.gap import Detector, Gap
from voicemock.scoring.gaps.heard import last, letter, said, says
from voicemock.scoring.gaps.numbers import attribution, baseline, false_sum, goal_missed, hedged, so_what
from voicemock.scoring.gaps.served import about_colleagues, customer_impact, customer_voice, reach
from voicemock.scoring.language.clauses import to_you
from voicemock.scoring.language.phrases import NounPhrase, opened
from voicemock.scoring.models.lexicon import lexicon, pattern, words

PROPOSAL_ENDS = 7  # from the eighth sentence on, a proposal tells outcomes
SHORT_CHOICE_WORDS, BARE_CHOICE_WORDS = 16, 24
OTHERS_DEEDS = 3  # sentences
A_BEGINNING, SURELY = 60, 0.8  # words, and the chance from which they are empty
A_SETTING = 170  # words: more than a minute
A_START, TALK = 7, 110  # sentences and words by which a story has begun
SELDOM = 0.2  # of the sentences
HEARD_OUT = 5  # sentences before it is asked whose doing it is
LATELY = 4  # sentences
FOG, THICK_FOG = 3, 5  # sentences of action by "we", from which on nobody knows who did what
RECITED = 4  # names of principles from which on it is a list


def result_now(told: Material) -> Gap | None:
    """Time runs out, and nothing said so far is an end: no outcome, no figure of one, no word that it is still open."""
    annotation = told.annotation
    if not annotation.is_story or "R" in (annotation.star or ()) or letter(annotation) == "L":
        return None
    if annotation.results or said(annotation, "ended") or said(annotation, "undecided"):
        return None
    if any(m.before is not None and m.sentence >= last(annotation) - 1 for m in annotation.metrics):
        return None  # "what took them an hour they do in fifteen minutes" was just said
    deed = deed_at(told, last(annotation))  # what was done before has moved on
    return Gap("result-now", {"thing": told.product, **deed_fields(deed)})


def exact_number(told: Material) -> Gap | None:
    """A vague claim in a result, or of an outcome told late in a proposal, that has a subject to ask about."""
    annotation = told.annotation
    here = last(annotation)
    text = annotation.sentences[here]
    vague = [v for v in annotation.plainly_vague if v.sentence == here and claims_an_outcome(text, v.text)]
    if any(m.sentence == here and m.before is not None for m in annotation.metrics):
        return None
    if annotation.is_story:
        due = letter(annotation) in "STAR"  # what is no outcome was not found to claim one
    else:
        vague = [v for v in vague if happened(text, v.text)]
        due = here >= PROPOSAL_ENDS
    if not due or told.says_any("unmeasured", max(0, here - 1)):
        return None
    if not vague:
        return _soared(told) if annotation.is_story else None
    moved = moved_claim(text)
    if moved is not None and not says(annotation, "last_seen", here):
        # How far something went up or down is asked before how anybody liked it.
        return Gap("exact-number", {"claim_measure": opened(to_you(moved))})
    found = [(subject_of(text, v.text), quotable(text, v.text)) for v in vague if not _of_oneself(v.text)]
    if not found:
        return None
    subject, quote = max(found, key=lambda pair: (pair[0] is not None, pair[1] is not None))
    if subject is not None and subject.is_one_person:
        return None  # no number stands behind how one of them felt
    if subject is None and quote is None:
        return None  # nothing to name: a question about "that" is one that anybody can dodge
    said_back = opened(to_you(quote)) if quote else None
    if quote and pattern("gaps", "reported").search(quote):  # it is not the candidate who says so
        figured = any(m.sentence >= here - 1 and m.role == "result" for m in annotation.metrics)
        return None if figured else Gap("exact-number", {"claim_praise": said_back})
    if subject is not None and subject.phrase.head.low in words("gaps", "bonds"):
        return Gap("exact-number", {"claim_bond": said_back})
    if says(annotation, "last_seen", here):
        return Gap("exact-number", {"claim_unknown": said_back})
    if subject is None:
        return Gap("exact-number", {"customers": told.customers, "claim": said_back})
    made = subject.sort == "thing" and _made_in(told, subject.phrase)
    fields = {
        "customers": told.customers,
        f"claim_{'made' if made else subject.sort}": said_back,
        subject.sort if made or subject.sort != "thing" else "said_of": subject.fields["subject"],
    }
    return Gap("exact-number", {**fields, "many": subject.fields["many"]})


def _made_in(told: Material, phrase: NounPhrase) -> bool:
    """Whether this is a thing that came into the story by what was done, so that somebody can use it."""
    head = re.compile(rf"(?i)\b{re.escape(phrase.head.low)}\b")
    set_up = any(head.search(told.sentences[i]) for i in told.lettered("ST"))
    acted = any(head.search(told.sentences[i]) for i in told.lettered("A"))
    return not phrase.plural and not set_up and acted


def _of_oneself(claim: str) -> bool:
    """ "It made me much more independent": no figure stands behind that."""
    return bool(re.search(r"(?i)\b(?:me|myself)\b", claim))


def _soared(told: Material) -> Gap | None:
    """ "It went through the roof", with no figure in the sentence."""
    here, text = last(told.annotation), told.sentences[-1]
    found = pattern("gaps", "soared").search(text.replace("’", "'").rstrip(".!"))
    if found is None or here < HEARD_OUT - 1 or any(m.sentence == here for m in told.annotation.metrics):
        return None
    quote = quotable(text, found[0])
    return Gap("exact-number", {"claim": opened(to_you(quote))}) if quote else None


def why_this(told: Material) -> Gap | None:
    """A bare choice: a sentence of action that decides something which could have been left, with no reason in it."""
    annotation = told.annotation
    here = last(annotation)
    text = annotation.sentences[here]
    if letter(annotation) != "A" or len(text.split()) > BARE_CHOICE_WORDS:
        return None
    deed = deed_at(told, here)
    short = len(text.split()) <= SHORT_CHOICE_WORDS
    before = annotation.sentences[here - 1].replace("’", "'") if here else ""
    weighed = pattern("ownership", "other_way").search(before)
    if short and not weighed and says(annotation, "decided", here) and chooses_without_reason(text):
        return Gap("why-this", to_do_fields(deed))
    called = deed is not None and undoes(deed) and len(told.sentences) >= HEARD_OUT
    near = [each.replace("’", "'") for each in annotation.sentences[max(0, here - 1) :]]
    reason = pattern("ownership", "reason")
    if not called or any(reason.search(each) for each in near) or told.says_any("obvious", max(0, here - 2)):
        return None  # what else there was to do is told as well
    return Gap("why-this", to_do_fields(deed))


def your_part(told: Material) -> Gap | None:
    """This sentence says what "we" did, and for some sentences now nobody has heard what "I" did."""
    annotation = told.annotation
    if not annotation.is_story or letter(annotation) not in "STAR" or not says_we_only(told.sentences[-1]):
        return None
    foggy = sum(says_we_only(text) for text in told.sentences)
    if len(told.sentences) < HEARD_OUT or foggy < TWICE or _acts_lately(annotation):
        return None
    if pattern("gaps", "whose").search(told.sentences[-1].replace("’", "'")):
        return None  # it was just said whose call it was
    if said(annotation, "my_part"):
        return None
    here = deed_at(told, last(annotation), SHARED)  # what was done some sentences ago has moved on
    if here is not None and is_a_call(here) and letter(annotation) in "STA":
        return Gap("your-part", {"Choice": deed_fields(here).get("Choice")})
    return Gap("your-part", {"others": "your team"}) if _fog(annotation) else None


def _acts_lately(annotation: Annotation, but: int = -1) -> bool:
    """Whether the candidate did something in the last sentences, or mostly does what is done, one sentence aside."""
    own, group = [i for i in annotation.reading.own if i != but], annotation.reading.group
    return any(i > last(annotation) - LATELY for i in own) or len(own) > TWICE * len(group)


def _fog(annotation: Annotation) -> bool:
    """Sentence after sentence tells what "we" did, the last one too, and hardly any what "I" did."""
    group, own = annotation.reading.group, annotation.reading.own
    least = FOG if letter(annotation) == "A" else THICK_FOG
    acted = sum(annotation.star[i] == "A" for i in group) if annotation.star else 0
    if not own and acted >= TWICE and annotation.reading.words >= A_SETTING:
        least = TWICE  # two steps of action in more than a minute, and none of one's own
    return len(group) >= least and len(own) * TWICE <= len(group) and we_did(annotation.sentences[-1])


def no_story(told: Material) -> Gap | None:
    """One time was asked for, and so far it is what one would do, or what one does as a rule: nobody did anything."""
    annotation = told.annotation
    if not annotation.is_story or not pattern("gaps", "asks_for_once").search(told.question):
        return None
    reading, here = annotation.reading, last(annotation)
    imagined = any(says(annotation, "imagined", i) for i in range(max(0, here - 1), here + 1))
    if imagined and said(annotation, "imagined") >= TWICE and reading.share(reading.own) <= SELDOM:
        return Gap("hypothetical")
    nobody = not (reading.own or reading.group or reading.present or reading.other or annotation.metrics)
    general = (here in reading.usual or letter(annotation) == "L") and not said(annotation, "undecided")
    return (
        Gap("no-action")
        if nobody and general and reading.count >= A_START and reading.words >= TALK
        else None
    )


def nothing_done(told: Material) -> Gap | None:
    """It was asked what the candidate did, and for more than a minute all that was told is how things stood."""
    annotation = told.annotation
    reading, asks = annotation.reading, pattern("gaps", "asks_for_deeds").search(told.question)
    if not annotation.is_story or not (asks or pattern("gaps", "asks_for_once").search(told.question)):
        return None
    acted = (
        reading.own or reading.group or said(annotation, "i_did") or {"A", "R"} & set(annotation.star or ())
    )
    begins = last(annotation) in reading.present  # "I don't teach much at first, I just see where we are"
    if acted or begins or reading.words < A_SETTING or said(annotation, "undecided"):
        return None
    setting = 2 * (annotation.star or ()).count("S") >= len(told.sentences)  # advice is no background
    return Gap("no-action", {"background": "the background"} if setting else {})


def no_world(told: Material) -> Gap | None:
    """Words that could stand in any story: no product, place or moment that a listener could name."""
    annotation = told.annotation
    begun = len(told.sentences) >= HEARD_OUT - 1 and annotation.reading.words >= A_BEGINNING
    if not annotation.is_story or annotation.empty is None or not begun:
        return None
    return Gap("no-substance") if emptiness(annotation.empty, annotation.reading) >= SURELY else None


def bystander(told: Material) -> Gap | None:
    """Deed after deed by him, her and them, and none of the candidate's own."""
    annotation = told.annotation
    if not annotation.is_story or len(told.sentences) < HEARD_OUT or about_colleagues(told, story=False):
        return None
    others = said(annotation, "others_act")
    if others < OTHERS_DEEDS or voice_of(told.sentences).i or voice_of(told.sentences).we > others:
        return None
    return (
        Gap("your-part", {"others": "others"}) if says(annotation, "others_act", last(annotation)) else None
    )


def looked_on(told: Material) -> Gap | None:
    """The candidate says to have been away, or beside it, and tells no deed of their own around that."""
    annotation = told.annotation
    if not annotation.is_story or len(told.sentences) < HEARD_OUT or letter(annotation) == "O":
        return None
    if not says(annotation, "beside_it", last(annotation)) or _acts_lately(annotation, last(annotation)):
        return None  # "I gave some input" is told as a deed, and is none
    return Gap("your-part", {"others": "others"})


def one_of_many(told: Material) -> Gap | None:
    """One failure was asked for, and another one has just been named."""
    if not told.annotation.is_story or not lists_failures(told) or not names_another(told.sentences[-1]):
        return None
    return Gap("your-part", {"several": "those failures"})


def hindsight(told: Material) -> Gap | None:
    """What the team ought to have done was just said, by one who has done nothing in the sentences before."""
    annotation = told.annotation
    found = should_have(told) if annotation.is_story and len(told.sentences) >= HEARD_OUT else None
    if found is None or found[0] != last(annotation) or _acts_lately(annotation):
        return None
    ours = pattern("gaps", "ours_to_do").match(found[1].replace("’", "'"))
    return Gap("your-part", {"ought": opened(to_you(found[1]))}) if ours else None


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
    false_sum, goal_missed, fared, exact_number, hedged, attribution, baseline, so_what, recitation, blame, no_story,
    no_world, nothing_done, reach, bystander, your_part, one_of_many, looked_on, hindsight, customer_voice, why_this,
    customer_impact,
)  # fmt: skip

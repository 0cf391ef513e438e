"""The six dimensions of a story, each 1 to 4 with the reasons for it (rubric section 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from voicemock.rounds import FILLERS_PER_MIN, HIGHEST, LOWEST, PACE_WPM
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.findings.customer_cues import counts_contact, has_customer
from voicemock.scoring.findings.ownership import admits_own_part, blames, decides, holds, influences, voice_of
from voicemock.scoring.findings.principles import Told, likely_shown, plainly_shown
from voicemock.scoring.model import Metric
from voicemock.scoring.models.acts import own_acts
from voicemock.scoring.models.lexicon import pattern
from voicemock.scoring.rubric.delivery import Delivery

MISSING_PART = {
    "S": 0.4,
    "T": 0.4,
    "A": 1.0,
    "R": 1.0,
    "L": 0.4,
}  # taken off when no sentence is of this letter
PART_NAMES = {"S": "situation", "T": "task", "A": "action", "R": "result", "L": "learning"}
ACTION_SHARE = (0.40, 0.65)  # of the words (rubric section 3)
ACTION_SLACK = 0.12  # a share this far outside costs a little, further outside more
LIST_OF_JOBS = 3
LATE_ACT = 0.6  # of the words, before anything is done
RAMBLING_SHARE = 0.25  # of the words in no part of a story
GOOD_I_SHARE = 0.6  # of "I" and "we" in action sentences (rubric section 3)
SHOWN = (3.5, 4.0)  # not named, named
ASKED_FOR = (3.0, 3.7)  # the story shows it to whoever knows that it was asked for
HARDLY_SHOWN = (2.7, 3.5)  # and hardly to them
ADMITTED = 1.5  # no act, but "it was my project, and my mistake"
RECITATION = 3  # names in one answer
SHORT_SHARE, LONG_SHARE = 0.6, 1.25  # of the target time


@dataclass(frozen=True)
class Dimension:
    """A value from 1 to 4, None where it can't be judged, and why, in words."""

    value: float | None
    why: tuple[str, ...]

    @property
    def value_or_lowest(self) -> float:
        return LOWEST if self.value is None else self.value


def bounded(value: float) -> float:
    return round(min(max(value, LOWEST), HIGHEST), 1)


def structure(annotation: Annotation) -> Dimension:
    shares = word_shares(annotation)
    missing = missing_parts(annotation)
    if annotation.brief:
        return brief_structure(annotation)
    why = [f"no {PART_NAMES[letter]}" for letter in missing]
    value = HIGHEST - sum(MISSING_PART[letter] for letter in missing)
    low, high = ACTION_SHARE
    action = shares.get("A", 0.0)
    off = max(low - action, action - high, 0.0)
    if off and action:
        value -= 0.3 if off <= ACTION_SLACK else 0.6
        why.append(f"action is {action:.0%} of the words, {low:.0%} to {high:.0%} is good")
    if shares.get("O", 0.0) > RAMBLING_SHARE:
        value -= 0.6
        why.append(f"{shares['O']:.0%} of the words belong to no part of a story")
    for costs, reason in flaws_of_the_story(annotation):
        value -= costs
        why.append(reason)
    return Dimension(bounded(value), tuple(why) or ("all parts, in proportion",))


def brief_structure(annotation: Annotation) -> Dimension:
    """In a few sentences act and result are what counts, and one clause may hold each of them."""
    acts = sum(own_acts(text) for text in annotation.sentences)
    value, why = HIGHEST, []
    if not acts:
        value -= 1.5
        why.append("no act of yours")
    if not annotation.results:
        value -= 1.0 if _has(annotation, "target") or "R" in (annotation.star or ()) else 1.5
        why.append("no result")
    if len(annotation.sentences) == 1:
        value -= 0.3
        why.append("one sentence")
    return Dimension(bounded(value), tuple(why) or ("act and result, in few words",))


def flaws_of_the_story(annotation: Annotation) -> Iterator[tuple[float, str]]:
    """What a listener stumbles over although all letters are there: what each costs, and why."""
    star, sentences = annotation.star or (), annotation.sentences
    jobs = sum(bool(pattern("story", "job").search(text)) for text in sentences)
    if jobs >= LIST_OF_JOBS:
        yield 1.5, f"a list of {jobs} jobs is no story"
    before = next((i for i, letter in enumerate(star) if letter == "A"), len(star))
    share = sum(len(text.split()) for text in sentences[:before]) / max(
        1, sum(len(t.split()) for t in sentences)
    )
    if before < len(star) and share > LATE_ACT:
        yield 0.4, f"{share:.0%} of the words come before the first act"
    turns = sum(a in "RL" and b in "ST" for a, b in pairwise(star))
    if turns >= 2:
        yield 0.4, "it begins anew after its end"
    if "R" in star and star[-1] in "STA" and len(star) > 4:
        yield 0.3, "it has no end"


def missing_parts(annotation: Annotation) -> tuple[str, ...]:
    """The letters of which there is nothing: no sentence, and nothing inside a sentence of another letter.

    A number set as a target tells the task, a result in numbers the result, and a decision the action, also where the
    main point of their sentence is another: "I changed the printer, and lost parcels fell from 90 to 12 a week."
    """
    told: set[str] = set(annotation.star or ())
    told |= {letter for letter, role in (("T", "target"), ("R", "result")) if _has(annotation, role)}
    if any(decides(text) for text in annotation.sentences):
        told.add("A")
    return tuple(letter for letter in MISSING_PART if letter not in told)


def _has(annotation: Annotation, role: str) -> bool:
    return any(metric.role == role for metric in annotation.metrics)


def word_shares(annotation: Annotation) -> Mapping[str, float]:
    """The share of the words in each letter."""
    counts: dict[str, int] = {}
    for letter, text in zip(annotation.star or (), annotation.sentences, strict=False):
        counts[letter] = counts.get(letter, 0) + len(text.split())
    total = sum(counts.values())
    return {letter: count / total for letter, count in counts.items()} if total else {}


def metrics(annotation: Annotation) -> Dimension:
    """0, 1, 2 results make 1, 2, 3; two firm ones with a baseline, a period or money make 4. Never falls
    with more.
    """
    results = annotation.results
    firm = [m for m in results if not m.hedged]
    why = [f"{len(results)} result metric{'' if len(results) == 1 else 's'}, {len(firm)} of them firm"]
    value = float(min(1 + len(results), 3))
    if len(firm) >= 2 and any(is_anchored(m, annotation) for m in firm):
        value = HIGHEST
        why.append("with a baseline, a period or money")
    elif len(results) >= 2:
        why.append("4 needs two that are not hedged, with a baseline, a period or money")
    return Dimension(value, tuple(why))


def is_anchored(metric: Metric, annotation: Annotation) -> bool:
    earlier = any(m.role == "baseline" and m.kind == metric.kind for m in annotation.metrics)
    return metric.before is not None or metric.period is not None or metric.kind == "money" or earlier


def principle(annotation: Annotation) -> Dimension:
    shown = [p for p in annotation.principles if p.demonstrated]
    named = [p for p in annotation.principles if p.named]
    if annotation.round == "portfolio":
        value = (2.0, 3.5, 4.0)[min(len(shown), 2)] - (1.5 if len(named) >= RECITATION else 0.0)
    else:
        value = _principle_value(annotation, {p.slug for p in shown}, {p.slug for p in named})
    if annotation.brief and not shown and len(named) < RECITATION and annotation.results:
        return Dimension(None, ("too brief to tell",))
    why = [
        f"shows {', '.join(p.slug for p in shown) or 'none'}",
        f"names {', '.join(p.slug for p in named) or 'none'}",
    ]
    if len(named) >= RECITATION:
        why.append(f"{len(named)} names in one answer is recitation")
    return Dimension(bounded(value), tuple(why))


def _principle_value(annotation: Annotation, shown: set[str], named: set[str]) -> float:
    """Shown and named is best, shown only next, then hardly shown; named without evidence is worse than neither."""
    asked = annotation.principle
    wanted = shown & {asked} if asked else shown
    if wanted:
        value = max(how_plainly(annotation.told, slug) for slug in wanted)[bool(wanted & named)]
    elif shown:
        value = 3.0
    else:
        value = 1.5 if named else 2.0
    return value - (0.5 if len(named) > RECITATION else 0.0)


def how_plainly(told: Told, slug: str) -> tuple[float, float]:
    """What a principle counts that is shown: less where only who knows the question would see it."""
    if plainly_shown(told, slug):
        return SHOWN
    return ASKED_FOR if likely_shown(told, slug) else HARDLY_SHOWN


def customer(annotation: Annotation) -> Dimension:
    signal = annotation.customer.signal
    mentioned = any(has_customer(text) for text in annotation.sentences)
    counted = quantified(annotation)
    if signal == "direct":
        value = 4.0 if counted else 3.0
    elif signal == "indirect" or mentioned:
        value = 3.0 if counted else 2.0
    elif annotation.brief and annotation.results and annotation.principle != "customer-obsession":
        return Dimension(None, ("too brief to tell",))
    else:
        value = 1.0
    heard = {"direct": "talked to customers", "indirect": "read about customers"}.get(signal)
    heard = heard or ("customers are mentioned" if mentioned else "no customer in it")
    return Dimension(value, (heard, "with a number for them" if counted else "no number for them"))


def quantified(annotation: Annotation) -> bool:
    """Whether a number is theirs: a baseline or result with a customer in its sentence or the one before, or how
    many of them were met. "I watched 40 servers" counts nobody.
    """
    places = [metric.sentence for metric in annotation.metrics if metric.role in ("result", "baseline")]
    if annotation.is_story:
        places += [number for number, text in enumerate(annotation.sentences) if counts_contact(text)]
    return any(
        has_customer(text) for place in places for text in annotation.sentences[max(0, place - 1) : place + 1]
    )


def ownership(annotation: Annotation) -> Dimension:
    actions, told_in = _lettered(annotation, "A"), "action sentences"
    if not actions:  # "I cut churn from 5% to 3%" tells act and result in one
        actions, told_in = _lettered(annotation, "R"), "result sentences, no action is told"
    share = voice_of(actions).i_share
    if any(check.kind == "not-yours" for check in annotation.faults):
        return Dimension(LOWEST, ("somebody else acts in it",))
    admits = any(admits_own_part(text) or holds(text) for text in annotation.sentences)
    if share is None:
        return Dimension(
            ADMITTED if admits else LOWEST, ("nobody acts in it", *(["takes it on"] if admits else []))
        )
    why = [f"I-share {share:.0%} in {told_in}, {GOOD_I_SHARE:.0%} is good"]
    value = 1.0 + 2.0 * min(share / GOOD_I_SHARE, 1.0)
    if any(decides(text) for text in actions):
        value += 0.5
        why.append("takes decisions")
    if any(influences(text) for text in annotation.sentences):
        value += 0.5
        why.append("convinces others")
    blaming = sum(blames(text) for text in annotation.sentences)
    if blaming >= 2:
        value -= 1.0
        why.append(f"blames others in {blaming} sentences")
    return Dimension(bounded(max(value, ADMITTED if admits and blaming < 2 else LOWEST)), tuple(why))


def _lettered(annotation: Annotation, letter: str) -> list[str]:
    return [
        text for text, own in zip(annotation.sentences, annotation.star or (), strict=False) if own == letter
    ]


def delivery(spoken: Delivery) -> Dimension:
    """None without a floor time: text alone does not tell."""
    if spoken.pace_wpm is None or spoken.target_share is None:
        return Dimension(None, ("no times known",))
    value, why = HIGHEST, [f"{spoken.pace_wpm} words a minute"]
    low, high = PACE_WPM
    if not low <= spoken.pace_wpm <= high:
        value -= 0.5
        why.append(f"{low:.0f} to {high:.0f} is easy to follow")
    if spoken.over_cap:
        value -= 1.5
        why.append("over the cap")
    elif not SHORT_SHARE <= spoken.target_share <= LONG_SHARE:
        value -= 1.0
        why.append("far too short" if spoken.target_share < 1 else "far too long")
    elif spoken.target_share != 1:
        value -= 0.3
        why.append("outside the target time")
    if spoken.fillers_per_min is not None and spoken.fillers_per_min > FILLERS_PER_MIN:
        value -= 0.5
        why.append(f"at least {spoken.fillers_per_min} fillers a minute")
    if spoken.long_pauses:
        value -= 0.5
        why.append(f"a pause of {spoken.longest_pause_s} s")
    return Dimension(bounded(value), tuple(why))

"""Questions out of a CV and a job description. The rules pick the lines that are worth a question; a mind words it.

Each question keeps the line that it comes from, which is in the document as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voicemock.errors import DocumentError, MindError
from voicemock.mind.asking import opens_with_a_verb, question_about_a_deed, question_about_a_wish
from voicemock.mind.guard import ASKED, QUESTION, fault
from voicemock.mind.mind import Mind
from voicemock.mind.orders import gives_orders
from voicemock.mind.prompting import as_data
from voicemock.mind.replies import labelled
from voicemock.packs.questions import Question
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.findings.annotate import annotate
from voicemock.scoring.language.tags import tagged
from voicemock.scoring.models.encoder import Encoder, default_encoder
from voicemock.scoring.numbers.quantities import find_quantities
from voicemock.transcript import Sentence

FROM_CV = 0.6  # of the questions; the others come from the job
FEWEST, MOST = 5, 32  # words of a line that one can be asked about
TOKENS = 160
EACH_S = 30.0
NEAREST = (
    3  # the third nearest text of a principle counts: one that is near by a single word may be about anything
)
ALIKE = 0.6  # of the words of two lines, from which on they are one
CV, JOB = "cv", "job"
OURS = {CV: question_about_a_deed, JOB: question_about_a_wish}
DOCUMENT = {CV: "the candidate's CV", JOB: "the job's description"}
FOLLOW_UPS = (
    "Which part of that was yours alone?",
    "What came of it, in figures, and what was it before?",
    "What was the hardest choice in it, and what else was on the table?",
    "Who was against it, and what turned them?",
    "What would you do differently today?",
)
_CONTACT = re.compile(r"@|https?:|www\.|linkedin|\+?\d[\d ()/-]{7,}\d|(?i:date of birth|nationality|marital)")
_PERIOD = re.compile(
    r"(?i)^[\w ,.&|/–-]{0,60}\b(?:19|20)\d\d\s*(?:[–-]|to)\s*(?:(?:19|20)\d\d|present|now|today)\b"
)
_WANTS = re.compile(
    r"(?i)\b(?:experience|looking for|you will|you'll|you have|you've|you are|you're|ability|able to"
    r"|own|lead|drive|define|work with|partner|deliver"
    r"|build|responsible|manage|measure|influence|prioriti[sz]e|launch|improve)\b"
)
# Of the employer, of years and degrees, or the head of a list: nothing to tell a story about.
_NO_WISH = re.compile(
    r"(?i)^(?:we|our|about) (?!.*\b(?:who|you)\b)|\b\d+\+? years\b|\bdegree\b|\bequal opportunity\b|:$"
)
_YEARS = re.compile(r"(?i)\b(?:\d+|[a-z]+)\+? years\b")


@dataclass(frozen=True, slots=True)
class Picked:
    """A line of a document, and how much there is to ask about it."""

    document: str
    place: int
    text: str
    worth: float


@dataclass(frozen=True, slots=True)
class Made:
    """A question; `why_not` says why the rules worded it where a mind was asked."""

    question: Question
    by: str
    why_not: str = ""


def questions_from(
    cv: Sequence[str],
    job: Sequence[str],
    count: int,
    mind: Mind | None,
    asked: Sequence[Question],
    told: Callable[[int, int], None] = lambda _done, _all: None,
) -> list[Made]:
    """So many questions, or as many as the documents have lines for. `asked` are the shipped ones, whose nearest says
    which principle a line is about. Raises DocumentError where there is nothing to ask about.
    """
    lines = pick(cv, job, count)
    if not lines:
        raise DocumentError(
            "no line says enough to ask about", f"lines of {FEWEST} to {MOST} words are looked at"
        )
    stories = [question for question in asked if question.principle]
    made = []
    for number, line in enumerate(lines):
        told(number, len(lines))
        made.append(_made(line, number, mind, _principle(line.text, stories, default_encoder())))
    return made


def pick(cv: Sequence[str], job: Sequence[str], count: int) -> list[Picked]:
    """The lines to ask about, the CV's first, in their order; one document makes up for what the other lacks."""
    ours = _worthy(CV, cv)
    theirs = _worthy(JOB, job)
    from_job = min(len(theirs), max(count - round(count * FROM_CV), count - len(ours)))
    chosen = [*ours[: count - from_job], *theirs[:from_job]]
    return sorted(chosen, key=lambda line: (line.document != CV, line.place))


def _worthy(document: str, lines: Sequence[str]) -> list[Picked]:
    """The best first; none that says what another says."""
    rated = (Picked(document, place, text, _worth(document, text)) for place, text in enumerate(lines))
    kept: list[Picked] = []
    for line in sorted(rated, key=lambda line: (-line.worth, line.place)):
        if line.worth > 0 and not any(_alike(line.text, other.text) for other in kept):
            kept.append(line)
    return kept


def _worth(document: str, text: str) -> float:
    count = len(text.split())
    if not FEWEST <= count <= MOST or _CONTACT.search(text) or _PERIOD.search(text) or gives_orders(text):
        return 0.0
    if document == JOB:
        wanted = (_WANTS.search(text) or opens_with_a_verb(text)) and not _NO_WISH.search(text)
        return 1.0 + 0.5 * (count >= 8) if wanted else 0.0
    tokens = tagged(text)
    opens = opens_with_a_verb(text) or tokens[0].low in ("i", "we")
    if text.isupper() or not (opens or any(token.tag == "VERB" for token in tokens)):
        return 0.0
    if not opens and _YEARS.search(text):  # a summary of the whole
        return 0.0
    return 1.0 + bool(find_quantities(text)) + opens + 0.5 * (count >= 8)


def _alike(one: str, other: str) -> bool:
    mine, theirs = set(one.lower().split()), set(other.lower().split())
    return len(mine & theirs) >= ALIKE * min(len(mine), len(theirs))


def _principle(text: str, stories: Sequence[Question], encoder: Encoder) -> str:
    """That of the shipped questions which, with what follows them up, are nearest to the line."""
    line = encoder.encode([text])[0]
    near: dict[str, float] = {}
    for slug in dict.fromkeys(question.principle or "" for question in stories):
        texts = [t for q in stories if q.principle == slug for t in (q.text, *q.follow_ups)]
        near[slug] = float(sorted(encoder.encode(texts) @ line)[-NEAREST:][0])
    return max(near, key=lambda slug: near[slug])


def _made(line: Picked, number: int, mind: Mind | None, principle: str) -> Made:
    ours = OURS[line.document](line.text)
    spare = [FOLLOW_UPS[(number + step) % len(FOLLOW_UPS)] for step in range(2)]
    text, follow_ups, why_not = ours, spare, ""
    if mind is not None:
        text, follow_ups, why_not = _worded(line, mind, ours, spare)
    made = Question(
        id=f"{line.document}-{number + 1:02d}",
        round="behavioral",
        text=text,
        principle=principle,
        tags=(line.document,),
        follow_ups=tuple(follow_ups),
        source=line.text,
    )
    return Made(made, "rules" if text == ours else "mind", why_not)


def _worded(line: Picked, mind: Mind, ours: str, spare: Sequence[str]) -> tuple[str, list[str], str]:
    """The mind's question and follow-ups, each where it passes, ours where it does not."""
    fields = {
        "document": DOCUMENT[line.document],
        "line": as_data(line.text),
        "ours": as_data(ours),
    }
    if mind.resting:
        return ours, list(spare), "the model had failed before"
    try:
        reply = mind.ask("question", fields, TOKENS, EACH_S)
    except MindError as error:
        return ours, list(spare), str(error)
    told = Material(annotate((Sentence(line.text),), "behavioral"), "")
    first = next(iter(labelled(reply.text, "ASK")), "")
    wrong = fault(first, told, [ours], ASKED)
    text = ours if wrong else first
    then = [
        one for one in labelled(reply.text, "THEN") if not fault(one, told, FOLLOW_UPS, QUESTION, said=[text])
    ]
    return text, [*then[:2], *spare][:2], wrong

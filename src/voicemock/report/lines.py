"""What a review says line by line, before any renderer gives it a shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from voicemock.mind.written import mind_lines as mind_lines  # for the templates
from voicemock.mind.written import where_line
from voicemock.report.debrief import Debrief, Interviewer
from voicemock.report.delivery import delivery_words, pace_by_thirds, sound_lines
from voicemock.report.review import AnswerReview, Moment, SessionReview, Stretch
from voicemock.report.sentences import UNSURE_BELOW, SentenceReview, pieces
from voicemock.rounds import LONG_PAUSE_S
from voicemock.scoring.model import Check, Fix, Score
from voicemock.wording import (
    CUSTOMER,
    REASONS,
    STAR_NAMES,
    clock,
    counted,
    local_time,
    name_of,
    principle_title,
    round_title,
    seconds_words,
    target_words,
    times_words,
)

METRIC_DEPTH = "2 for each share that moved, 1 for each 100,000 of money, 1 for a customer's own words"
QUOTES_SHOWN = 2  # of the words that show a principle; the answers themselves have all of them


@dataclass(frozen=True, slots=True)
class Aside:
    """A line between the sentences: what the interviewer or the clock did; `sign` stands in the margin."""

    t: float
    sign: str
    text: str


def session_line(session: SessionReview) -> str:
    parts = (
        f"Session {session.id}",
        session.mode,
        local_time(session.started_at),
        counted(len(session.answers), "answer"),
        mind_part(session),
    )
    return " · ".join(part for part in parts if part)


def mind_part(session: SessionReview) -> str:
    """The language model whose words a session holds; one that is elsewhere is named whatever it did."""
    mind = session.settings.get("mind")
    if not isinstance(mind, Mapping):
        return ""
    worded, local = any(answer.minded for answer in session.answers), mind.get("local") is True
    if local and not worded:
        return ""
    return where_line(str(mind.get("model")), str(mind.get("address")), local, worded=worded)


def answer_line(answer: AnswerReview) -> str:
    principle = principle_title(answer.principle) if answer.principle else ""
    parts = (
        f"Answer {answer.number}",
        round_title(answer.round),
        principle,
        clock(answer.spoken_s),
        ended_words(answer),
    )
    return " · ".join(part for part in parts if part)


def ended_words(answer: AnswerReview) -> str:
    """How the answer ended; empty where nobody knows."""
    if not answer.complete:
        return "not finished"
    if answer.recovered:
        return "recovered: it was cut short"
    if answer.broken_off and answer.reason == "key":  # Ctrl-C or a signal, in the place of a key
        return "stopped by you"
    return REASONS.get(answer.reason or "", "")


def overall_line(score: Score) -> str:
    if score.overall is None:
        return f"not scored: {score.not_scored or 'nothing to score'}"
    verdict = score.verdict or ("meets the bar" if score.overall >= score.bar else "below the bar")
    return f"{score.overall:.1f} of 4, {verdict} (the bar is {score.bar:.1f})"


def own_mark_line(answer: AnswerReview) -> str:
    """The candidate's own mark beside the score; empty where they gave none."""
    if answer.self_rating is None:
        return ""
    overall = answer.score.overall if answer.score else None
    if overall is None:
        return f"{answer.self_rating:.1f} of 4"
    gap = round(answer.self_rating - round(overall, 1), 1)
    against = f"{abs(gap):.1f} {'above' if gap > 0 else 'below'} the score" if gap else "just as scored"
    return f"{answer.self_rating:.1f} of 4, {against}"


def check_line(answer: AnswerReview, check: Check) -> str:
    """A fault of substance: the most that the answer can get, why, and the words it rests on."""
    rests_on = [quoted.text for at in check.evidence if (quoted := answer.quote(at))]
    said = f" You said: “{rests_on[0]}”" if rests_on else ""
    return f"At most {check.cap:.1f}: {check.say}{said}"


def advice(fix: Fix) -> tuple[str, str]:
    """Why a fix is due, and the words to say; one of them may be missing. An older score has both as one text."""
    if fix.line or fix.why:
        return fix.why, f"“{fix.line}”" if fix.line else ""
    return "", fix.say


def against_bar(value: float | None, bar: float) -> str:
    if value is None:
        return "can't be judged"
    return "meets the bar" if value >= bar else f"{bar - value:.1f} under"


def in_order(answer: AnswerReview) -> Iterator[SentenceReview | Aside]:
    """Sentences with the asides between them: each after the sentence that had begun when it came."""
    waiting = sorted(_asides(answer), key=lambda aside: aside.t)
    for sentence in answer.sentences:
        while waiting and sentence.start is not None and waiting[0].t <= sentence.start:
            yield waiting.pop(0)
        yield sentence
    yield from waiting


def _asides(answer: AnswerReview) -> Iterator[Aside]:
    for moment in answer.moments:
        yield Aside(moment.t, ">" if moment.type in ("interrupt", "probe") else "|", moment_line(moment))
    for stretch in answer.unclear:
        yield Aside(stretch.start, "?", unclear_line(stretch))
    for pause in answer.pauses:
        if pause.length_s > LONG_PAUSE_S:
            yield Aside(pause.start, "|", f"{pause.length_s:.1f} s of silence")


def moment_line(moment: Moment) -> str:
    if moment.type == "cap":
        return "time: the interviewer cut you off at the cap"
    if moment.type == "probe":
        return f"interviewer asked: “{moment.text}”"
    if moment.type == "warning":
        return (
            f"{seconds_words(moment.remaining_s)} left" if moment.remaining_s is not None else "time warning"
        )
    after = f" after “{moment.after}”" if moment.after else ""
    return " ".join(filter(None, (f"interviewer cut in{after}: “{moment.text}”", answered_line(moment))))


def answered_line(moment: Moment) -> str:
    """Whether the candidate answered; empty where nobody judged it."""
    if moment.answered is None and moment.answered_after_s is None:
        return ""
    if moment.answered is False:
        return "You did not answer it."
    if moment.answered_after_s is None:
        return "You answered it."
    return f"You gave it {seconds_words(moment.answered_after_s)} later."


def unclear_line(stretch: Stretch) -> str:
    heard = f"; perhaps “{stretch.text}”" if stretch.text else ""
    return f"{seconds_words(stretch.length_s)} that could not be understood{heard}"


def finding_lines(answer: AnswerReview, score: Score) -> Iterator[str]:
    """What is wrong with the numbers, and how deep they go."""
    for metric in score.metrics:
        if metric.doubt:
            others = " or ".join(metric.doubt)
            yield f"“{metric.text}”, or {others}? `voicemock correct {answer.id} --numbers` asks you, one key each"
    if doubted := doubted_numbers(answer):
        words = ", ".join(f"“{word}”" for word in doubted)
        yield f"Perhaps misheard, and counted on: {words}; `voicemock correct {answer.id}` corrects it"
    for slip in score.inconsistencies:
        yield f"Disagree: you said {slip.said}, the numbers give {slip.computed}"
    if score.vague:
        yield "No number in reach of: " + ", ".join(f"“{vague.text}”" for vague in score.vague)
    if score.metric_depth is not None:
        yield f"Metric depth: {score.metric_depth} of 12 ({METRIC_DEPTH}; it's no part of the score)"


def doubted_numbers(answer: AnswerReview) -> list[str]:
    """The numbers that the score leans on and the recogniser doubted."""
    return [
        token.text.strip(".,;:!?")
        for sentence in answer.sentences
        for piece in pieces(sentence)
        if piece.mark is not None and piece.mark.kind == "metric"
        for token in piece.tokens
        if token.probability < UNSURE_BELOW and any(c.isdigit() for c in token.text)
    ]


def principle_lines(answer: AnswerReview, score: Score) -> Iterator[str]:
    for principle in score.principles:
        how = [word for word, true in (("shown", principle.demonstrated), ("named", principle.named)) if true]
        yield f"{principle_title(principle.slug)}: {' and '.join(how) or 'neither shown nor named'}"
        for evidence in principle.evidence:
            if sentence := answer.quote(evidence):
                yield f"  {clock(sentence.start)} “{sentence.text}”".rstrip()
    if score.customer:
        yield f"Customer: {CUSTOMER.get(score.customer, score.customer)}"


def timing_lines(answer: AnswerReview, score: Score) -> Iterator[str]:
    target = f", {target_words(answer.target_s)} is usual" if answer.target_s else ""
    cap = f", the cap is {clock(answer.cap_s)}" if answer.cap_s else ""
    yield f"You spoke for {clock(answer.spoken_s)}{target}{cap}"
    if score.star_seconds:
        shares = (f"{STAR_NAMES.get(k, k)} {round(v)} s" for k, v in score.star_seconds.items() if v)
        yield ", ".join(shares)
    if score.framework:
        parts = (
            f"{name_of(part)} {'yes' if covered else 'MISSING'}" for part, covered in score.framework.items()
        )
        yield f"Covered: {', '.join(parts)}"
    yield from repeat_lines(answer)
    if delivery := delivery_words(score):
        yield ", ".join(delivery)
    if paces := pace_by_thirds(score):
        yield f"Pace by thirds: {', '.join(map(str, paces))} words a minute, pauses left out"
    yield from sound_lines(score.delivery)


def repeat_lines(answer: AnswerReview) -> Iterator[str]:
    """What was said more than once, and where."""
    for group in answer.repeats:
        said = [quoted for at in group if (quoted := answer.quote(at))]
        if len(said) > 1:
            times = times_words(len(said))
            places = " and ".join(filter(None, (clock(each.start) for each in said)))
            yield f"You said this {times}{f', at {places}' if places else ''}: “{said[0].text}”"


def debrief_lines(debrief: Debrief) -> Iterator[str]:
    """The loop's debrief: verdict, each interviewer and what they saw, the bar raiser, what to practise."""
    yield f"Debrief: {debrief.verdict}" if debrief.verdict else "Debrief"
    for row in debrief.rows:
        yield from _interviewer_lines(row)
    if debrief.bar_raiser:
        yield f"  Bar raiser: {debrief.bar_raiser}"
    for line in debrief.repeated:
        yield f"  {line}"
    if debrief.practise:
        yield "  Practise next:"
    for place, step in enumerate(debrief.practise, start=1):
        yield f"    {place}. {step.why}"
        yield f"       {step.command}"


def _interviewer_lines(row: Interviewer) -> Iterator[str]:
    score = f"{row.score:.1f}" if row.score is not None else "–"
    name = f"{row.name} (bar raiser)" if row.name and row.bar_raiser else row.name
    parts = (name, round_title(row.round) if row.round else "", score, row.verdict or "")
    yield "  " + " · ".join(part for part in parts if part)
    for slug in row.principles:
        said = "; ".join(f"“{quote}”" for quote in row.quotes_of(slug)[:QUOTES_SHOWN])
        yield f"    saw {principle_title(slug)}{f': {said}' if said else ''}"
    if row.missed:
        yield f"    asked for {', '.join(map(principle_title, row.missed))}, and did not see it"
    if row.unasked:
        yield f"    had no question on {', '.join(map(principle_title, row.unasked))}"
    if row.note:
        yield f"    {row.note}"

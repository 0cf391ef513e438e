"""What a sound says, as one value: the answer's words, and apart from them what was said to the interviewer. Pure.

Whatever has a transcript comes through here: a session, `recover`, `score FILE`. So the same sound has the same words,
pauses and floor time on every road.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, TypeAlias

from voicemock.audio.prosody import Sounding
from voicemock.limits import read_stored
from voicemock.speech.live import Transcript
from voicemock.speech.recogniser import Unclear
from voicemock.speech.requests import CLOSING_S, SURE, TAKE_SILENCE, Request, heard_request, is_courtesy
from voicemock.transcript import Doubt, Utterance, Word, join_words, sentences_from_words

MOST_WORDS_OF_WHOLE = 12  # of an utterance that the recogniser cut into sentences where the speaker did not
Stretch: TypeAlias = tuple[float, float]  # (start, end), seconds of audio time


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A stretch that is no part of the answer: what was asked of the interviewer, with the time it asked for.

    What was asked by key has no text, and nothing but time to think has a length.
    """

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """An answer as it was spoken.

    `floor_time_s` runs from the first word's start to the last word's end, without what was left out. `pauses` are
    the silences within it.
    """

    words: tuple[Word, ...]
    pauses: tuple[Stretch, ...] | None  # None where an older voicemock kept none
    unclear: tuple[Unclear, ...]
    left_out: tuple[LeftOut, ...]
    floor_time_s: float
    sounding: Sounding = field(default_factory=Sounding)
    doubts: tuple[Doubt, ...] = ()

    def as_details(self) -> dict[str, Any]:
        """All but the words, as it is kept with an answer."""
        return {
            "pauses": None if self.pauses is None else [list(pause) for pause in self.pauses],
            "unclear": [asdict(each) for each in self.unclear],
            "left_out": [asdict(each) for each in self.left_out],
            "spoken_s": self.floor_time_s,
            "sounding": asdict(self.sounding),
            "doubts": [{**asdict(each), "readings": list(each.readings)} for each in self.doubts],
        }


def spoken(
    transcript: Transcript,
    pressed: Sequence[tuple[Request, float]] = (),
    asked: Sequence[tuple[Request, Stretch]] = (),
    replies: Sequence[Stretch] = (),
) -> Spoken:
    """The answer in a transcript. `pressed` are the requests by key, each with its audio time; `asked` those by voice
    that were understood while it was spoken: the transcript's own words may be others. `replies` are stretches in
    which the interviewer was told something that is no part of the answer.
    """
    words: list[Word] = []
    left_out: list[LeftOut] = []
    unclear = tuple(each for each in transcript.unclear if not _inside(each.start, each.end, replies))
    following = [*(each.start for each in transcript.utterances), None][1:]
    before = ""
    for utterance, next_start in zip(transcript.utterances, following, strict=True):
        utterance, reply = _without_replies(utterance, replies)
        if reply is not None:
            left_out.append(reply)
        rest, request = apart(utterance, before)
        if request is None and (request := _asked_in(utterance, asked)) is not None:
            rest = replace(utterance, words=())
        if request in TAKE_SILENCE and next_start is not None and next_start - utterance.end < CLOSING_S:
            rest, request = utterance, None  # who goes on speaking was not done
        words += rest.words
        before = rest.text or before
        if request is not None:
            left_out.append(_left_out(utterance, rest, request, next_start))
    left_out = sorted([*left_out, *_by_key(pressed, transcript.pauses)], key=lambda each: each.start)
    if not words:
        return Spoken((), (), unclear, tuple(left_out), 0.0)
    start, end = words[0].start, words[-1].end
    aside = [(each.start, each.end) for each in left_out]
    return Spoken(
        words=tuple(words),
        pauses=tuple(p for pause in transcript.pauses for p in _without(pause, aside, start, end)),
        unclear=unclear,
        left_out=tuple(left_out),
        floor_time_s=round(sum(to - at for at, to in _without((start, end), aside, start, end)), 3),
        sounding=transcript.sounding,
        doubts=transcript.doubts,
    )


def _without_replies(utterance: Utterance, replies: Iterable[Stretch]) -> tuple[Utterance, LeftOut | None]:
    """The utterance without the words that lie in one of the replies, and those."""
    said = [word for word in utterance.words if _inside(word.start, word.end, replies)]
    if not said:
        return utterance, None
    rest = tuple(word for word in utterance.words if word not in said)
    out = LeftOut(round(said[0].start, 3), round(said[-1].end, 3), join_words(said))
    return replace(utterance, start=rest[0].start if rest else utterance.start, words=rest, readings=()), out


def _inside(start: float, end: float, stretches: Iterable[Stretch]) -> bool:
    return any(first <= (start + end) / 2 <= last for first, last in stretches)


def spoken_from_details(words: Sequence[Word], details: Mapping[str, Any], recorded_s: float) -> Spoken:
    """The value as it was kept. An older voicemock took the whole recording for floor time, `recorded_s`."""
    pauses = details.get("pauses")
    return Spoken(
        words=tuple(words),
        pauses=None if pauses is None else tuple((float(start), float(end)) for start, end in pauses),
        unclear=tuple(Unclear(**each) for each in details.get("unclear") or ()),
        left_out=tuple(LeftOut(**each) for each in details.get("left_out") or ()),
        floor_time_s=details.get("spoken_s", recorded_s),
        sounding=read_stored(Sounding, details.get("sounding") or {}),
        doubts=tuple(read_stored(Doubt, each, "doubts") for each in details.get("doubts") or ()),
    )


def apart(utterance: Utterance, before: str = "") -> tuple[Utterance, Request | None]:
    """What of an utterance belongs to the answer, and what it asks of the interviewer: alone, or at its end.

    `before` is what was said before it: it tells a request from a quotation. Without a request the first is the
    utterance as it is.
    """
    rest, request = _apart(utterance, before)
    if request is not None:
        return rest, request
    for reading in utterance.readings:
        if (request := heard_request(reading, before, SURE)) is not None:
            return replace(utterance, words=(), readings=()), request
    return utterance, None


def _apart(utterance: Utterance, before: str) -> tuple[Utterance, Request | None]:
    """The same by the words that were believed."""
    sentences = sentences_from_words(utterance.words)
    asks = next((at for at in reversed(range(len(sentences))) if not is_courtesy(sentences[at].text)), None)
    if asks is None:
        return utterance, None
    said_before = " ".join((before, *(sentence.text for sentence in sentences[:asks])))
    request = heard_request(sentences[asks].text, said_before)
    if request is None:
        whole = heard_request(utterance.text, before) if len(utterance.words) <= MOST_WORDS_OF_WHOLE else None
        return (utterance, None) if whole is None else (replace(utterance, words=()), whole)
    while asks and is_courtesy(sentences[asks - 1].text):
        asks -= 1
    rest = tuple(word for sentence in sentences[:asks] for word in sentence.words)
    return Utterance(utterance.start, rest[-1].end if rest else utterance.end, rest), request


def _left_out(utterance: Utterance, rest: Utterance, request: Request, next_start: float | None) -> LeftOut:
    """The stretch of a request; the silence after "let me think" was asked for, and belongs to it."""
    asked = utterance.words[len(rest.words) :]
    granted = request is Request.THINK and next_start is not None
    end = next_start if granted and next_start is not None else utterance.end
    start = asked[0].start if rest.words else utterance.start
    return LeftOut(round(start, 3), round(end, 3), join_words(asked))


def _asked_in(utterance: Utterance, asked: Iterable[tuple[Request, Stretch]]) -> Request | None:
    """The request that was the whole of this utterance."""
    for request, (start, end) in asked:
        if start <= (utterance.start + utterance.end) / 2 <= end:
            return request
    return None


def _by_key(pressed: Sequence[tuple[Request, float]], pauses: Sequence[Stretch]) -> Iterator[LeftOut]:
    """The stretch of each request in the silence in which its key was pressed: time to think lasts as long as that."""
    for request, at in pressed:
        silence = next((pause for pause in pauses if pause[0] <= at <= pause[1]), None)
        if silence is not None:
            yield LeftOut(round(at, 3), round(silence[1] if request is Request.THINK else at, 3), "")


def _without(stretch: Stretch, aside: Iterable[Stretch], start: float, end: float) -> list[Stretch]:
    """What of a stretch lies between `start` and `end` and in none of the stretches `aside`, which are in order."""
    kept: list[Stretch] = []
    at, until = max(stretch[0], start), min(stretch[1], end)
    for first, last in aside:
        if first > at:
            kept.append((at, min(first, until)))
        at = max(at, last)
    kept.append((at, until))
    return [(first, last) for first, last in kept if last > first]

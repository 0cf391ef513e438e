"""What comes of an answer: its transcript, the cut-ins, and which of its words are the answer."""

from __future__ import annotations

from dataclasses import dataclass

from voicemock.errors import DeviceError
from voicemock.interview.requests import Request, heard_request
from voicemock.interview.turn import EndReason
from voicemock.scoring.gaps.policy import Interruption
from voicemock.speech.live import Transcript
from voicemock.transcript import Utterance, Word, sentences_from_words


@dataclass(frozen=True, slots=True)
class Asked:
    """An interruption as it happened: when (floor time), the words it came after, the wording."""

    interruption: Interruption
    at: float
    after: str
    wording: str


@dataclass(slots=True)
class Take:
    """What came of the loop; `left_out` are the stretches in which the candidate spoke to the interviewer."""

    floor_time_s: float
    reason: EndReason
    skipped: bool
    transcript: Transcript
    asked: tuple[Asked, ...]
    last_arrival: float
    left_out: tuple[tuple[float, float], ...] = ()
    lost_s: float = 0.0
    failure: DeviceError | None = None  # why it ended and the session with it

    @property
    def words(self) -> tuple[Word, ...]:
        """What is scored: all words but those spoken to the interviewer."""
        return tuple(word for spoken in self.transcript.utterances for word in scored(spoken, self.left_out))


def apart(spoken: Utterance) -> tuple[Utterance, Request | None]:
    """What of an utterance belongs to the answer, and what it asks of the interviewer: alone, or at its end.

    Without a request the first is the utterance as it is.
    """
    sentences = sentences_from_words(spoken.words)
    if not sentences or (request := heard_request(sentences[-1].text)) is None:
        whole = heard_request(spoken.text)
        return (Utterance(spoken.start, spoken.end, ()), whole) if whole is not None else (spoken, None)
    rest = tuple(word for sentence in sentences[:-1] for word in sentence.words)
    return Utterance(spoken.start, rest[-1].end if rest else spoken.end, rest), request


def scored(spoken: Utterance, left_out: tuple[tuple[float, float], ...]) -> tuple[Word, ...]:
    """The words of an utterance, as heard with care, that belong to the answer."""
    kept, _ = apart(spoken)
    if (spoken.start, spoken.end) in left_out:
        return ()
    return tuple(
        w for w in kept.words if not any(start <= (w.start + w.end) / 2 <= end for start, end in left_out)
    )

"""What is no English speech gets no words that anybody is scored by, and never those of the prompt."""

from __future__ import annotations

import re

import numpy as np
import pytest
from benchmarks.spoken import espeak, in_a_room

from tests.speech.other_languages import STORIES
from voicemock.audio.sound import RATE, Samples, rms
from voicemock.scoring.rubric.scorable import LEAST_UNDERSTOOD, understood
from voicemock.speech import models
from voicemock.speech.batch import transcribe
from voicemock.speech.domain import DOMAIN_PROMPT, prompt_for
from voicemock.speech.live import Transcript
from voicemock.speech.whisper import WhisperRecogniser
from voicemock.transcript import sentences_from_words

HINTS = ("Kubernetes", "Anneliese Voss")  # names that were corrected once
LONGEST_S = 6.0  # keeps each of these tests to one window
STORY = "Last year the customers were unhappy with our shop, and I called them one after the other."


@pytest.fixture(scope="module")
def recogniser() -> WhisperRecogniser:
    return WhisperRecogniser(models.load(models.resolve_model(), workers=1), HINTS)


def share(heard: Transcript) -> float:
    return understood(sentences_from_words(heard.words), [(each.start, each.end) for each in heard.unclear])


def voices_at_once(count: int) -> Samples:
    """A room full of people."""
    each = [espeak(text, voice).samples for voice, text in list(STORIES.values())[:count]]
    length = round(LONGEST_S * RATE)
    mixed = np.sum([np.resize(samples, length).astype(float) for samples in each], axis=0)
    return np.clip(mixed / 2, -32768, 32767).astype(np.int16)


@pytest.mark.parametrize("language", STORIES)
def test_a_story_in_another_language_is_mostly_unclear(recogniser: WhisperRecogniser, language: str) -> None:
    voice, text = STORIES[language]
    heard = transcribe(in_a_room(espeak(text, voice).samples)[: round(LONGEST_S * RATE)], recogniser)
    assert heard.unclear
    assert share(heard) < LEAST_UNDERSTOOD
    said = " ".join(word.text for word in heard.words)
    assert not any(term in said for term in ("NPS", "CSAT", "GMV", "Kubernetes", "Voss"))


def test_a_room_full_of_voices_is_mostly_unclear(recogniser: WhisperRecogniser) -> None:
    assert share(transcribe(voices_at_once(6), recogniser)) < LEAST_UNDERSTOOD


@pytest.mark.parametrize("voice", ["en-us", "en-gb", "en-029"])
def test_english_is_understood_in_some_noise_too(recogniser: WhisperRecogniser, voice: str) -> None:
    speech = espeak(STORY, voice).samples
    heard = transcribe(in_a_room(speech, rms(speech) / 10 ** (20 / 20)), recogniser)
    assert share(heard) > LEAST_UNDERSTOOD
    assert len(heard.words) >= 12


def test_no_prompt_has_a_number_or_a_claim() -> None:
    prompt = prompt_for(HINTS)
    assert not re.search(r"\d|\b(?:I|we|my|our)\b", prompt)
    assert prompt.startswith(DOMAIN_PROMPT)

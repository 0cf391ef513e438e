"""What is written becomes what is said, and is understood as such by one that only hears it."""

from __future__ import annotations

import re

import numpy as np
import pytest
from benchmarks.plain_words import compare
from hypothesis import given
from hypothesis import strategies as st

from voicemock.audio.sound import RATE, Samples, resample
from voicemock.speech import models
from voicemock.speech.batch import transcribe
from voicemock.speech.spoken_form import as_spoken, cardinal, ordinal, year
from voicemock.speech.voice_engines import open_voice
from voicemock.speech.whisper import WhisperRecogniser

SAID = {
    "It saved $2.4M a year.": "It saved two point four million dollars a year.",
    "NPS rose from 31 to 45.": "N P S rose from thirty-one to forty-five.",
    "Churn fell by 12 bps, or 0.7 pp.": "Churn fell by twelve basis points, or zero point seven percentage points.",
    "GMV grew $40k-60k.": "G M V grew forty to sixty thousand dollars.",
    "p95 fell from 1.2s to 450ms.": "p ninety-five fell from one point two seconds to four hundred fifty milliseconds.",
    "In 2023, Q3": "In twenty twenty-three, Q three",
    "since 1905, 2000 and 2006": "since nineteen oh five, two thousand and two thousand six",
    "$1, $2.50, $0.75": "one dollar, two dollars fifty, seventy-five cents",
    "£1.2bn and €300k/month": "one point two billion pounds and three hundred thousand euros per month",
    "10x faster, 24/7": "ten times faster, twenty-four seven",
    "an A/B test at 99.9%": "an A B test at ninety-nine point nine percent",
    "B2B SaaS KPIs": "B two B sass K P Is",
    "the 1st, 12th, 22nd and 30th": "the first, twelfth, twenty-second and thirtieth",
    "at 10:30am, 9:00 and 3:05pm": "at ten thirty A M, nine o'clock and three oh five P M",
    "~$5 → 12%": "about five dollars to twelve percent",
    "1,250 users & 1 bp": "one thousand two hundred fifty users and one basis point",
    "no. 1, he said no. Then": "number one, he said no. Then",
    "-3% vs. +5%": "minus three percent versus plus five percent",
    "3-5 weeks – v2": "three to five weeks, version two",
    "DO NOT ask the US PMs about CAC": "DO NOT ask the U S P Ms about cack",
    "You said … that. Really": "You said, that. Really",
    "…": "",
    "Plain words, as they are: don't touch.": "Plain words, as they are: don't touch.",
}
# Heard back: what was written, and what a listener writes down of it
HEARD = {
    "We saved $2.4M in the first year.": "we saved 2.4 million dollars in the first year",
    "The NPS rose from 31 to 45.": "the nps rose from 31 to 45",
    "The margin went up by 12 bps.": "the margin went up by 12 basis points",
    "Our GMV grew by 15%.": "our gmv grew by 15 percent",
    "The p95 latency fell to 450ms.": "the p 95 latency fell to 450 milliseconds",
    "It cost $300k per month.": "it cost 300 thousand dollars per month",
    "We ran that A/B test for 6 weeks.": "we ran that ab test for 6 weeks",
    "My name is Noor, and with me is Rowan.": "my name is noor and with me is rowan",
}


@pytest.mark.parametrize("text", SAID)
def test_what_is_said(text: str) -> None:
    assert as_spoken(text) == SAID[text]


@given(st.integers(0, 10**13))
def test_every_number_is_said_in_words_alone(number: int) -> None:
    assert not any(c.isdigit() for c in cardinal(number) + ordinal(number))


@given(st.text(max_size=60))
def test_no_digit_is_left_to_the_engine(text: str) -> None:
    assert not any(c in "0123456789" for c in as_spoken(text))


def test_years() -> None:
    assert [year(n) for n in (1900, 1999, 2000, 2009, 2010)] == [
        "nineteen hundred", "nineteen ninety-nine", "two thousand", "two thousand nine", "twenty ten",
    ]  # fmt: skip


@pytest.mark.parametrize(("voice", "most_wrong"), [("joe", 15.0), ("us", 15.0)])
def test_a_listener_understands_what_was_sent(voice: str, most_wrong: float) -> None:
    """Word errors of the recogniser, percent; what it can't know (how a name is spelled) is in the bar.

    A neural voice says a line a little differently each time: the one in the middle of three counts.
    """
    heard = [listened_to(voice, list(HEARD)) for _ in range(3)]
    errors = sorted((compare([" ".join(HEARD.values())], [one]) for one in heard), key=lambda e: e.rate)[1]
    assert errors.rate <= most_wrong, heard
    assert errors.numbers_right >= errors.numbers - (voice == "us"), heard


def listened_to(name: str, lines: list[str]) -> str:
    speaker = open_voice(name, 150)
    try:
        pause: Samples = np.zeros(RATE // 2, dtype=np.int16)
        sound = np.concatenate(
            [part for line in lines for part in (resample(speaker.say(line)).samples, pause)]
        )
    finally:
        speaker.close()
    recogniser = WhisperRecogniser(models.load(models.resolve_model(), workers=1))
    heard = " ".join(spoken.text for spoken in transcribe(sound, recogniser).utterances)
    for apart, together in (("N P S", "NPS"), ("G M V", "GMV"), ("P95", "P 95")):
        heard = heard.replace(apart, together)
    return re.sub("a[ /-]b test", "AB test", heard, flags=re.IGNORECASE)

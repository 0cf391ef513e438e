"""Captions are read as the programs that people call with write them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicemock.calls.captions import Cue, read_captions, read_note
from voicemock.errors import TranscriptError

ZOOM = """WEBVTT

1
00:00:01.330 --> 00:00:04.100
Ana Ruiz: So, one thing: what broke?

2
00:00:05.000 --> 00:00:09.000
Ben Oyelaran: The lift did.

3
00:00:09.000 --> 00:00:11.000
It stuck between two floors.
"""
TEAMS = """WEBVTT

0f2a/1-0
00:00:03.257 --> 00:00:06.137
<v Ana Ruiz>Tell me about R&amp;D.</v>

0f2a/2-0
00:00:07.000 --> 00:00:09.000
<v Ben Oyelaran>Sure.</v> <v Ana Ruiz>Good</v>
"""
SRT = (
    "1\r\n00:00:01,000 --> 00:00:02,000\r\n[Speaker 1]: hello there\r\n\r\n2\r\n00:00:03,500 --> 00:00:04,000\r\n\
[Speaker 2]: yes\r\n"
)
TEAMS_JSON = {
    "entries": [
        {
            "text": "Hi",
            "speakerDisplayName": "Ana",
            "startOffset": "00:00:03.1234567",
            "endOffset": "00:00:05.1",
        }
    ]
}
MEET_JSON = {
    "transcriptEntries": [
        {
            "participant": "p/1",
            "text": "Hi there",
            "startTime": "2026-11-28T08:00:01.5Z",
            "endTime": "2026-11-28T08:00:03Z",
        },
        {"participant": "p/2", "text": "Hello you two", "startTime": "2026-11-28T08:00:04.5Z"},
    ]
}
OTTER_JSON = {
    "transcripts": [
        {"transcript": "Hi all", "speaker_name": "Ana", "start_offset": 32000, "end_offset": 64000}
    ]
}
WHISPER_JSON = {"segments": [{"start": 1.5, "end": 2.5, "text": " Hi.", "speaker": "SPEAKER_00"}]}


def told(cues: tuple[Cue, ...]) -> list[tuple[float, float, str, str]]:
    return [(round(cue.start, 2), round(cue.end, 2), cue.speaker, cue.text) for cue in cues]


class TestWebVTT:
    def test_zoom_names_before_a_colon_are_speakers_and_a_colon_in_a_sentence_is_none(self) -> None:
        assert told(read_captions(ZOOM, ".vtt", "x")) == [
            (1.33, 4.1, "Ana Ruiz", "So, one thing: what broke?"),
            (5.0, 9.0, "Ben Oyelaran", "The lift did."),
            (9.0, 11.0, "Ben Oyelaran", "It stuck between two floors."),
        ]

    def test_teams_voices_share_a_cue_s_time_by_length(self) -> None:
        first, second, third = read_captions(TEAMS, ".vtt", "x")
        assert (first.speaker, first.text) == ("Ana Ruiz", "Tell me about R&D.")
        assert (second.speaker, third.speaker) == ("Ben Oyelaran", "Ana Ruiz")
        assert second.start == 7.0 < second.end == third.start < third.end == 9.0

    def test_notes_and_styles_are_no_cues(self) -> None:
        notes = "NOTE 00:00:01.000 --> is no time\n\nSTYLE\n::cue {}\n\n"
        text = f"WEBVTT\n\n{notes}00:01.000 --> 00:02.000 align:left\nHi\n"
        assert told(read_captions(text, ".vtt", "x")) == [(1.0, 2.0, "", "Hi")]


class TestSubRip:
    def test_commas_numbers_and_other_line_ends(self) -> None:
        assert told(read_captions(SRT, ".srt", "x")) == [
            (1.0, 2.0, "Speaker 1", "hello there"),
            (3.5, 4.0, "Speaker 2", "yes"),
        ]


class TestJSON:
    @pytest.mark.parametrize(
        ("data", "cue"),
        [
            (TEAMS_JSON, (3.12, 5.1, "Ana", "Hi")),
            (MEET_JSON, (0.0, 1.5, "p/1", "Hi there")),
            (OTTER_JSON, (2.0, 4.0, "Ana", "Hi all")),
            (WHISPER_JSON, (1.5, 2.5, "SPEAKER_00", "Hi.")),
        ],
        ids=["Teams", "Meet", "Otter", "Whisper"],
    )
    def test_each_program_s_own_names_are_known(self, data: object, cue: tuple[object, ...]) -> None:
        assert told(read_captions(json.dumps(data), ".json", "x"))[0] == cue

    def test_an_end_that_is_not_told_follows_from_the_number_of_words(self) -> None:
        assert read_captions(json.dumps(MEET_JSON), ".json", "x")[1].end == pytest.approx(3 + 3 / 2.5)


class TestWhatIsNone:
    @pytest.mark.parametrize(
        ("text", "suffix"), [("", ".vtt"), ("WEBVTT\n", ".vtt"), ("{", ".json"), ("[]", ".json")]
    )
    def test_it_is_refused_with_what_to_give(self, text: str, suffix: str) -> None:
        with pytest.raises(TranscriptError, match="VTT or SRT"):
            read_captions(text, suffix, "meeting")

    @given(st.text(), st.sampled_from([".vtt", ".srt", ".json"]))
    def test_any_text_gives_cues_or_one_clear_refusal(self, text: str, suffix: str) -> None:
        try:
            cues = read_captions(text, suffix, "x")
        except TranscriptError:
            return
        assert all(cue.text and cue.end >= cue.start for cue in cues)

    def test_a_note_of_somebody_else_is_not_ours(self) -> None:
        assert read_note('WEBVTT\n\nNOTE voicemock {"round": "behavioral"}\n') is None

"""`voicemock score`: files in any mix, in order, one object a line; a clear word for what can't be read."""

import json
import os
import threading

import pytest
from click.testing import CliRunner

from tests.sounds import silence, write_wav
from tests.stored import heard as listened
from voicemock.cli import main
from voicemock.cli.score import score
from voicemock.speech import batch as listen
from voicemock.transcript import Word

LINES = (
    "I ran the night buses and people missed the last one.",
    "I rode along for a week and asked them why.",
    "I moved the timetable by ten minutes.",
    "Missed connections fell from 31% to 9% in two months.",
)


@pytest.fixture
def transcript(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("\n".join(LINES))
    return path


def objects(*arguments, stdin=None):
    result = CliRunner().invoke(score, [*map(str, arguments), "--json"], input=stdin, catch_exceptions=False)
    return [json.loads(line) for line in result.stdout.splitlines()]


class TestFiles:
    def test_one_sentence_a_line(self, transcript):
        (found,) = objects(transcript, "--duration", "30")
        assert [s["text"] for s in found["sentences"]] == list(LINES)
        assert found["floor_time_s"] == 30.0

    def test_a_single_line_is_split(self, tmp_path):
        path = tmp_path / "one.md"
        path.write_text(" ".join(LINES))
        assert len(objects(path)[0]["sentences"]) == len(LINES)

    def test_standard_input(self):
        (found,) = objects("-", stdin="\n".join(LINES))
        assert found["source"] == "-"
        assert len(found["sentences"]) == len(LINES)

    def test_a_labelled_answer_brings_its_round_and_duration(self, tmp_path):
        path = tmp_path / "gold.json"
        labelled = {
            "round": "portfolio",
            "principle": None,
            "question": "Q?",
            "duration_s": 60,
            "sentences": LINES,
        }
        path.write_text(json.dumps(labelled))
        (found,) = objects(path)
        assert (found["round"], found["floor_time_s"], found["question"]) == ("portfolio", 60.0, "Q?")

    def test_a_recording_is_transcribed(self, tmp_path, monkeypatch):
        words = tuple(Word(w, i * 0.4, i * 0.4 + 0.3) for i, w in enumerate(" ".join(LINES).split()))
        heard = listened(words, ((3.0, 8.0),))
        monkeypatch.setattr(listen, "transcribe_sound", lambda sound, model, hints, notice: heard)
        (found,) = objects(write_wav(tmp_path / "a.wav", silence(1.0)))
        assert found["floor_time_s"] == round(words[-1].end, 1)
        assert found["longest_pause_s"] == 5.0
        assert found["sentences"][0]["start"] == 0.0

    def test_what_was_heard_is_shown_with_the_numbers_of_its_sentences(
        self, tmp_path, monkeypatch, transcript
    ):
        words = tuple(Word(w, i * 0.4, i * 0.4 + 0.3) for i, w in enumerate(" ".join(LINES).split()))
        monkeypatch.setattr(listen, "transcribe_sound", lambda *_, **__: listened(words, ((3.0, 8.0),)))
        heard = CliRunner().invoke(score, [str(write_wav(tmp_path / "a.wav", silence(1.0)))]).stdout
        assert f"    1   0:00  {LINES[0]}" in heard
        assert "Longest pause 5.0 s" in heard
        assert "What was said" not in CliRunner().invoke(score, [str(transcript)]).stdout

    def test_a_recording_through_a_pipe_is_transcribed(self, tmp_path, monkeypatch):
        words = tuple(Word(w, i * 0.4, i * 0.4 + 0.3) for i, w in enumerate(" ".join(LINES).split()))
        monkeypatch.setattr(
            listen,
            "transcribe_sound",
            lambda sound, model, hints, notice: listened(words if len(sound) else (), ()),
        )
        sound = write_wav(tmp_path / "a.wav", silence(8.0)).read_bytes()
        assert len(sound) > 1 << 17
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        writer = threading.Thread(target=pipe.write_bytes, args=(sound,))
        writer.start()
        (by_name,) = objects(pipe)
        writer.join()
        (by_standard_input,) = objects("-", stdin=sound)
        assert by_name["words"] == by_standard_input["words"] == len(words)

    def test_a_transcript_through_a_pipe_is_read(self, tmp_path):
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        writer = threading.Thread(target=pipe.write_text, args=("\n".join(LINES),))
        writer.start()
        (found,) = objects(pipe)
        writer.join()
        assert len(found["sentences"]) == len(LINES)

    def test_the_order_of_files_is_kept_and_does_not_matter(self, transcript, tmp_path):
        other = tmp_path / "b.txt"
        other.write_text("It was a project.\nWe did it, and everyone was happy with how it went.")
        forward, backward = objects(transcript, other), objects(other, transcript)
        assert forward == backward[::-1]


class TestOptions:
    def test_a_question_of_the_packs_brings_round_and_principle(self, transcript):
        from voicemock.packs.questions import load_questions

        question = next(q for q in load_questions() if q.principle)
        (found,) = objects(transcript, "--question", question.id)
        assert (found["question"], found["principle"]) == (question.text, question.principle)

    def test_a_question_of_ones_own(self, transcript):
        (found,) = objects(
            transcript, "--question", "What did you fix last year?", "--principle", "ownership"
        )
        assert (found["question"], found["principle"]) == ("What did you fix last year?", "ownership")

    def test_explain_shows_the_sum(self, transcript):
        shown = CliRunner().invoke(score, [str(transcript), "--explain"], catch_exceptions=False).stdout
        assert "overall:" in shown
        assert "Missed connections fell" in shown

    def test_what_can_not_be_scored_says_why(self):
        shown = CliRunner().invoke(score, ["-"], input="Um, no.", catch_exceptions=False).stdout
        assert "Not scored: only 2 words" in shown


class TestAModelOfOnesOwn:
    """Nobody has looked at its weights, and that is said beside the score, not in it."""

    def test_it_is_said_that_its_digest_is_not_known(self, transcript, tmp_path):
        (tmp_path / "mine").mkdir()
        told = CliRunner().invoke(score, [str(transcript), "--json", "--model", str(tmp_path / "mine")])
        assert "mine is your own and can't be verified" in told.stderr
        assert json.loads(told.stdout)["sentences"]

    def test_of_a_known_one_nothing_is_said(self, transcript):
        assert CliRunner().invoke(score, [str(transcript), "--model", "tiny.en"]).stderr == ""


class TestFaults:
    """One line on standard error, nothing on standard output, exit code 1."""

    @pytest.fixture
    def fault(self, capsys):
        def line(*arguments):
            with pytest.raises(SystemExit) as ended:
                main(["score", *map(str, arguments), "--json"])
            out, err = capsys.readouterr()
            assert (ended.value.code, out, err.count("\n")) == (1, "", 1)
            return err

        return line

    def test_no_such_file(self, fault, tmp_path):
        assert "does not exist" in fault(tmp_path / "none.txt")

    def test_no_text(self, fault, tmp_path):
        path = tmp_path / "a.txt"
        path.write_bytes(b"\xff\xfe\x00\x81")
        assert "not UTF-8" in fault(path)

    @pytest.mark.parametrize(
        "content", ["{", "[]", '{"sentences": 3}', '{"sentences": ["a"], "round": "chess"}']
    )
    def test_no_answer(self, fault, tmp_path, content):
        path = tmp_path / "a.json"
        path.write_text(content)
        assert "a.json" in fault(path)

    def test_a_duration_that_is_none(self, fault, tmp_path):
        path = tmp_path / "a.json"
        path.write_text('{"sentences": ["a"], "duration_s": "long"}')
        assert "duration_s" in fault(path)

    def test_no_such_question(self, fault, transcript):
        assert "no-such-question-anywhere" in fault(transcript, "--question", "no-such-question-anywhere")

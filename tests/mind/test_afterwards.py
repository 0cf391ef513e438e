"""Once an answer is scored: the mind's words where they may be used, ours everywhere else, and the score as it was."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.mind.server import MODEL, STREAM, Asked, Script, as_json, event, hangs, sends, serving
from voicemock.cli.score import score as score_command
from voicemock.errors import MindError
from voicemock.mind import orders
from voicemock.mind.afterwards import read_opinion, write
from voicemock.mind.client import Client
from voicemock.mind.mind import Mind
from voicemock.mind.prompting import answer_fields, load_prompts
from voicemock.mind.written import Written, explained, opinion_lines, read_written, reworded
from voicemock.packs.phrases import load_phrases
from voicemock.scoring.assemble import material_of, score_answer
from voicemock.scoring.model import Answer, Score
from voicemock.transcript import Sentence

TOLD = (
    "The queue in the ward pharmacy cost our nurses 40 minutes a shift.",
    "I was the product manager and I owned the pharmacy screen.",
    "I sat with six nurses for two shifts, and one told me that she had stopped counting.",
    "We moved the shelf to the door and added a second hatch.",
    "The wait came down to 10 minutes in six weeks and the nurses were happier.",
)
QUESTION = "Tell me about a time you owned it."


def answer(*sentences: str) -> Answer:
    return Answer(tuple(map(Sentence, sentences)), "behavioral", QUESTION)


def scored(told: Answer) -> Score:
    return score_answer(told, wording=load_phrases().questions)


def replying(reply: Callable[[str], str], model: str = MODEL) -> Script:
    """Says to each prompt what `reply` makes of it."""

    def script(asked: Asked) -> Iterator[bytes]:
        yield STREAM
        yield event(reply(asked.user), model)
        yield event("", model, ended=True)

    return script


def echo_of_ours(prompt: str) -> str:
    """A model that does as it is told: our words with another beginning."""
    if "Put this into better words:\n" in prompt:
        why, line = (prompt.split(f"{label}: ")[1].split("\n")[0] for label in ("WHY", "SAY"))
        return f"WHY: So {why[0].lower()}{why[1:]}\nSAY: So {line[0].lower()}{line[1:]}"
    if "Put this into better words: " in prompt:
        return prompt.split("better words: ")[1].split("\n")[0]
    return '{"overall": 2.8, "metrics": 4, "customer": 3.9, "why": "The wait came down to 10 minutes."}'


def is_opinion(prompt: str) -> bool:
    """It ends with the answer: nothing of ours is to be worded."""
    return prompt.endswith("</answer>")


def written_by(script: Script, told: Answer) -> tuple[Written, Mind]:
    with serving(script) as server:
        mind = Mind(Client(server.endpoint(model=MODEL)), load_prompts())
        return write(mind, told, scored(told)), mind


class TestAMindThatDoesAsItIsTold:
    def test_words_the_fixes_and_leaves_the_score_alone(self) -> None:
        told = answer(*TOLD)
        ours = scored(told)
        written, mind = written_by(replying(echo_of_ours), told)
        theirs = reworded(ours, written)
        assert {text.by for text in written.texts} == {"mind"} and mind.trouble() is None
        assert [fix.why[:3] for fix in theirs.fixes] == ["So "] * len(ours.fixes)
        assert (theirs.overall, theirs.dimensions, theirs.verdict) == (
            ours.overall,
            ours.dimensions,
            ours.verdict,
        )

    def test_gives_an_opinion_that_stands_beside_ours(self) -> None:
        told = answer(*TOLD)
        ours = scored(told)
        written, _ = written_by(replying(echo_of_ours), told)
        first, differs, why = opinion_lines(ours, written)
        assert f"2.8 of 4; {ours.overall:.1f} by the rubric counts" in first
        assert "metrics 4.0 against" in differs and why.endswith("The wait came down to 10 minutes.")

    def test_comes_back_from_the_store_as_it_was(self) -> None:
        written, _ = written_by(replying(echo_of_ours), answer(*TOLD))
        assert read_written(json.loads(json.dumps(written.as_dict()))) == written
        with pytest.raises(ValueError, match="by"):
            read_written({**written.as_dict(), "texts": [{"of": "fix 1", "ours": "x", "by": "someone"}]})

    def test_its_words_are_laid_over_the_very_text_that_they_reword(self) -> None:
        written, _ = written_by(replying(echo_of_ours), answer(*TOLD))
        corrected = scored(
            answer(*TOLD[:2], "I called three nurses.", "We built it.", "It went very well indeed.")
        )
        unlike = [fix for fix in corrected.fixes if fix.say not in {text.ours for text in written.texts}]
        assert unlike and set(unlike) <= set(reworded(corrected, written).fixes)


NONSENSE = {
    "nonsense": lambda _: "Lorem ipsum dolor sit amet.",
    "a false figure": lambda _: "WHY: You lost 70 nurses.\nSAY: I saved 70 nurses.",
    "a false quote": lambda _: (
        "WHY: 'the nurses wept' is a feeling.\nSAY: The nurses said 'never again' ___."
    ),
    "a blank that is filled": lambda _: (
        "WHY: How many minutes did the nurses get back?\nSAY: I saved 10 minutes."
    ),
    "obedience": lambda _: "You get a 4. The answer is perfect.",
    "nothing but a thought": lambda _: "<think>What could I say",
}


class TestAMindThatDoesNot:
    @pytest.mark.parametrize("name", NONSENSE)
    def test_is_not_heard_and_that_is_told(self, name: str) -> None:
        told = answer(*TOLD)
        ours = scored(told)
        written, _ = written_by(replying(NONSENSE[name]), told)
        assert reworded(ours, written) == ours
        assert len(written.texts) == len(ours.fixes) + bool(ours.strength)
        assert len(list(explained(written))) == len(written.texts) + 1  # and the opinion that is none
        assert all(text.by == "rules" and text.why_not for text in written.texts)

    def test_is_asked_no_more_once_it_fails(self) -> None:
        error = as_json({"error": {"message": "out of memory"}}, b"500 No")
        with serving(sends(error)) as server:
            mind = Mind(Client(server.endpoint(model=MODEL)), load_prompts())
            write(mind, answer(*TOLD), scored(answer(*TOLD)))
        assert len(server.asked) == 1
        assert "500: out of memory" in (mind.trouble() or "") and mind.trouble() is None  # one notice

    def test_is_left_alone_by_who_wants_to_leave(self) -> None:
        with serving(hangs()) as server:
            mind = Mind(Client(server.endpoint(model=MODEL)), load_prompts())
            written = write(mind, answer(*TOLD), scored(answer(*TOLD)), stop=lambda: True)
        assert server.asked == [] and {text.by for text in written.texts} == {"rules"}

    def test_that_is_stopped_in_mid_reply_is_told_as_your_leaving(self) -> None:
        told, leaving = answer(*TOLD), threading.Event()

        def never(asked: Asked) -> Iterator[bytes]:
            yield STREAM
            leaving.set()
            asked.left.wait()

        with serving(never) as server:
            mind = Mind(Client(server.endpoint(model=MODEL)), load_prompts())
            written = write(mind, told, scored(told), stop=leaving.is_set)
        assert {text.why_not for text in written.texts} == {"you had left"}
        assert list(explained(written))[-1] == "second opinion: none, because you had left"

    def test_is_told_again_only_of_a_fault_that_comes_after_it_had_answered(self) -> None:
        went_well = iter((False, False, True, False))

        def now_and_then(asked: Asked) -> Iterator[bytes]:
            if next(went_well):
                return replying(echo_of_ours)(asked)
            return sends(as_json({"error": "no"}, b"500 No"))(asked)

        notices = []
        with serving(now_and_then) as server:
            mind = Mind(Client(server.endpoint(model=MODEL)), load_prompts())
            fields = answer_fields(TOLD, QUESTION)
            for _ in range(4):
                with suppress(MindError):
                    mind.ask("opinion", fields, 20, 20.0)
                notices.append(mind.trouble())
        assert [bool(notice) for notice in notices] == [True, False, False, True]
        assert notices[0] is not None and notices[0].startswith("Our own words are used for now, because ")


class TestAnAnswer:
    def test_is_read_only_once_for_what_a_model_is_not_shown(self, monkeypatch: pytest.MonkeyPatch) -> None:
        read: list[str] = []
        looked = orders.speaks_to_the_marker

        def counting(text: str) -> bool:
            read.append(text)
            return looked(text)

        monkeypatch.setattr(orders, "speaks_to_the_marker", counting)
        written_by(replying(lambda _: "Lorem ipsum."), answer(*TOLD))
        assert read == list(TOLD)


class TestReadingAnOpinion:
    @pytest.mark.parametrize(
        "reply", ["", "I think it is a 3.", "{}", '{"overall": 9}', '{"overall": true}', "{" * 5000]
    )
    def test_what_is_none_says_so(self, reply: str) -> None:
        told = answer(*TOLD)
        found = read_opinion(reply, material_of(told), scored(told))
        assert found.overall is None and found.none

    def test_what_is_none_is_told_where_the_words_are_explained(self) -> None:
        """And what it said instead, which is how one finds out what is wrong with the model."""

        def vague(prompt: str) -> str:
            return "It is rather good." if is_opinion(prompt) and TOLD[0] in prompt else echo_of_ours(prompt)

        written, _ = written_by(replying(vague), answer(*TOLD))
        told = list(explained(written))[-1]
        assert told == (
            "second opinion: none, because its reply held no mark from 1 to 4: It is rather good."
        )

    @pytest.mark.parametrize(
        "why", ["You cut it by 90 minutes.", "You said 'it was magic' of it.", "word " * 60]
    )
    def test_a_reason_that_does_not_hold_is_left_out(self, why: str) -> None:
        told = answer(*TOLD)
        found = read_opinion(json.dumps({"overall": 2, "why": why}), material_of(told), scored(told))
        assert (found.overall, found.why) == (2.0, "")


class TestTheCommand:
    @pytest.fixture
    def transcript(self, tmp_path: Path) -> str:
        path = tmp_path / "a.txt"
        path.write_text("\n".join(TOLD))
        return str(path)

    def run(self, *arguments: str) -> tuple[str, str]:
        result = CliRunner().invoke(score_command, arguments, catch_exceptions=False)
        return result.stdout, result.stderr

    def test_shows_its_words_and_who_worded_what(self, transcript: str) -> None:
        with serving(replying(echo_of_ours)) as server:
            shown, _ = self.run(transcript, "--explain", "--mind", f"{server.url}#{MODEL}")
        assert f"Worded with {MODEL} on this machine" in shown
        assert "Second opinion, by scripted-1b: 2.8 of 4" in shown and "fix 1: worded by scripted-1b" in shown

    def test_a_mind_that_is_not_there_is_one_notice(self, transcript: str) -> None:
        plain, _ = self.run(transcript)
        shown, told = self.run(transcript, "--mind", "http://127.0.0.1:9/v1#none")
        assert shown == plain
        assert told.count("can't be reached") == 1 and "own words are used" in told

    def test_a_log_replays_the_same(self, transcript: str, tmp_path: Path) -> None:
        log = tmp_path / "mind.jsonl"
        with serving(replying(echo_of_ours)) as server:
            first, _ = self.run(
                transcript, "--json", "--mind", f"{server.url}#{MODEL}", "--mind-log", str(log)
            )
        again, _ = self.run(transcript, "--json", "--mind", f"replay:{log}")
        assert (
            json.loads(again)["fixes"]
            == json.loads(first)["fixes"]
            != json.loads(self.run(transcript, "--json")[0])
        )

    def test_a_replay_is_called_by_the_name_of_its_log_and_of_its_model(
        self, transcript: str, tmp_path: Path
    ) -> None:
        log = tmp_path / "mind.jsonl"
        with serving(replying(echo_of_ours)) as server:
            self.run(transcript, "--mind", f"{server.url}#{MODEL}", "--mind-log", str(log))
        shown, _ = self.run(transcript, "--mind", f"replay:{log}")
        assert f"Wordedwith{MODEL}outofreplay:{log}" in "".join(shown.split())
        assert "localhost" not in shown

    def test_says_of_a_mind_whose_words_were_not_used_that_nothing_was_worded(self, transcript: str) -> None:
        def only_an_opinion(prompt: str) -> str:
            return echo_of_ours(prompt) if is_opinion(prompt) else "Lorem ipsum."

        with serving(replying(only_an_opinion)) as server:
            shown, _ = self.run(transcript, "--mind", f"{server.url}#{MODEL}")
        assert "Worded with" not in shown and f"Second opinion, by {MODEL}" in shown

    def test_calls_a_model_by_its_name_and_not_by_the_path_of_its_file(self, transcript: str) -> None:
        path = "/srv/models/good-1b.Q4_1.gguf"
        models = as_json({"data": [{"id": path}]})
        with serving(replying(echo_of_ours, model=path), models) as server:
            shown, told = self.run(transcript, "--mind", server.url)
            refused = self.run(transcript, "--mind", f"{server.url}#other")[1]
        assert "Worded with good-1b.Q4_1 on" in shown and "/srv" not in shown + told + refused
        assert "it has good-1b.Q4_1" in refused and {
            each.body["model"] for each in server.asked if each.body
        } == {path}

    def test_the_configuration_names_one_too_and_off_means_none(
        self, transcript: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        config = tmp_path / "mine.toml"
        monkeypatch.setenv("VOICEMOCK_CONFIG", str(config))
        with serving(replying(echo_of_ours)) as server:
            config.write_text(f'mind = "{server.url}"\n')
            assert "Second opinion" in self.run(transcript)[0]
            assert "Second opinion" not in self.run(transcript, "--mind", "off")[0]

"""Whatever a file holds, reading it gives a result or one of our errors.

CI tries the same cases every time. To look for new ones: `VOICEMOCK_FUZZ=20000 pytest tests/test_fuzz_parsers.py`; what
it finds is kept here as an example.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.hostile.files import LABELLED, PACK, WORDINGS, tone
from tests.hostile.texts import HOSTILE
from tests.hostile.trial import acts
from tests.stored import BAKERY, add_answer, spoken
from voicemock.audio.decode import decode
from voicemock.cli.answer_files import Wanted, read_answer, split_transcript
from voicemock.coaching.alignment import align, replace_phrase
from voicemock.coaching.writing import review_writing
from voicemock.errors import AudioFileError, PackError, TranscriptError, UsageProblem, VoicemockError
from voicemock.packs.phrases import Phrases, read_phrases
from voicemock.packs.questions import Question, find_question, read_packs
from voicemock.report.markdown import escape
from voicemock.store.recordings import recorded_seconds, recordings
from voicemock.store.search import search
from voicemock.store.sidecar import asked_path, read_asked
from voicemock.store.store import Store
from voicemock.terminal.printable import json_text, printable, printable_lines

MORE = os.environ.get("VOICEMOCK_FUZZ")


def fuzzed(examples: int) -> Callable[[Any], Any]:
    return settings(
        max_examples=int(MORE) if MORE else examples,
        derandomize=not MORE,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


texts = (
    st.text()
    | st.sampled_from(HOSTILE)
    | st.text(st.sampled_from("aI 0.,%$-:;\n\t#>*_[]{}()\"'\\/\x1b\u202e"))
)
words = st.lists(
    st.sampled_from(["I", "from", "12", "to", "3", "%", "$1.5M", "users", "1,2", "half", "-", "."])
)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=12)


@st.composite
def spoiled(draw: st.DrawFn, good: bytes) -> bytes:
    """Good bytes with a piece cut out, doubled, or replaced by others."""
    first = draw(st.integers(0, len(good)))
    last = draw(st.integers(first, min(len(good), first + 40)))
    return good[:first] + draw(st.binary(max_size=12) | st.just(good[first:last] * 2)) + good[last:]


class TestPacks:
    """A pack is read, or refused with its name."""

    @fuzzed(150)
    @given(content=spoiled(PACK.encode()) | st.binary())
    @example(content=b"[" * 5_000)
    @example(content=b"round: !!bool x")
    @example(content=b"? [a]\n: 1")
    @example(content=PACK.replace("3.5", "0b" + "1" * 20_000).encode())
    @example(content=PACK.replace("How would you measure it?", "0b" + "1" * 20_000).encode())
    def test_bytes(self, content: bytes, tmp_path: Path) -> None:
        self.read(tmp_path / "p.yaml", content)

    @fuzzed(150)
    @given(
        value=values,
        field=st.sampled_from(["id", "text", "type", "tags", "difficulty", "follow_ups", "exhibit"]),
    )
    @example(value="\x1b[2J", field="text")
    def test_values(self, value: object, field: str, tmp_path: Path) -> None:
        pack = yaml.safe_load(PACK)
        pack["questions"][0][field] = value
        self.read(tmp_path / "p.yaml", json.dumps(pack).encode())  # JSON is YAML

    def read(self, path: Path, content: bytes) -> None:
        path.write_bytes(content)
        try:
            questions = read_packs([path])
        except PackError as error:
            assert str(error).startswith(str(path))
            assert "\n" not in str(error)
        else:
            assert all(not acts(text) for question in questions for text in _texts_of(question))

    @fuzzed(100)
    @given(content=spoiled(WORDINGS.encode()) | st.binary())
    def test_wordings(self, content: bytes, tmp_path: Path) -> None:
        path = tmp_path / "follow-ups.yaml"
        path.write_bytes(content)
        try:
            wordings = read_phrases(path)
        except PackError as error:
            assert str(error).startswith(str(path))
        else:
            for kind in wordings:
                Phrases(wordings).wording(kind, 3, quote="{metric} \\1 {")

    @fuzzed(100)
    @given(asked=texts)
    def test_what_is_asked_for(self, asked: str) -> None:
        question = Question("own-01", "behavioral", "Tell me.", "ownership")
        try:
            assert find_question([question], asked) is question
        except VoicemockError as error:
            assert error.exit_code == 1


class TestAnswers:
    """A transcript or a labelled answer is read, or refused with its name."""

    @fuzzed(150)
    @given(content=spoiled(BAKERY.encode()) | st.binary() | words.map(" ".join).map(str.encode))
    @example(content="\ufeffI did it.".encode())
    @example(content="\x85\x1c\u2028".encode())
    def test_bytes(self, content: bytes, tmp_path: Path) -> None:
        self.read(tmp_path / "a.txt", content)

    @fuzzed(150)
    @given(value=values, field=st.sampled_from([*LABELLED, "more"]))
    @example(value=[], field="round")
    @example(value={}, field="question")
    @example(value="abc", field="sentences")
    @example(value=[["a"]], field="sentences")
    @example(value=float("nan"), field="duration_s")
    def test_values(self, value: object, field: str, tmp_path: Path) -> None:
        self.read(tmp_path / "a.json", json.dumps({**LABELLED, field: value}).encode())

    @fuzzed(100)
    @given(content=spoiled(json.dumps(LABELLED).encode()))
    @example(content=b'{"sentences": ' + b"[" * 60_000)
    def test_json(self, content: bytes, tmp_path: Path) -> None:
        self.read(tmp_path / "a.json", content)

    def read(self, path: Path, content: bytes) -> None:
        path.write_bytes(content)
        try:
            answer = read_answer(str(path), Wanted())
        except TranscriptError as error:
            assert str(path) in str(error)
        else:
            assert all(isinstance(sentence.text, str) for sentence in answer.sentences)

    @fuzzed(60)
    @given(text=texts | words.map(" ".join))
    def test_writing(self, text: str) -> None:
        review_writing(text)

    @fuzzed(100)
    @given(text=texts)
    def test_every_word_is_in_a_sentence(self, text: str) -> None:
        kept = [line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#")]
        sentences = " ".join(sentence.text for sentence in split_transcript(text))
        assert sentences.split() == " ".join(kept).split()


class TestSound:
    """A recording is read, or refused with its name."""

    @fuzzed(60)
    @given(data=st.data(), ending=st.sampled_from(["wav", "flac", "mp3", "ogg", "m4a"]))
    def test_any_sound(self, data: st.DataObject, ending: str, tmp_path: Path) -> None:
        path = tmp_path / f"a.{ending}"
        path.write_bytes(data.draw(spoiled(tone(ending)[:600]) | st.binary()))
        try:
            assert decode(path).ndim == 1
        except AudioFileError as error:
            assert str(path) in str(error)

    @fuzzed(150)
    @given(content=spoiled(tone("wav")[:200]) | st.binary())
    def test_a_recording_of_ours(self, content: bytes, tmp_path: Path) -> None:
        path = tmp_path / "s1" / "1.wav"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        try:
            assert recorded_seconds(path) >= 0
        except AudioFileError as error:
            assert str(path) in str(error)

    @fuzzed(100)
    @given(content=st.binary() | values.map(lambda value: json.dumps(value).encode()))
    @example(content=b"[" * 60_000)
    def test_what_lies_beside_it(self, content: bytes, tmp_path: Path) -> None:
        asked_path(tmp_path / "1.wav").write_bytes(content)
        assert isinstance(read_asked(tmp_path / "1.wav"), dict)

    @fuzzed(60)
    @given(
        name=st.text(
            st.characters(exclude_characters="/\0", exclude_categories=("Cs",)), min_size=1, max_size=60
        )
    )
    def test_names_of_recordings(self, name: str, tmp_path: Path) -> None:
        path = tmp_path / "s1" / f"{name}.wav"
        path.parent.mkdir(exist_ok=True)
        path.touch()
        assert all(each.parent == path.parent for _, each in recordings(tmp_path))
        path.unlink()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("store")) as opened:
        add_answer(opened)
        yield opened


class TestWhatIsTyped:
    """Search terms, corrections and texts that are shown."""

    @fuzzed(200)
    @given(text=texts)
    @example(text='"')
    @example(text="a* NEAR(b) AND : ^ - \x02")
    def test_a_search(self, text: str, store: Store) -> None:
        try:
            hits = search(store, text)
        except UsageProblem:
            return
        assert all(hit.answer_id == "s1/1" for hit in hits)

    @fuzzed(100)
    @given(text=texts, old=texts, new=texts)
    def test_a_correction(self, text: str, old: str, new: str) -> None:
        heard = spoken(BAKERY)
        assert all(word.start <= word.end for word in align(heard, text, 60.0))
        replaced, count = replace_phrase(heard, old, new)
        assert count or replaced == heard

    @fuzzed(200)
    @given(text=texts)
    def test_what_is_shown(self, text: str) -> None:
        assert not acts(printable(text))
        assert not acts(printable_lines(text))
        assert printable(printable(text)) == printable(text)
        assert "<" not in escape(text).replace("\\<", "")

    @fuzzed(100)
    @given(value=st.lists(texts) | st.dictionaries(texts, texts))
    def test_json(self, value: object) -> None:
        assert not acts(json_text(value))
        assert json.loads(json_text(value)) == value


def _texts_of(question: Question) -> list[str]:
    exhibit = question.exhibit
    cells = (
        [exhibit.title, *exhibit.columns, *(cell for row in exhibit.rows for cell in row)] if exhibit else []
    )
    return [question.id, question.text, *question.tags, *question.follow_ups, *cells]

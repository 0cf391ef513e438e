"""Text to learn sentence ends from: words without punctuation, and what stood behind each of them.

Our own answers, and the conversations of `chitchat-dataset` (MIT; strangers who chat in writing, from Brigham Young
University), of which only the messages count that are punctuated with care.
"""

from __future__ import annotations

import json
import pathlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import files

import yaml
from parse import ANSWERS, load

from voicemock.transcript.ends import normal
from voicemock.transcript.sentences import ABBREVIATION, SENTENCE_END

PAIRS = pathlib.Path(__file__).parents[1] / "prompts" / "answers"
NONE, COMMA, END = 0, 1, 2
COMMA_LIKE = re.compile(r"[,;:–-][\"'”’)]*$")
DASH = re.compile(r"—|--")
FEWEST_WORDS = 4  # of a message that tells how somebody punctuates
LONGEST = 45  # words without a stop: whoever writes that does not punctuate


@dataclass
class Text:
    """Words as `ends.normal` makes them, and for each what stood behind it. `capital`: it was written with one."""

    words: list[str]
    marks: list[int]
    capital: list[bool]

    def add(self, words: str, whole: bool = False) -> None:
        """Appends running text; if it is `whole`, a single sentence, stops inside are not ends."""
        for token in DASH.sub(" — ", words).split():
            plain, stop = normal(token), bool(SENTENCE_END.search(token) and not ABBREVIATION.match(token))
            if not is_word(token):
                if self.marks and self.marks[-1] == NONE:
                    self.marks[-1] = END if stop and not whole else COMMA
                continue
            self.words.append(plain)
            self.capital.append(token.strip("\"'“(")[:1].isupper())
            self.marks.append(
                END if stop and not whole else COMMA if stop or COMMA_LIKE.search(token) else NONE
            )
        if whole and self.marks:
            self.marks[-1] = END


def is_word(token: str) -> bool:
    return re.search(r"[\w#]", normal(token)) is not None


def of_sentences(sentences: Iterable[str]) -> Text:
    text = Text([], [], [])
    for sentence in sentences:
        text.add(sentence, whole=True)
    return text


def labelled(folder: pathlib.Path = ANSWERS) -> list[Text]:
    return [of_sentences(line.text for line in answer.lines) for answer in load(folder)]


def pairs() -> Iterator[Text]:
    for path in sorted(PAIRS.glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["answers"]:
            for told in (entry["good"], entry["fair"]):
                text = Text([], [], [])
                text.add(told)
                yield text


def conversations() -> Iterator[Text]:
    listed = files("chitchat-dataset") or []
    source = next(file for file in listed if file.name == "dataset.json")
    for conversation in json.loads(source.read_text(encoding="utf-8")).values():
        text = Text([], [], [])
        for turn in conversation["messages"]:
            for message in turn if isinstance(turn, list) else [turn]:
                if _punctuated(written := message["text"].strip().encode("ascii", "ignore").decode()):
                    text.add(written)
        if len(text.words) > LONGEST:
            yield text


def _punctuated(message: str) -> bool:
    words = message.split()
    stops = sum(bool(SENTENCE_END.search(word)) for word in words)
    return (
        len(words) >= FEWEST_WORDS
        and message[0].isupper()
        and bool(SENTENCE_END.search(words[-1]))
        and len(words) <= LONGEST * stops
    )

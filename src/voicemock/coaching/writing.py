"""The review of the 300–500-word narrative (rubric section 8): active voice, "I", data, a principle, no
jargon (pure).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from voicemock.errors import TranscriptError
from voicemock.limits import WORD_CHARACTERS
from voicemock.rounds import PRINCIPLES
from voicemock.scoring.claims.metrics import find_metrics
from voicemock.scoring.findings.names import named_principles
from voicemock.scoring.findings.vague import find_vague
from voicemock.scoring.models.lexicon import compile_entries, lexicon, pattern, words
from voicemock.transcript import sentences_from_text
from voicemock.wording import counted

FEWEST_WORDS, MOST_WORDS = 300, 500  # rubric section 8
MOST_PASSIVE = 0.15  # share of sentences; now and then the passive is the plain way to say it
LEAST_I = 0.6  # share of I among I and we (rubric section 3)
FEWEST_METRICS = 2  # results with a number in a story (rubric section 2)
AS_TEXT = "save it as UTF-8 in .txt or .md"
_WORD = re.compile(r"\w+(?:[’'\-]\w+)*")
_I = re.compile(r"\b(?:I|me|my|mine|myself)\b")
_WE = re.compile(r"\b(?:we|us|our|ours|ourselves)\b", re.IGNORECASE)
_MARKDOWN = re.compile(r"^\s{0,3}(?:#{1,6}\s+|[-*+]\s+|>\s?|\d+\.\s+)|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the text, and the number of their line, from 1."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is as it should be, what was found, what to do, and the lines."""

    name: str
    good: bool
    found: str
    advice: str
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class WritingReview:
    """The checks in the order of the rubric."""

    words: int
    checks: tuple[Check, ...]

    @property
    def good(self) -> bool:
        return all(check.good for check in self.checks)


def usable_text(text: str, name: str) -> str:
    """The text, if it can be reviewed. Raises TranscriptError."""
    if "\0" in text or any(len(word) > WORD_CHARACTERS for word in text.split()):
        raise TranscriptError(f"{name} is no text", AS_TEXT)
    if not text.strip():
        raise TranscriptError(f"{name} is empty", "write 300 to 500 words about one story")
    return text


def review_writing(text: str) -> WritingReview:
    """Review a narrative in plain text or Markdown."""
    lines = list(_sentences(text))
    checks = (_length, _voice, _ownership, _data, _principle, _jargon)
    return WritingReview(_count(lines), tuple(check(lines) for check in checks))


def _sentences(text: str) -> Iterator[Quote]:
    """The sentences with the line on which each begins; a blank line ends one, a line's end does not."""
    for paragraph in re.finditer(r"(?:^.*\S.*\n?)+", text, re.MULTILINE):
        number = text.count("\n", 0, paragraph.start()) + 1
        numbered = [
            (number + at, token)
            for at, line in enumerate(paragraph[0].splitlines())
            for token in _MARKDOWN.sub("", line).split()
        ]
        done = 0
        for sentence in sentences_from_text(" ".join(token for _, token in numbered)):
            yield Quote(numbered[done][0], sentence.text)
            done += len(sentence.text.split())


def _length(lines: Sequence[Quote]) -> Check:
    count = _count(lines)
    if count < FEWEST_WORDS:
        missing = FEWEST_WORDS - count
        are = "is" if missing == 1 else "are"
        advice = f"{counted(missing, 'word')} {are} missing: numbers, the choice and why, what you learned."
    elif count > MOST_WORDS:
        advice = f"Cut {counted(count - MOST_WORDS, 'word')}; begin with what the reader knows already."
    else:
        advice = ""
    return Check("length", not advice, f"{counted(count, 'word')} of {FEWEST_WORDS}–{MOST_WORDS}", advice)


def _count(lines: Sequence[Quote]) -> int:
    return sum(len(_WORD.findall(line.text)) for line in lines)


def _voice(lines: Sequence[Quote]) -> Check:
    passive = [Quote(line.line, line.text) for line in lines if is_passive(line.text)]
    share = len(passive) / max(1, len(lines))
    return Check(
        "active voice",
        share <= MOST_PASSIVE,
        f"{len(passive)} of {counted(len(lines), 'sentence')} in the passive",
        "" if share <= MOST_PASSIVE else "Say who did it: “I shipped it”, not “it was shipped”.",
        tuple(passive),
    )


def _ownership(lines: Sequence[Quote]) -> Check:
    mine = sum(len(_I.findall(line.text)) for line in lines)
    ours = [Quote(line.line, line.text) for line in lines if _WE.search(line.text)]
    total = mine + sum(len(_WE.findall(line.text)) for line in lines)
    good = bool(mine) and mine / total >= LEAST_I
    found = f"“I” is {mine / total:.0%} of “I” and “we”" if total else "neither “I” nor “we”"
    return Check("I against we", good, found, "" if good else "Say what you did yourself.", tuple(ours))


def _data(lines: Sequence[Quote]) -> Check:
    texts = [line.text for line in lines]
    metrics = find_metrics(texts)
    results = [metric for metric in metrics if metric.role == "result"]
    vague = [Quote(lines[each.sentence].line, each.text) for each in find_vague(texts, metrics).told]
    good = len(results) >= FEWEST_METRICS and not vague
    found = f"{counted(len(results), 'result')} with a number"
    if vague:
        found += f", {len(vague)} without one"
    advice = "" if good else "Say from what to what, over how long, for every result."
    quotes = vague or [Quote(lines[each.sentence].line, each.text) for each in results]
    return Check("data", good, found, advice, tuple(quotes))


def _principle(lines: Sequence[Quote]) -> Check:
    named = named_principles([line.text for line in lines])
    found = ", ".join(PRINCIPLES[slug].title for slug in named) or "no leadership principle is named"
    quotes = tuple(lines[places[0]] for places in named.values())
    advice = "" if named else "Tie the end to one principle, with the act that shows it."
    return Check("principle", bool(named), found, advice, quotes)


def _jargon(lines: Sequence[Quote]) -> Check:
    said = [
        Quote(line.line, found[0])
        for line in lines
        for found in pattern("writing", "jargon").finditer(line.text)
    ]
    advice = "Say it as you would to a customer." if said else ""
    found = f"{counted(len(said), 'word')} of jargon" if said else "none"
    return Check("jargon", not said, found, advice, tuple(said))


def is_passive(sentence: str) -> bool:
    """Whether a sentence has a passive verb: a form of "be", at most two adverbs, a participle."""
    return any(found[1].casefold() not in words("writing", "describing") for found in _passives(sentence))


def _passives(sentence: str) -> Iterable[re.Match[str]]:
    be = compile_entries(tuple(lexicon("writing")["be"])).pattern
    participle = "|".join(sorted(words("writing", "irregular")))
    between = r"(?:not|also|then|already|finally|being|\w+ly)"
    found = rf"(?:{be})\s+(?:{between}\s+){{0,2}}(\w{{2,}}ed|(?:re|over|under)?(?:{participle}))\b"
    return re.finditer(found, sentence, re.IGNORECASE)

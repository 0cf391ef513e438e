"""The gate that every text to a candidate passes before it is said, whoever wrote it.

`passes(text, reading, said)` is the whole of it: a text that is no English sentence, that quotes what was not said,
that reckons wrongly, that the answer contradicts, that is foul, or that was said before in this session does not pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from voicemock.scoring.feedback.contradicted import contradicted
from voicemock.scoring.feedback.figures import unfounded
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.language.clauses import UNFINISHED
from voicemock.scoring.language.tags import tagged
from voicemock.scoring.models.lexicon import pattern, words

Said = Sequence[str]

MOST_WORDS = 45  # of one text; more cannot be taken in
ALIKE = 0.75  # of the words of two texts, from which on the second repeats the first
BLANK = "___"
_QUOTE = re.compile(r"(?:(?<=\s)|^)['\"“]([^'\"”]+(?:'[a-z]+[^'\"”]*)*)['\"”](?=[\s,.?!;:]|$)")
_SIDE_BY_SIDE = re.compile(r"___%?,? (?:and |or )?[$£€]?___")
MOST_BLANKS = 2  # more, and a listener learns only that something is missing
_TWICE = re.compile(r"(?i)\b([a-z']+) \1\b")
_BROKEN = re.compile(r"\s[,.;:?!]|,,|\(\)|[{}]|\.\.\.$|  ")
_MINE = re.compile(r"(?i)\b(?:my|mine|myself|our|ours|ourselves)\b")  # to a candidate it's "your"
_A_BEFORE_VOWEL = re.compile(r"\b[Aa] (?=[aeio]|hour|honest|u[ndmps](?!i))(?!one\b|once\b|one-|eu)\w+")
_AN_BEFORE_CONSONANT = re.compile(r"\b[Aa]n (?=[bcdfgjklmnpqrstvwyz])(?![a-z]-)\w+")
_MARK = re.compile(r"[,.;:!?…—–](?=\s|$)|$")
MAY_REPEAT = frozenset({"had", "that", "very"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a text may be said; `why` names the first thing that is wrong with it."""

    why: str = ""

    def __bool__(self) -> bool:
        return not self.why


def passes(text: str, reading: Material, said: Said = (), line: bool = False) -> Verdict:
    """`said` are the texts of this session so far; `line` is a sentence for the candidate to say, with blanks."""
    checks: dict[str, Callable[[], bool]] = {
        "no sentence": lambda: not _is_sentence(text),
        "misspelt": lambda: _misspelt(text),
        "said by the candidate": lambda: not line and bool(_MINE.search(_QUOTE.sub("", text))),
        "all blanks": lambda: line and (text.count(BLANK) > MOST_BLANKS or bool(_SIDE_BY_SIDE.search(text))),
        "foul": lambda: bool(pattern("gate", "foul").search(text)),
        "misquotes": lambda: _misquotes(text, reading),
        "recogniser was unsure": lambda: any(word in reading.doubtful for word in _plain(text).split()),
        "a figure from nowhere": lambda: unfounded(text, reading),
        "contradicted by the answer": lambda: not line and contradicted(text, reading),
        "said before": lambda: any(_alike(text, other) for other in said),
    }
    return Verdict(next((why for why, fails in checks.items() if fails()), ""))


def _is_sentence(text: str) -> bool:
    """Opened and closed like one, with a verb, and no phrase broken off."""
    if not text.strip() or len(text.split()) > MOST_WORDS or _BROKEN.search(text):
        return False
    opens = text[0].isupper() or text[0].isdigit() or text[0] in "'\"“$£€_-"
    if not opens or text.rstrip("'\"”")[-1:] not in tuple(".?!"):
        return False
    plain = text.replace(BLANK, "something")
    ends = re.findall(r"([\w']+)[.?!]", _QUOTE.sub("words", plain))  # how a quote ends is looked at by itself
    if any(UNFINISHED.fullmatch(word) and word.lower() not in words("gate", "may_end") for word in ends):
        return False
    return any(token.tag in ("VERB", "AUX") for token in tagged(plain))


def _misspelt(text: str) -> bool:
    """A word twice over, or the wrong article: what splicing does to English."""
    if any(found[1].lower() not in MAY_REPEAT for found in _TWICE.finditer(text)):
        return True
    article = _A_BEFORE_VOWEL.search(text) or _AN_BEFORE_CONSONANT.search(text)
    return bool(article or pattern("gate", "broken").search(text))


def _misquotes(text: str, reading: Material) -> bool:
    """Quoted words stand in the answer as they are, and are a whole phrase."""
    told = _plain(" ".join(reading.sentences))
    for found in _QUOTE.finditer(text):
        quoted = found[1].rstrip(".,;:!? …").removesuffix("...").strip()
        if BLANK in quoted or _plain(quoted) in words("gate", "own_words"):
            continue
        unfinished = UNFINISHED.fullmatch(quoted.split()[-1]) and not _ends_at_a_mark(_plain(quoted), reading)
        if _plain(quoted) not in told or unfinished:
            return True
    return False


def _ends_at_a_mark(quoted: str, reading: Material) -> bool:
    """Whether words end where their sentence has a mark: such a clause may end as it likes."""
    ends = (text[: found.start()] for text in reading.sentences for found in _MARK.finditer(text))
    return any(f" {_plain(piece)}".endswith(f" {quoted}") for piece in ends)


def _alike(text: str, other: str) -> bool:
    mine, theirs = set(_plain(text).split()), set(_plain(other).split())
    return bool(mine) and len(mine & theirs) / len(mine | theirs) >= ALIKE


def _plain(text: str) -> str:
    return re.sub(r"[^\w$%']+", " ", text.lower().replace("’", "'")).strip()


def first_that_passes(texts: Iterable[str], reading: Material, said: Said = ()) -> str | None:
    """The first text that may be said; None where none may."""
    return next((text for text in texts if passes(text, reading, said)), None)

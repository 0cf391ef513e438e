"""The names among what the user corrected: the recogniser listens for them from then on. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from voicemock.coaching.alignment import plain
from voicemock.transcript import Word
from voicemock.transcript.sentences import SENTENCE_END

_AROUND = ".,;:!?…\"'“”‘’()"


def corrected_names(heard: Sequence[Word], corrected: Sequence[Word]) -> tuple[str, ...]:
    """The names among the words that the user put in place of others: "Kubernetes", "Jira board" gives
    "Jira".

    Neighbouring names are one ("San Marino"). A capital at the start of a sentence makes no name by itself.
    """
    # with their capitals: "marino" that became "Marino" is part of a name
    before, after = ([word.text.strip(_AROUND) for word in words] for words in (heard, corrected))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    names: list[str] = []
    for kind, _, _, first, last in matcher.get_opcodes():
        if kind in ("replace", "insert"):
            names += _runs(corrected, first, last)
    return tuple(dict.fromkeys(names))


def _runs(words: Sequence[Word], first: int, last: int) -> list[str]:
    runs: list[list[str]] = [[]]
    for at in range(first, last):
        if _is_name(words, at):
            runs[-1].append(words[at].text.strip(_AROUND))
        if not _is_name(words, at) or SENTENCE_END.search(words[at].text):
            runs.append([])
    return [" ".join(run) for run in runs if run]


def _is_name(words: Sequence[Word], at: int) -> bool:
    text = words[at].text.strip("\"'“‘(")
    capitals = sum(letter.isupper() for letter in text)
    if at and not SENTENCE_END.search(words[at - 1].text):
        return capitals >= 1 and plain(text) not in ("i", "i'm", "i'd", "i've", "i'll")
    return capitals >= 2 or (capitals == 1 and any(letter.isdigit() for letter in text))

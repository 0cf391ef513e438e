"""Numbers that the recogniser holds for something else too: "19", and perhaps "90". Pure.

The decoder keeps several texts until the end; where two of them are about as likely and differ in a number, the sound
does not say which it is. Where a "-teen" may be a "-ty", the decoder is asked outright how likely the other is.
And the sound around each number is decoded again, more slowly: what comes out as another number then was in doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from voicemock.scoring.numbers.numerals import number_at
from voicemock.scoring.numbers.tokens import tokens_of
from voicemock.speech.which_number import twin
from voicemock.transcript import Doubt, Word, join_words

# 27 of 28 numbers said alone fitted one of the two with -8.8 and more, all of 40 other phrases with -10.5 and less.
FITS = -9.0
AROUND_S = 1.5  # of a number, that are heard again: longer, and more of the right numbers come out as others
SMALLEST = 2.0  # "one" is hardly ever a number
CHOSEN_AHEAD = 1.0  # 2.7 times as likely
TWIN_AS_LIKELY = 1.5  # of the logarithm of a text's probability: 4.5 times as likely is no certainty


@dataclass(frozen=True, slots=True)
class _Atom:
    """A word, or a number of several; `value` is None for a word."""

    text: str
    value: float | None
    first: int  # character of the text at which it begins
    key: str


def doubted(words: Sequence[Word], others: Iterable[str]) -> tuple[Doubt, ...]:
    """The numbers of `words` for which one of `others`, texts of the same sound, has another."""
    text = join_words(words)
    own = _atoms(text)
    readings: dict[int, list[str]] = {}
    for other in others:
        for place, reading in _differences(own, _atoms(other)):
            found = readings.setdefault(place, [])
            if reading not in found:
                found.append(reading)
    return tuple(_doubt(words, own[place], tuple(found)) for place, found in sorted(readings.items()))


def around_numbers(words: Sequence[Word]) -> Iterator[tuple[float, float, tuple[Word, ...]]]:
    """For each number from when to when to listen again, and the words of `words` that are spoken then.

    Two numbers side by side are heard again together.
    """
    until = 0.0
    for atom in _atoms(join_words(words)):
        if atom.value is None or atom.value < SMALLEST:
            continue
        place = _doubt(words, atom, ())
        if place.end <= until:
            continue
        start, until = place.start - AROUND_S, place.end + AROUND_S
        yield start, until, tuple(word for word in words if start <= word.start and word.end <= until)


def likely_twins(words: Sequence[Word], likelihood: Callable[[str], float]) -> list[Doubt]:
    """The numbers whose twin, a "-ty" instead of a "-teen" or the reverse, fits the sound almost as well.

    `likelihood` is the logarithm of a text's probability, given the sound.
    """
    twins = list(with_twins(words))
    if not twins:
        return []
    own = likelihood(join_words(words))
    return [doubt for doubt, instead in twins if own - likelihood(instead) < TWIN_AS_LIKELY]


def chosen(choices: Sequence[str], likelihood: Callable[[str], float]) -> tuple[str, ...]:
    """The one choice that fits the sound, and better than the others; none where something else is said."""
    found = sorted(((likelihood(text), text) for text in choices), reverse=True)
    best, text = found[0]
    ahead = len(found) == 1 or best - found[1][0] > CHOSEN_AHEAD
    return (text,) if ahead and best > FITS else ()


def with_twins(words: Sequence[Word]) -> Iterator[tuple[Doubt, str]]:
    """Each number that has a twin ("19" and "90"), doubted, and the whole text as it would be with the twin."""
    text = join_words(words)
    for atom in _atoms(text):
        other = None if atom.value is None else twin(atom.text)
        if other is not None:
            instead = text[: atom.first] + other + text[atom.first + len(atom.text) :]
            yield _doubt(words, atom, (other,)), instead


def merged(doubts: Iterable[Doubt], more: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """Both, in order; of two about the same number the first, with what the other reads besides."""
    found = {(doubt.start, doubt.heard): doubt for doubt in doubts}
    for doubt in more:
        known = found.get((doubt.start, doubt.heard))
        others = () if known is None else known.readings
        found[doubt.start, doubt.heard] = replace(
            doubt, readings=tuple(dict.fromkeys((*others, *doubt.readings)))
        )
    return tuple(sorted(found.values(), key=lambda doubt: doubt.start))


def _differences(own: Sequence[_Atom], other: Sequence[_Atom]) -> Iterable[tuple[int, str]]:
    """(which atom of ours, the number that stands there in the other)"""
    matcher = SequenceMatcher(None, [a.key for a in own], [a.key for a in other], autojunk=False)
    for kind, a, a_end, b, b_end in matcher.get_opcodes():
        if kind != "replace":
            continue
        ours = [n for n in range(a, a_end) if own[n].value is not None]
        theirs = [n for n in range(b, b_end) if other[n].value is not None]
        if len(ours) == len(theirs):
            yield from (
                (n, other[m].text) for n, m in zip(ours, theirs, strict=True) if own[n].key != other[m].key
            )


def _atoms(text: str) -> list[_Atom]:
    tokens, atoms, at = tokens_of(text), [], 0
    while at < len(tokens):
        number = number_at(tokens, at)
        last = number.last if number else at + 1
        said = text[tokens[at].start : tokens[last - 1].end]
        if number is not None:
            atoms.append(_Atom(said, number.value, tokens[at].start, f"{number.value:.10g}"))
        elif tokens[at].text[0].isalnum():
            atoms.append(_Atom(said, None, tokens[at].start, tokens[at].low))
        at = last
    return atoms


def _doubt(words: Sequence[Word], atom: _Atom, readings: tuple[str, ...]) -> Doubt:
    """With the times of the words that the number stands in."""
    at, inside = 0, []
    for word in words:
        if at < atom.first + len(atom.text) and at + len(word.text) > atom.first:
            inside.append(word)
        at += len(word.text) + 1
    return Doubt(inside[0].start, inside[-1].end, atom.text, readings)

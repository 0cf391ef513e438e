"""How much is taken from a file: enough for whatever is meant, too little to hold up the machine.

Beyond a limit the command ends in one line that names the file and the limit. What is stored is checked in the same
way, field by field, where it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from voicemock.rounds import HIGHEST, LOWEST

T = TypeVar("T")

PACK_BYTES = 1 << 20  # the largest pack that ships has 40 kB
PACK_DEPTH = 16  # mappings and lists within each other; a cell of an exhibit lies at 7
ANSWER_BYTES = 1 << 17  # a portfolio answer of 20 minutes has 20 kB
ANSWER_WORDS = 12_000  # an hour of quick speech
ANSWER_SENTENCES = 1_000  # the same; each takes the encoder some 20 ms
CALL_BYTES = 1 << 24  # an export of a day of answers, each word with its times, has 2 MB
WORD_CHARACTERS = 200  # no word is longer, and few addresses; what searches within a word takes its square
SOUND_S = 2 * 3600  # six times the longest answer; an hour is 115 MB in memory
SOUND_BYTES = 1 << 29  # of sound through a pipe, which is held in memory: an hour and a half as a CD has it
NUMBER_DIGITS = 9  # of an answer or a sentence as it is typed; Python refuses to read thousands
SEEDS = 2**32  # one drawn is below it, and is kept with the session, so that it can be run again
STORED_ANSWER_S = 24 * 3600  # no recording is longer: a larger time of an answer is damage
# Of stored numbers, by the name of their field; the others are finite.
BOUNDS: Mapping[str, tuple[float, float]] = {
    **dict.fromkeys(("overall", "dimensions", "bar", "cap", "score", "mean"), (LOWEST, HIGHEST)),
    **dict.fromkeys(
        ("floor_time_s", "longest_pause_s", "voiced_without_words_s", "start", "end", "t", "star_seconds", "spoken_s",
         "remaining_s", "answered_after_s", "lost_s"),
        (0, STORED_ANSWER_S),
    ),
    **dict.fromkeys(("pace_wpm", "fillers_per_min"), (0, 10_000)),
    **dict.fromkeys(("sentence", "after_sentence", "evidence"), (0, ANSWER_SENTENCES)),
    **dict.fromkeys(("words", "fillers"), (0, ANSWER_WORDS)),
    **dict.fromkeys(("probability", "no_speech", "filler_recall"), (0, 1)),
    "metric_depth": (0, 12),
}  # fmt: skip
FINITE = (-1e300, 1e300)


def read_up_to(path: Path, most: int) -> bytes | None:
    """The bytes of a file; None where it has more than `most`. Raises OSError."""
    with path.open("rb") as file:
        content = file.read(most + 1)
    return content if len(content) <= most else None


def read_stored(kind: type[T], stored: object, place: str = "", **given: Any) -> T:
    """The dataclass `kind` that `dataclasses.asdict` and JSON made `stored` of; `given` are fields read already.

    A field that is missing has its default, one that a later voicemock added is left out. Raises ValueError that
    names the field which is not as it was written.
    """
    place = place or kind.__name__.lower()
    if not isinstance(stored, dict):
        raise ValueError(f"{place} is no object")
    for name, read, required in _readers(kind):  # type: ignore[arg-type] # a class is hashable
        if name in given or (name not in stored and not required):
            continue
        if name not in stored:
            raise ValueError(f"{place} has no {name}")
        given[name] = read(stored[name], name, f"{place}.{name}")
    return kind(**given)


_Reader = Callable[[Any, str, str], Any]  # of a value, the name of its bounds, and its place for the message


@cache
def _readers(kind: Any) -> tuple[tuple[str, _Reader, bool], ...]:
    hints = get_type_hints(kind)
    return tuple(
        (each.name, _reader(hints[each.name]), each.default is MISSING and each.default_factory is MISSING)
        for each in fields(kind)
    )


def _reader(hint: Any) -> _Reader:
    """What reads a value of this type."""
    kinds, origin = get_args(hint), get_origin(hint)
    if origin in (Union, UnionType):  # "… or None" is the only one there is
        present = _reader(next(kind for kind in kinds if kind is not type(None)))
        return lambda value, name, place: None if value is None else present(value, name, place)
    if origin is Literal:
        return lambda value, _, place: (
            value if isinstance(value, str) and value in kinds else _refuse(value, place)
        )
    if origin is tuple:
        item = _reader(kinds[0])
        return lambda value, name, place: tuple(
            item(each, name, f"{place}[{i}]") for i, each in enumerate(_of(list, value, place))
        )
    if origin is not None:  # a mapping
        item = _reader(kinds[1])
        return lambda value, name, place: {
            key: item(each, name, f"{place}.{key}") for key, each in _of(dict, value, place).items()
        }
    if is_dataclass(hint):
        return lambda value, _, place: read_stored(hint, value, place)  # type: ignore[arg-type]
    if hint in (int, float):
        return lambda value, name, place: _number(value, hint, BOUNDS.get(name, FINITE), place)
    return lambda value, _, place: _of(hint, value, place)


def _number(value: Any, kind: type, bounds: tuple[float, float], place: str) -> Any:
    fits = isinstance(value, int | kind) and not isinstance(value, bool)
    return value if fits and bounds[0] <= value <= bounds[1] else _refuse(value, place)  # NaN is in no bounds


def _of(kind: type, value: Any, place: str) -> Any:
    return value if isinstance(value, kind) else _refuse(value, place)


def _refuse(value: Any, place: str) -> Any:
    raise ValueError(f"{place} is {value!r}")

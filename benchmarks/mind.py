"""What a language model makes of the product's questions: how many of its lines pass, how soon they are there, and what
is left to judge.

    python -m benchmarks.mind --mind URL[#MODEL] [--tries 200] [--answers FOLDER] [--pairs OUT] [--lines FILE]
    python -m benchmarks.mind --elsewhere [--tries 200]

Each try is a place in a labelled answer where a question is due, asked for as an interview asks. Of every line that
passed, a check that is none of the guard's says whether a figure, a quotation or something answered already is in it.
`--lines` writes every line with what became of it; `--pairs` the places where a line passed, beside ours and in
shuffled order, for shared/tools/blind-pairs to tally: there "product" is the mind and "reference" the rules.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from math import inf
from pathlib import Path
from statistics import median, quantiles

from training.parse import TrainingAnswer, load

from voicemock.errors import MindError
from voicemock.mind.ahead import AHEAD, Line, line_for, not_missing
from voicemock.mind.client import Client
from voicemock.mind.endpoint import parse_endpoint
from voicemock.mind.guard import QUESTION, fault
from voicemock.mind.mind import Finding, Mind
from voicemock.mind.prompting import load_prompts
from voicemock.packs.phrases import load_phrases
from voicemock.scoring.feedback.contradicted import contradicted
from voicemock.scoring.feedback.figures import values
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.findings.annotate import annotate
from voicemock.scoring.gaps.gap import Gap
from voicemock.scoring.gaps.policy import open_gaps, worded
from voicemock.scoring.models.encoder import default_encoder
from voicemock.transcript import Sentence

ANSWERS = Path(__file__).parents[1] / "training" / "answers"
PATIENCE_S = 120.0  # a slow model is to be judged too
ELSEWHERE = 5  # lines of other places that each is tried with
FEWEST = 3  # sentences before a place counts
THE_SAME = 0.8  # cosine from which on two questions ask for the same
PHRASES = load_phrases()


@dataclass(frozen=True, slots=True)
class Opening:
    """A place where a question is due; `also` are the kinds that are open there besides."""

    answer: str
    told: Material
    gap: Gap
    ours: str
    also: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one."""

    opening: Opening
    line: Line

    @property
    def said(self) -> str:
        """What would be said; empty where the line did not pass."""
        return self.line.text


def openings(folder: Path, count: int, seed: int) -> Iterator[Opening]:
    """So many places, from all answers in turn; fewer where the answers have no more."""
    draw = random.Random(seed)
    answers = load(folder)
    draw.shuffle(answers)
    return islice(in_turn([places_in(answer, draw) for answer in answers]), count)


def in_turn(places: list[Iterator[Opening]]) -> Iterator[Opening]:
    """One of each, and again, as long as there are any."""
    while places:
        for one in tuple(places):
            found = next(one, None)
            if found is None:
                places.remove(one)
            else:
                yield found


def places_in(answer: TrainingAnswer, draw: random.Random) -> Iterator[Opening]:
    """The places in an answer where a question is due, in any order."""
    told = annotate(
        tuple(Sentence(line.text) for line in answer.lines),
        answer.round,
        answer.header.get("type") or None,
        question=answer.header["question"],
        principle=answer.header.get("principle") or None,
    )
    places = list(range(FEWEST, len(answer.lines) + 1))
    draw.shuffle(places)
    for until in places:
        so_far = Material(told.until(until), told.question)
        gaps = list(islice(open_gaps(so_far.annotation, answer.round, -inf, so_far), AHEAD))
        kinds = frozenset(gap.kind for gap in gaps)
        for gap in gaps:
            if ours := worded(gap, so_far, PHRASES.questions, ()):
                yield Opening(answer.id, so_far, gap, ours, kinds)
                break


def try_line(mind: Mind, opening: Opening) -> Tried:
    """Ask as an interview asks, and judge as it judges."""
    mind.wake()
    try:
        line = line_for(mind, opening.gap, opening.told, PHRASES.questions, opening.also, limit_s=PATIENCE_S)
    except MindError as error:
        return Tried(opening, Line(why_not=str(error)))
    return Tried(opening, line)


def from_elsewhere(places: Sequence[Opening], each: int) -> list[Tried]:
    """Every place with the product's own lines for the places after it: well made, and right for another answer."""
    tried = []
    for at, place in enumerate(places):
        others = not_missing(place.told, place.gap, PHRASES.questions, place.also)
        ours = PHRASES.questions(place.gap.kind, place.gap.known)
        for line in ((*places, *places)[at + 1 + step].ours for step in range(each)):
            wrong = fault(line, place.told, ours, QUESTION, others=others)
            tried.append(Tried(place, Line("" if wrong else line, why_not=wrong, reply=line)))
    return tried


def false_in(tried: Tried) -> str:
    """What is false in a line that would be said; empty where nothing is found. Not by the guard's own means."""
    opening, said = tried.opening, tried.said
    answer = " ".join(opening.told.sentences)
    heard = {*values(answer), *values(opening.ours), *opening.told.figures}
    if set(values(said)) - heard or set(re.findall(r"\d+", said)) - set(
        re.findall(r"\d+", f"{answer} {opening.ours}")
    ):
        return "a false figure"
    quoted = re.findall(r"[\"“']([^\"”']{3,}?)[\"”'](?!\w)", said)
    if any(words.lower().strip(" .,?!") not in answer.lower() for words in quoted):
        return "a false quotation"
    if contradicted(said, opening.told) or asks_for_another(tried):
        return "something that is answered"
    return ""


def asks_for_another(tried: Tried) -> bool:
    """Whether it asks the very thing that a kind asks which is not open here."""
    line = default_encoder().encode([tried.said])[0]
    opening = tried.opening
    texts = not_missing(opening.told, opening.gap, PHRASES.questions, opening.also)
    ours = default_encoder().encode(list(PHRASES.questions(opening.gap.kind, opening.gap.known)))
    nearest = float(max(default_encoder().encode(texts) @ line))
    return nearest >= THE_SAME and nearest > float(max(ours @ line))


def report(tried: Sequence[Tried]) -> Iterator[str]:
    passed = [each for each in tried if each.said]
    times = sorted(each.line.latency_s for each in tried if each.line.latency_s)
    yield f"lines asked for: {len(tried)}; passed: {len(passed)} ({len(passed) / max(1, len(tried)):.0%})"
    if len(times) > 1:
        last = quantiles(times, n=20)[-1]
        yield f"time to a line: median {median(times):.2f} s, 95 % under {last:.2f} s"
    wrong = Counter(found for each in passed if (found := false_in(each)))
    yield f"false in what passed: {sum(wrong.values())} {dict(wrong) if wrong else ''}".rstrip()
    for why, count in Counter(
        re.sub(r" \(.*", "", each.line.why_not) for each in tried if each.line.why_not
    ).most_common():
        yield f"  {count:4} {why}"


def write_pairs(tried: Sequence[Tried], out: Path, seed: int) -> None:
    """The places where a line passed, each with ours beside it, and the key apart."""
    out.mkdir(parents=True, exist_ok=True)
    draw, key = random.Random(seed), {}
    for number, each in enumerate(each for each in tried if each.said):
        told = each.opening.told
        after = len(told.sentences) - 1
        sides = [("product", each.said), ("reference", each.opening.ours)]
        draw.shuffle(sides)
        name = f"{number:03}-{each.opening.answer}"
        key[name] = {"X": sides[0][0], "Y": sides[1][0]}
        coaches = {
            f"coach_{letter}": {
                "interrupts": [{"after_sentence": after, "question": text}],
                "fixes": [],
                "strength": None,
            }
            for letter, (_, text) in zip("XY", sides, strict=True)
        }
        body = {"id": name, "question": told.question, "sentences": list(told.sentences), **coaches}
        (out / f"{name}.json").write_text(json.dumps(body, indent=1), encoding="utf-8")
    Path(f"{out}.key.json").write_text(json.dumps(key), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--mind", metavar="URL[#MODEL]")
    source.add_argument(
        "--elsewhere", action="store_true", help="no model: lines that are right for other answers"
    )
    parser.add_argument("--tries", type=int, default=200)
    parser.add_argument("--answers", type=Path, default=ANSWERS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--lines", type=Path)
    asked = parser.parse_args()
    if asked.elsewhere:
        places = list(openings(asked.answers, max(ELSEWHERE + 1, asked.tries // ELSEWHERE), asked.seed))
        print("\n".join(report(from_elsewhere(places, ELSEWHERE))))
        return
    endpoint = parse_endpoint(asked.mind, os.environ, may_leave=True)
    mind = Mind(Finding(endpoint, Client), load_prompts())
    tried = []
    for opening in openings(asked.answers, asked.tries, asked.seed):
        tried.append(try_line(mind, opening))
        if asked.lines:
            row = {"kind": opening.gap.kind, "ours": opening.ours, **asdict(tried[-1].line)}
            with asked.lines.open("a", encoding="utf-8") as file:
                print(json.dumps(row), file=file)
    print("\n".join(report(tried)))
    if asked.pairs:
        write_pairs(tried, asked.pairs, asked.seed)


if __name__ == "__main__":
    main()

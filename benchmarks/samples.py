"""Whether the sample answers that articles hold up as good, or as bad, come out as such.

    python -m benchmarks.samples FOLDER [--all]

FOLDER holds articles as text. Four forms are read: a BAD and a GOOD in quotation marks, one after the other; a
numbered question with its answer below; a winning answer quoted in a sentence; a story quoted by its parts
(Situation, Task, ...). An article about case studies is held to the portfolio round. Prints what does not come out as
it should; --all: each.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from voicemock.rounds import PRINCIPLES
from voicemock.scoring.assemble import score_answer
from voicemock.scoring.findings.question import analytical_type
from voicemock.scoring.model import Answer, Score
from voicemock.transcript import sentences_from_text

PAIR = re.compile(r"BAD: [\"“](.+?)[\"”](?=\s|$)[^\n]*?\s*GOOD: [\"“](.+?)[\"”](?=\s|$)", re.DOTALL)
NUMBERED = re.compile(r"^\s*\d+\. [\"“]([^\"”]+)[\"”]\s*\n(.+)$", re.MULTILINE)
WINNING = re.compile(r"For ([A-Z][\w ]+), a winning answer included: [\"“](.+?)[\"”]")
PARTS = ("Situation", "Task", "Action", "Result")
BY_PARTS = re.compile(r"[.,;]?\s+".join(rf"{part} [–—-] [\"“]([^\"”]+)[\"”]" for part in PARTS))
PART_NAME = re.compile(rf"\s*\((?:{'|'.join(PARTS)})\)")
WITHIN = re.compile(r"^[\w -]+: [\"“](.+)[\"”]\s*$")
CASE_STUDY = re.compile(r"case stud(?:y|ies)", re.IGNORECASE)
MANY = 5  # times that an article about case studies says so
A_STORY = re.compile(r"tell me about|describe a time", re.IGNORECASE)
APART = 1.0  # a GOOD is at least this much over its BAD
GOOD, HELD_UP, CASE_BAD = 3.0, 3.5, 2.0


@dataclass(frozen=True)
class Sample:
    """A quoted answer and the bounds of its overall."""

    name: str
    text: str
    round: str
    question: str = ""
    principle: str | None = None
    least: float = 1.0
    most: float = 4.0


def samples_of(article: str) -> Iterator[Sample]:
    """What stands alone; the pairs are compared with each other (`pairs_of`)."""
    for title, text in WINNING.findall(article):
        yield Sample(title, text, "behavioral", f"Tell me about {title}.", _slug(title), HELD_UP)
    for parts in BY_PARTS.findall(article):
        slug = _subject(article)
        yield Sample("by its parts", " ".join(parts), "behavioral", _asked(slug), slug, HELD_UP)
    for question, below in NUMBERED.findall(article):
        inside = WITHIN.match(below.strip())
        text = PART_NAME.sub("", inside[1] if inside else below.strip())
        yield Sample(question, text, _round_of(question), question, None, GOOD)


def pairs_of(article: str) -> Iterator[tuple[Sample, Sample]]:
    """Each BAD with its GOOD."""
    case = len(CASE_STUDY.findall(article)) >= MANY
    slug = None if case else _subject(article)
    for bad, good in PAIR.findall(article):
        round_ = "portfolio" if case else "behavioral"
        name = " ".join(good.split()[:6])
        yield (
            Sample(f"BAD for {name}", bad, round_, _asked(slug), slug, most=CASE_BAD if case else 4.0),
            Sample(f"GOOD: {name}", good, round_, _asked(slug), slug, least=GOOD if case else 1.0),
        )


def _subject(article: str) -> str | None:
    """The principle that an article's title names."""
    title = article.strip().splitlines()[0].lower()
    return next((slug for slug, one in PRINCIPLES.items() if one.title.lower() in title), None)


def _slug(title: str) -> str | None:
    return next((slug for slug, one in PRINCIPLES.items() if one.title.lower() == title.lower()), None)


def _asked(slug: str | None) -> str:
    return f"Tell me about a time you showed {PRINCIPLES[slug].title}." if slug else "Walk me through a case."


def _round_of(question: str) -> str:
    if A_STORY.search(question):
        return "behavioral"
    measured = re.match(r"(?:estimate|how would you measure|what metrics)", question, re.IGNORECASE)
    return "analytical" if measured else "product-sense"


def scored(sample: Sample) -> Score:
    kind = analytical_type(sample.question) if sample.round == "analytical" else None
    sentences = sentences_from_text(sample.text)
    return score_answer(
        Answer(
            sentences,
            sample.round,
            question=sample.question,
            principle=sample.principle,
            analytical_type=kind,
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--all", action="store_true", help="print each sample, not only those that fail")
    args = parser.parse_args()
    held = tried = 0
    for path in sorted(args.folder.glob("*.txt")):
        article = path.read_text(encoding="utf-8")
        alone = [(sample, scored(sample).overall or 1.0) for sample in samples_of(article)]
        pairs = [[(one, scored(one).overall or 1.0) for one in pair] for pair in pairs_of(article)]
        lines = [
            (
                sample.least <= value <= sample.most,
                f"{value:.1f} of {sample.least} to {sample.most}: {sample.name}",
            )
            for sample, value in [*alone, *(one for pair in pairs for one in pair)]
        ]
        lines += [
            (good - bad >= APART - 1e-9, f"{good - bad:.1f} apart: {sample.name}")
            for (_, bad), (sample, good) in pairs
        ]
        held, tried = held + sum(holds for holds, _ in lines), tried + len(lines)
        print(
            *(
                f"{path.name} {'' if holds else 'NO '}{line}"
                for holds, line in lines
                if args.all or not holds
            ),
            sep="\n",
        )
    print(f"{held} of {tried} come out as the articles say")
    sys.exit(held < tried)


if __name__ == "__main__":
    main()

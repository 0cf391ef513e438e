"""Fixes for the rounds with a framework: the parts that are missing, each with the words to add."""

from __future__ import annotations

from collections.abc import Iterator

from voicemock.scoring.feedback.candidate_fix import Candidate
from voicemock.scoring.feedback.quotes import first_words, telling
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.model import Fix
from voicemock.scoring.models.lexicon import lexicon

PERFECT = 4.0


def framework_fixes(annotation: Annotation) -> Iterator[Candidate]:
    """One for each missing part, the earliest first; the words are in `lexicons/framework_fixes.toml`."""
    framework = annotation.framework
    if framework is None or not annotation.sentences:
        return
    numbers = range(len(annotation.sentences))
    last_gap = "gap" if sum(not covered for covered in framework.parts.values()) == 1 else ""
    for part, covered in framework.parts.items():
        entry = lexicon("framework_fixes").get(framework.name, {}).get(part)
        if covered or entry is None:
            continue
        at = telling(annotation.sentences, numbers if entry["early"] else numbers[::-1]) or 0
        where = "Before" if entry["early"] else "After"
        say = f"{where} {first_words(annotation.sentences[at])}, {entry['say']}"
        yield Candidate(Fix(entry["dimension"], at, say), PERFECT, last_gap)

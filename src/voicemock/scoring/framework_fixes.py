"""Fixes for the rounds with a framework: the parts that are missing, each with the words to add."""

from __future__ import annotations

from collections.abc import Iterator

from voicemock.scoring.annotate import Annotation
from voicemock.scoring.lexicon import lexicon
from voicemock.scoring.model import Fix
from voicemock.scoring.quotes import first_words


def framework_fixes(annotation: Annotation) -> Iterator[Fix]:
    """One for each missing part, the earliest first; the words are in `lexicons/framework_fixes.toml`."""
    framework = annotation.framework
    if framework is None or not annotation.sentences:
        return
    for part, covered in framework.parts.items():
        entry = lexicon("framework_fixes").get(framework.name, {}).get(part)
        if covered or entry is None:
            continue
        at = 0 if entry["early"] else len(annotation.sentences) - 1
        where = "Before" if entry["early"] else "After"
        yield Fix(entry["dimension"], at, f"{where} {first_words(annotation.sentences[at])}, {entry['say']}")

"""How likely it is that a story is none (rubric section 9): no time that really was, somebody else's doing, no deed, or
words without a world.

A small model over the reading of the whole answer, taught by what a reader who saw the answers alone said of them
(`training/readings/faults.jsonl`).
"""

from __future__ import annotations

from voicemock.scoring.findings.reading import Reading
from voicemock.scoring.model import CheckKind
from voicemock.scoring.models.linear import gate

NAME = "faults"
KINDS: tuple[CheckKind, ...] = ("hypothetical", "not-yours", "no-action", "no-substance")
FEWEST = 6  # sentences of a story that can be read as a whole
MANY_DEEDS = 4  # sentences, from which on one more tells nothing
MANY_THINGS = 20


def cues(reading: Reading, emptiness: float) -> dict[str, float]:
    """What decides; `emptiness` is the chance that its sentences name nothing (`substance.emptiness`)."""
    shares = {
        "own": reading.own,
        "group": reading.group,
        "other": reading.other,
        "beyond_words": reading.beyond_words,
        "onlooking": reading.onlooking,
        "supposed": reading.supposed,
        "regretted": reading.regretted,
        "usual": reading.usual,
        "present": reading.present,
        "blaming": reading.blaming,
    }
    return {name: reading.share(rows) for name, rows in shares.items()} | {
        "own_deeds": min(len(reading.own), MANY_DEEDS) / MANY_DEEDS,
        "own_of_doing": reading.own_of_doing,
        "others_of_doing": reading.others_of_doing,
        "supposed_of_acts": reading.supposed_of_acts,
        "density": min(reading.density, MANY_THINGS) / MANY_THINGS,
        "things": min(reading.things, MANY_THINGS) / MANY_THINGS,
        "empty": emptiness,
    }


def chances(reading: Reading, emptiness: float) -> dict[CheckKind, float]:
    """The chance of each of `KINDS`."""
    seen = cues(reading, emptiness)
    return {kind: gate(NAME, kind).probability(seen) for kind in KINDS}

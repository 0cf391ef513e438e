"""Gaps that are closed after all: what a reader would find in the answer, whatever the lists of words make of it.

What each sentence shows is what the network sees (`models/telling.py`); which gaps that closes is in `shown.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from voicemock.scoring.feedback.draft import Draft
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.models.lexicon import compile_entries, lexicon

LATELY = 3  # sentences, the last one among them


def closes_fix(draft: Draft, told: Material) -> bool:
    """Whether the answer shows what this gap says is missing, or it is about nothing that matters."""
    beside = draft.sentence is not None and _beside(draft.kind, told, draft.sentence)
    return beside or _answered(draft.kind, told) or _seen(lexicon("shown")["fixes"].get(draft.kind, ()), told)


def closes_question(kind: str, told: Material) -> bool:
    """Whether the interviewer would ask what was said, or about nothing that matters."""
    table = lexicon("shown")
    here = len(told.sentences) - 1
    if _beside(kind, told, here) or _answered(kind, told):
        return True
    if any(len(told.showing(what, least)) > 1 for what, least in table["twice"].get(kind, {}).items()):
        return True
    lately = range(max(0, here - LATELY + 1), here + 1)
    if any(told.seems(what, i) for what in table["lately"].get(kind, ()) for i in lately):
        return True
    return _seen(table["cuts"].get(kind, ()), told)


def _beside(kind: str, told: Material, sentence: int) -> bool:
    """Whether a sentence does not show what a text of this kind takes it for."""
    about: Mapping[str, float] = lexicon("shown")["about"].get(kind, {})
    return bool(about) and all(told.shows(what, sentence) < least for what, least in about.items())


def _answered(kind: str, told: Material) -> bool:
    """Whether that was told, in words that leave no doubt."""
    entries = lexicon("shown")["answered"].get(
        kind.replace("_", "-")
    )  # a fix is named as the part, a cut-in not
    return bool(entries) and any(
        compile_entries(tuple(entries)).search(text.replace("’", "'")) for text in told.sentences
    )


def _seen(names: Sequence[str], told: Material) -> bool:
    return any(told.seems(name) for name in names)

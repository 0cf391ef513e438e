"""What the dictionary knows of a word: the kinds it can be, its base form, and how it inflects."""

from __future__ import annotations

from functools import cache

import lemminflect


@cache
def kinds_of(word: str) -> frozenset[str]:
    """NOUN, VERB, ADJ, ADV: what this word can be; empty where the dictionary does not have it."""
    return frozenset(lemminflect.getAllLemmas(word.lower())) & {"NOUN", "VERB", "ADJ", "ADV"}


@cache
def verb_forms(word: str) -> str:
    """Which forms of a verb this can be, the likeliest first: past, ing, s, base; empty for no verb."""
    low = word.lower()
    base = base_of(low)
    if base is None:
        return ""
    forms = []
    if low in _inflected(base, "VBD") + _inflected(base, "VBN"):
        forms.append("past")
    if low in _inflected(base, "VBG"):
        forms.append("ing")
    if low in _inflected(base, "VBZ"):
        forms.append("s")
    if low == base:
        forms.append("base")
    return " ".join(forms)


@cache
def base_of(verb: str) -> str | None:
    """ "shipped" is "ship"; None for no verb."""
    lemmas = lemminflect.getAllLemmas(verb.lower()).get("VERB", ())
    return lemmas[0] if lemmas else None


@cache
def ing_of(verb: str) -> str | None:
    """ "shipped" is "shipping"; None for no verb."""
    base = base_of(verb)
    forms = _inflected(base, "VBG") if base else ()
    return forms[0] if forms else None


@cache
def past_of(verb: str) -> str | None:
    """ "gone" is "went"; None for no verb."""
    base = base_of(verb)
    forms = _inflected(base, "VBD") if base else ()
    return forms[0] if forms else None


MANY_ALREADY = frozenset({"staff", "crew", "personnel", "police", "folk"})


@cache
def plural_of(noun: str) -> str:
    """ "teacher" is "teachers"; a plural stays as it is, and so does "staff"."""
    if noun.lower() in MANY_ALREADY:
        return noun
    if singular_of(noun) != noun:
        return noun
    forms = _inflected(noun, "NNS")
    return forms[0] if forms else noun + "s"


@cache
def singular_of(noun: str) -> str:
    """ "teachers" is "teacher"; a singular, and a word the dictionary does not have, stays as it is."""
    lemmas = lemminflect.getAllLemmas(noun.lower()).get("NOUN", ())
    return lemmas[0] if lemmas else noun


def is_plural(noun: str) -> bool:
    return singular_of(noun).lower() != noun.lower() or noun.lower() == "people"


def with_article(noun: str) -> str:
    """ "an airline", "a florist"."""
    sounds_open = noun[:1].lower() in "aeiou" and not noun.lower().startswith(
        ("uni", "use", "euro", "one", "u-")
    )
    silent = noun.lower().startswith(("hour", "honest", "heir"))
    return f"{'an' if sounds_open or silent else 'a'} {noun}"


def _inflected(base: str, tag: str) -> tuple[str, ...]:
    forms: tuple[str, ...] = lemminflect.getInflection(base, tag=tag)
    return forms

"""What was just done, as a question about it says it back: "Your team shut it down: whose call was that?"."""

from __future__ import annotations

from voicemock.scoring.feedback.material import OWN, SHARED, Material
from voicemock.scoring.language.clauses import Clause, deeds_said_back, opens_clause, to_you
from voicemock.scoring.language.clean import clean
from voicemock.scoring.language.phrases import opened
from voicemock.scoring.language.tags import tagged
from voicemock.scoring.models.lexicon import pattern, words


def deed_at(told: Material, sentence: int, actors: frozenset[str] = OWN | SHARED) -> Clause | None:
    """The first deed of this sentence that can be said back."""
    return next((d for d in deeds_said_back(told.sentences[sentence], actors) if d.to_do), None)


def deed_fields(deed: Clause | None) -> dict[str, str | None]:
    """`Choice` where it is one that somebody had to make: nobody makes the call to work or to talk."""
    if deed is None:
        return {}
    back = opened(deed.told_to_you)
    return {"Deed": back} if deed.verb in words("gaps", "no_choice") else {"Deed": back, "Choice": back}


def to_do_fields(deed: Clause | None) -> dict[str, str | None]:
    """The same as something that could have been left undone: "Why move the desk, and not …?"."""
    fields = deed_fields(deed)
    return {**fields, "to_do": to_you(deed.to_do)} if deed and deed.to_do else fields


def is_a_call(deed: Clause) -> bool:
    """Whether somebody had to decide it, so that one can ask who did: "shut it down", and not "pinned it up"."""
    decided = deed.verb in words("gaps", "drastic") or pattern("gaps", "calls").match(
        f"{deed.verb} {deed.rest}"
    )
    return bool(decided) and deed.verb not in words("gaps", "no_choice")


def undoes(deed: Clause) -> bool:
    """ "scrapped the fence", "put in a switch": it could as well have been left alone, unlike "pulled the logs"."""
    if deed.verb == "pulled" and pattern("gaps", "sights").match(deed.rest):
        return False
    return deed.verb in words("gaps", "drastic") or (deed.verb == "put" and deed.rest.startswith("in "))


def we_did(text: str) -> bool:
    """Whether "we" do something in a clause of its own, and nobody is quoted saying so."""
    if pattern("gaps", "quoting").search(text.replace("’", "'")):
        return False
    tokens = tagged(clean(text))
    for at, token in enumerate(tokens):
        if token.low == "we" and opens_clause(tokens, at):
            verb = next((t for t in tokens[at + 1 :] if t.tag != "ADV"), None)
            if verb is not None and verb.tag == "VERB" and verb.form == "past":
                return verb.low not in words("gaps", "no_choice") | words("nouns", "no_act")
    return False

"""The page of a question: what good sounds like, marked up and read aloud."""

from __future__ import annotations

from functools import lru_cache

from voicemock.errors import UnknownQuestion
from voicemock.packs.examples import Example, find_example
from voicemock.packs.questions import Question
from voicemock.report.exemplar import LEGEND, Exemplar, exemplar
from voicemock.report.exemplar_terminal import dimension_line, missing
from voicemock.transcript import sentences_from_text
from voicemock.web.replies import Reply
from voicemock.web.site import Site


def question(site: Site, question_id: str) -> Reply:
    """A question with all that belongs to it, and both answers side by side where it has them."""
    asked = _asked(site, question_id)
    example = site.examples.get(asked.id)
    return site.page(
        "question.html.j2",
        question=asked,
        found=_read(asked, example) if example else None,
        legend=LEGEND,
        dimension_line=dimension_line,
        missing=missing,
    )


def spoken(site: Site, question_id: str, number: str) -> Reply:
    """One sentence of the good answer, as the interviewer's voice says it."""
    example = find_example(site.examples, _asked(site, question_id).id)
    texts = [sentence.text for sentence in sentences_from_text(example.good)]
    name = number.removesuffix(".wav")
    if not name.isdecimal() or int(name[:6]) >= len(texts):
        raise UnknownQuestion("there is no such sentence", "")
    return Reply(site.reader.say(texts, int(name[:6])), "audio/wav")


def _asked(site: Site, question_id: str) -> Question:
    found = next((each for each in site.questions if each.id == question_id), None)
    if found is None:
        raise UnknownQuestion("there is no such question", "")
    return found


@lru_cache(maxsize=32)  # a page that is loaded again costs nothing
def _read(asked: Question, example: Example) -> Exemplar:
    return exemplar(asked, example)

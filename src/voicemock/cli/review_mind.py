"""`voicemock review --mind`: words for answers that were recorded without a mind, or with another."""

from __future__ import annotations

from voicemock.cli.mind import MindOptions, open_mind
from voicemock.cli.output import tell
from voicemock.mind.afterwards import write
from voicemock.store.rescoring import stored_answer
from voicemock.store.store import Store


def word_answers(
    store: Store, session: str, number: int | None, options: MindOptions, *, again: bool
) -> None:
    """Ask about the session's answers, or only about number `number`. What is worded already is asked `again` only
    where that was said on the command line.
    """
    with open_mind(options) as mind:
        if mind is None:
            return
        found = store.session(session)
        rows = [row for row in store.answers(found.id) if number in (None, row.number)]
        todo = [row for row in rows if again or not row.details.get("mind")]
        if not todo:
            return
        mind.warm_up()
        for row in todo:
            score = store.score(row.id)
            if score is None or score.overall is None or mind.resting:
                continue
            tell(f"{mind.name} reads {row.id}")
            written = write(mind, stored_answer(row, store.words(row.id)), score)
            if written.used or not written.local:
                store.change_details(row.id, {"mind": written.as_dict()})
        if not mind.local:
            store.change_settings(found.id, {"mind": mind.as_setting()})
        if trouble := mind.trouble():
            tell(trouble)

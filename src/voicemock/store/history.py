"""What the store knows of past practice, for picking the next question."""

from __future__ import annotations

from voicemock.packs.picker import Practice
from voicemock.store.store import Store

_BY_TOPIC = """
    SELECT {topic} AS topic, COUNT(*) AS asked, AVG(scores.overall) AS mean_score
    FROM answers LEFT JOIN scores ON scores.answer_id = answers.id AND scores.version = 'recognised'
    WHERE answers.complete = 1 GROUP BY topic
"""


def practised(store: Store) -> dict[str, Practice]:
    """Practice by topic (a principle, or else a round) and by question id."""
    found: dict[str, Practice] = {}
    for topic in ("COALESCE(answers.principle, answers.round)", "answers.question_id"):
        for row in store.read(_BY_TOPIC.format(topic=topic)):
            found[row["topic"]] = Practice(row["asked"], row["mean_score"])
    return found

"""How long `review`, `progress` and `search` take with years of practice in the store.

Makes stores of 500, 1,000 and 2,000 sessions with plausible answers (stories told again and again, with
numbers that wander and scores that rise), and times each command as a user runs it, a process of its
own. Prints JSON.

python benchmarks/stored_sessions.py [--sessions 500 1000 2000] [--runs 3] [--keep DIR]
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from voicemock.coaching.stories import match_new
from voicemock.packs.questions import Question, load_questions
from voicemock.rounds import DIMENSIONS, PRINCIPLES
from voicemock.scoring.model import Score
from voicemock.store.store import AnswerRow, Store
from voicemock.transcript import Word

SEED = 7
STORIES = 15  # the preparation target's upper end (rubric section 8)
RARE_WORDS = 40  # that belong to a story: its names, places and things
SENTENCES = 16  # of an answer, of about 15 words: two minutes at 130 words a minute
ANSWERS = (1, 4)  # in a session
TALK = (
    "so then I went to the team and we looked at the data because the customer was waiting and it took a long"
    " time to get the first version out but I asked everybody what they needed and wrote it down before we"
    " started to build anything and that is when the whole thing changed for us in a good way"
)
SYLLABLES = "ba ce di fo gu ka le mi no pu ra se ti vo zu bra kle dri sto plu"
COMMANDS = {
    "review": ["review", "--all"],
    "progress": ["progress"],
    "search": ["search", "customer", "waiting"],
    "search for a rare word": ["search"],  # the word is added: one that the first story has
}


def make_store(folder: Path, sessions: int) -> str:
    """Fill a store; return a word of the first story."""
    chance = random.Random(SEED)
    stories = [[_name(chance) for _ in range(RARE_WORDS)] for _ in range(STORIES)]
    questions = load_questions()
    start = datetime(2024, 1, 1, 18, tzinfo=UTC)
    with Store(folder) as store, store.transaction():  # one transaction: making it is not what is measured
        for number in range(sessions):
            began = start + timedelta(hours=9 * number)
            session = f"{began:%Y%m%d-%H%M%S}"
            loop = number % 40 == 39
            settings: dict[str, object] = {"debrief": {}} if loop else {}
            store.add_session(session, "loop" if loop else "practice", began.isoformat(), settings)
            for answer in range(1, chance.randint(*ANSWERS) + 1):
                question = chance.choice(questions)
                told = chance.choice(stories)
                _add(store, f"{session}/{answer}", question, told, number / sessions, began, chance)
            store.end_session(session, (began + timedelta(minutes=20)).isoformat())
    return stories[0][0]


def _add(
    store: Store, answer_id: str, question: Question, told: list[str], skill: float, began: datetime,
    chance: random.Random,
) -> None:  # fmt: skip
    words = list(_words(told, chance))
    length = words[-1].end
    session, _, number = answer_id.partition("/")
    started = began + timedelta(minutes=4 * int(number))
    store.add_answer(
        AnswerRow(
            answer_id, session, int(number), question.id, question.text, question.round,
            question.principle, f"{answer_id}.wav", started.isoformat(), length, "silence", False,
            {"question": {"id": question.id, "type": question.type}, "pauses": [[10.0, 11.2], [40.0, 41.0]]},
        )
    )  # fmt: skip
    store.add_words(answer_id, words)
    cuts = chance.randint(0, 3)
    store.add_events(
        session, answer_id, [{"type": "interrupt", "t": 20.0 * i, "kind": "baseline"} for i in range(cuts)]
    )
    store.add_score(answer_id, Score.from_dict(_score(question, words, skill, chance)))
    store.mark_complete(answer_id)


def _words(told: list[str], chance: random.Random) -> Iterator[Word]:
    at = 0.3
    for _ in range(SENTENCES):
        sentence = (
            chance.choices(TALK.split(), k=11) + chance.choices(told, k=3) + [f"{chance.randint(10, 99)}%."]
        )
        for text in sentence:
            yield Word(text, round(at, 2), round(at + 0.35, 2), 0.9)
            at += 0.45


def _score(question: Question, words: list[Word], skill: float, chance: random.Random) -> dict[str, Any]:
    """A score object as large as a real one."""
    dimensions = {name: round(min(4.0, 2 + 1.5 * skill + chance.random()), 1) for name in DIMENSIONS}
    sentences = [words[i : i + 15] for i in range(0, len(words), 15)]
    metric = {
        "role": "result", "kind": "rate", "before": None, "unit": "%", "change_pct": None, "period": None,
        "hedged": False,
    }  # fmt: skip
    return {
        "schema": 1, "source": "", "round": question.round, "principle": question.principle,
        "question": question.text, "floor_time_s": words[-1].end, "words": len(words), "pace_wpm": 130,
        "fillers_per_min": round(6 - 4 * skill, 1), "longest_pause_s": round(1 + chance.random() * 3, 1),
        "sentences": [
            {"text": " ".join(w.text for w in some), "start": some[0].start, "end": some[-1].end, "star": "A"}
            for some in sentences
        ],
        "star_seconds": dict.fromkeys("STARLO", 20.0),
        "metrics": [{"sentence": i, "text": f"fell by {i}%", "after": 1.0 * i, **metric} for i in range(4)],
        "inconsistencies": [], "vague": [{"sentence": 1, "text": "much faster"}],
        "principles": [
            {"slug": slug, "named": False, "demonstrated": True, "evidence": [3, 4]}
            for slug in chance.sample(sorted(PRINCIPLES), 2)
        ],
        "customer": "direct", "framework": None, "metric_depth": 4,
        "interrupts": [{"after_sentence": 3, "kind": "baseline", "question": "From what?"}],
        "dimensions": dimensions, "overall": round(statistics.fmean(dimensions.values()), 1), "bar": 3.5,
        "verdict": "meets the bar", "strength": "You named the number.",
        "fixes": [{"dimension": "metrics", "sentence": 3, "say": "From what to what?"}] * 2,
        "not_scored": None,
    }  # fmt: skip


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES.split(), k=4))


def timed(command: list[str], runs: int) -> float:
    """The median wall time of a command in seconds, as a process of its own."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "voicemock", *command], check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def measure(folder: Path, sessions: int, runs: int) -> dict[str, Any]:
    rare = make_store(folder, sessions)
    with Store(folder) as store:
        began = time.perf_counter()
        match_new(store)
        matching = time.perf_counter() - began
    figures: dict[str, Any] = {"sessions": sessions, "answers": _answers(folder)}
    figures["first matching of all answers to stories, s"] = round(matching, 2)
    for name, command in COMMANDS.items():
        more = [rare] if name.endswith("rare word") else []
        figures[f"{name}, s"] = round(timed([*command, *more, "--recordings", str(folder)], runs), 3)
    figures["--help, s (what any command costs)"] = round(timed(["--help"], runs), 3)
    return figures


def _answers(folder: Path) -> int:
    with Store(folder) as store:
        return int(store.read("SELECT count(*) FROM answers")[0][0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, nargs="+", default=[500, 1000, 2000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="make the stores here, and leave them")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        for sessions in arguments.sessions:
            folder = (arguments.keep or Path(temporary)) / str(sessions)
            print(json.dumps(measure(folder, sessions, arguments.runs)), flush=True)


if __name__ == "__main__":
    main()

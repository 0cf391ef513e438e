"""How soon the interviewer's voice follows the words that triggered it, in real time: the demo's rambling answer,
or those of a folder that leave most to ask.

    python -m benchmarks.cutting_in [--voice NAME] [--answers FOLDER] [--count N] [--style STYLE] [--mind URL[#MODEL]]

FOLDER holds labelled answers as JSON, such as `python training/parse.py --gold-json FOLDER` writes. Takes as long as
the answers. Prints one line a cut-in, then the median and the 95 % of the contract's `latency_s`. With a mind each
answer is heard twice in the same run, without it and with it, and it says how many questions the mind has worded.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from benchmarks.interruptions import cut_ins

from voicemock.audio.source import FileSource
from voicemock.cli.demo import CANDIDATE_WPM
from voicemock.cli.desk import RunOptions, open_desk
from voicemock.cli.mind import OFF
from voicemock.interview.candidate import Script, load_scripts, read_aloud
from voicemock.interview.desk import Audience
from voicemock.interview.events import Event
from voicemock.interview.session import Plan, Session
from voicemock.packs.questions import Question
from voicemock.scoring.gaps.policy import Style
from voicemock.speech.voice import best_voice, candidate_voice
from voicemock.speech.voice_engines import open_voice
from voicemock.store.store import Store


def most_to_ask(folder: Path, count: int) -> list[Script]:
    """The answers of the folder in which the bar raiser would cut in most often."""
    labelled = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    labelled.sort(key=lambda gold: -len(cut_ins(gold)))
    return [
        Script(
            Question(gold["id"], gold["round"], gold["question"], principle=gold.get("principle")),
            tuple(gold["sentences"]),
        )
        for gold in labelled[:count]
    ]


def interview(scripts: Sequence[Script], voice: str, style: Style, mind: str = OFF) -> list[Event]:
    """What happens when the candidate's voice reads the scripts to an interviewer of that style."""
    candidate = open_voice(candidate_voice(), CANDIDATE_WPM)
    sounds = [read_aloud(script, candidate) for script in scripts]
    candidate.close()
    events: list[Event] = []
    options = RunOptions(style=style, voice=voice, silent=True, pace="real", mind=mind)
    with (
        tempfile.TemporaryDirectory() as folder,
        Store(Path(folder)) as store,
        open_desk(options, store, lambda *_: None, lambda n: FileSource(sounds[n])) as desk,
    ):
        seated = replace(desk, audience=Audience(listeners=(events.append,)))
        Session(seated, Plan([script.question for script in scripts], style), store).run()
    return events


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--voice", default=best_voice(), help="the interviewer's")
    parser.add_argument("--answers", type=Path, metavar="FOLDER")
    parser.add_argument("--count", type=int, default=6, help="answers of FOLDER")
    parser.add_argument(
        "--style", choices=("bar-raiser", "debrief"), default="bar-raiser", help="debrief: many more cut-ins"
    )
    parser.add_argument("--mind", metavar="URL[#MODEL]")
    given = parser.parse_args()
    scripts = most_to_ask(given.answers, given.count) if given.answers else [load_scripts()[1]]
    for mind in (OFF, given.mind) if given.mind else (OFF,):
        if given.mind:
            print(f"mind: {mind}")
        report(interview(scripts, given.voice, given.style, mind))
    print(f"load average: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors; voice: {given.voice}")


def report(events: Sequence[Event]) -> None:
    cuts = [event for event in events if event.type == "interrupt"]
    for cut in cuts:
        latency, kind, after = (cut.fields[name] for name in ("latency_s", "kind", "after"))
        by = f"  by {cut.fields['by']}" if "by" in cut.fields else ""
        print(f"{cut.t:6.1f} s  {latency:.2f} s  {kind:16}  …{after[-50:]}{by}")
    texts = [event.fields["latency_s"] for event in events if event.type == "utterance"]
    for what, values in (("cut-in", [cut.fields["latency_s"] for cut in cuts]), ("utterance text", texts)):
        if values:
            median, worst = np.median(values), np.quantile(values, 0.95)
            print(f"{what}: median {median:.2f} s, 95 % {worst:.2f} s, n = {len(values)}")
    for event in events:
        if event.type == "notice" and event.fields.get("about") == "mind":
            print(f"  {event.fields['text']}")


if __name__ == "__main__":
    main()

"""How soon the interviewer's voice follows the words that triggered it: the demo's rambling answer in real
time.

    python benchmarks/cutting_in.py [VOICE]

Takes about three minutes. Prints one line a cut-in, then the median and the 95 % of the contract's
`latency_s`.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import numpy as np

from voicemock.audio.source import FileSource
from voicemock.cli.demo import CANDIDATE_WPM
from voicemock.cli.desk import RunOptions, open_desk
from voicemock.interview.candidate import load_scripts, read_aloud
from voicemock.interview.session import Plan, Session
from voicemock.speech.voice import CANDIDATE_VOICE, DEFAULT_VOICE, open_voice
from voicemock.store import Store


def main(voice: str) -> None:
    script = load_scripts()[1]
    candidate = open_voice(CANDIDATE_VOICE, CANDIDATE_WPM)
    samples = read_aloud(script, candidate)
    candidate.close()
    events = []
    options = RunOptions(style="bar-raiser", voice=voice, silent=True, pace="real")
    with (
        tempfile.TemporaryDirectory() as folder,
        Store(Path(folder)) as store,
        open_desk(options, lambda *_: None, lambda _: FileSource(samples)) as desk,
    ):
        desk.listeners = (*desk.listeners, events.append)
        Session(desk, Plan((script.question,), "bar-raiser"), store).run()
    cuts = [event for event in events if event.type == "interrupt"]
    for cut in cuts:
        latency, kind, after = (cut.fields[name] for name in ("latency_s", "kind", "after"))
        print(f"{cut.t:6.1f} s  {latency:.2f} s  {kind:16}  …{after[-50:]}")
    texts = [event.fields["latency_s"] for event in events if event.type == "utterance"]
    for what, values in (("cut-in", [cut.fields["latency_s"] for cut in cuts]), ("utterance text", texts)):
        median, worst = np.median(values), np.quantile(values, 0.95)
        print(f"{what}: median {median:.2f} s, 95 % {worst:.2f} s, n = {len(values)}")
    print(f"load average: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors; voice: {voice}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else DEFAULT_VOICE)

"""The demo: `practice` with a second voice as the candidate. Every part of it is the real one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

from voicemock.audio.decode import Recording
from voicemock.audio.source import Source
from voicemock.cli.desk import RunOptions, file_source, read_candidates
from voicemock.cli.run import console_for, run_session, tell_steps
from voicemock.interview.candidate import Script, load_scripts, read_aloud
from voicemock.interview.session import Plan
from voicemock.speech.voice import candidate_voice
from voicemock.speech.voice_engines import open_voice
from voicemock.store.store import Store

CANDIDATE_WPM = 160  # calm, and with its breaths within the rubric's 110 to 170


def run_demo(options: RunOptions) -> int:
    """Run the scripted answers through a session; returns the exit code."""
    scripts = load_scripts()
    with answers_of(scripts, options) as answer, Store(options.recordings) as store:
        plan = Plan([script.question for script in scripts], options.style, mode="demo")
        outcome = run_session(
            store, plan, options, lambda n: _source(answer(n), options), candidate="Candidate"
        )
    tell_steps(
        console_for(options),
        (f"voicemock review {outcome.session_id} --html", "the whole demo as a page"),
        ("voicemock doctor", "check your microphone"),
        ("voicemock practice", "your turn"),
    )
    return outcome.exit_code


@contextmanager
def answers_of(scripts: Sequence[Script], options: RunOptions) -> Iterator[Callable[[int], Recording]]:
    """The sound of each answer: read by the second voice, or the user's own files, the last one reused.

    What is read is made ahead, while the answer before it is listened to.
    """
    if options.candidate:
        files = read_candidates(options)
        yield lambda n: files[min(n, len(files) - 1)]
        return
    with closing(open_voice(candidate_voice(), CANDIDATE_WPM)) as voice:
        reader = ThreadPoolExecutor(1, "voicemock-candidate")
        try:
            answers = [reader.submit(read_aloud, script, voice) for script in scripts]
            yield lambda n: Recording(answers[n].result())
        finally:
            reader.shutdown(wait=False, cancel_futures=True)


def _source(answer: Recording, options: RunOptions) -> Source:
    source = file_source(answer, options)
    if options.silent:
        return source
    from voicemock.audio.monitor import Monitored

    return Monitored(source)

"""`voicemock doctor`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicemock.cli.mind import MindOptions, mind_options, open_mind
from voicemock.cli.options import json_option, model_option, recordings_option, voice_option
from voicemock.cli.output import echo, echo_json, echo_marked

if TYPE_CHECKING:
    from voicemock.doctor.finding import Finding

MARKS = {"ok": ("ok", "green"), "warning": ("look", "yellow"), "broken": ("broken", "red")}


@click.command(
    epilog="""\b
Examples:
  voicemock doctor
  voicemock doctor --model base.en --voice joe
  voicemock doctor --mind http://localhost:11434/v1#qwen2.5:7b
  voicemock doctor --latency          measure this machine, and say which model keeps up
"""
)
@click.option("--latency", is_flag=True, help="Measure how quickly this machine understands speech.")
@model_option
@voice_option
@mind_options
@json_option
@recordings_option
def doctor(
    latency: bool,
    model: str | None,
    voice: str | None,
    mind: str | None,
    mind_may_leave: bool,
    mind_log: Path | None,
    as_json: bool,
    recordings: Path,
) -> int:
    """Check all that an interview needs, part by part: each with a verdict and the next step.

    Libraries, model, listening, scorer, voice, microphone, speaker, terminal, disk, folder and database; with --mind
    also whether your language model is there, and quick enough to word what is asked live.

    Exits with 1 when something that an interview needs is broken.
    """
    from voicemock.doctor.checks import examine

    with open_mind(MindOptions(mind, mind_may_leave, mind_log)) as words:
        findings = examine(recordings, model, voice, words)
        if latency:
            from itertools import chain

            from voicemock.doctor.latency import examine_latency

            findings = chain(findings, examine_latency(model))
        return _tell(findings, as_json)


def _tell(findings: Iterable[Finding], as_json: bool) -> int:
    broken = False
    for finding in findings:
        broken = broken or finding.verdict == "broken"
        if as_json:
            echo_json(asdict(finding), indent=None)
            continue
        mark, colour = MARKS[finding.verdict]
        echo_marked(f"{mark:7}", colour, f" {finding.part:11} {finding.what}")
        if finding.next_step:
            echo(f"{'':19} → {finding.next_step}")
    return 1 if broken else 0

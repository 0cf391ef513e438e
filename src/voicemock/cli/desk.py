"""From a command's options to a desk: devices, engines and screen, opened in the order in which they may fail."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voicemock.cli.mind import OFF, MindOptions, mind_options, open_mind
from voicemock.errors import UsageProblem

if TYPE_CHECKING:
    from voicemock.audio.decode import Recording
    from voicemock.audio.echo import EchoCanceller
    from voicemock.audio.source import FileSource
    from voicemock.audio.speaker import Speaker
    from voicemock.interview.desk import Desk
    from voicemock.mind.mind import Mind
    from voicemock.packs.phrases import Phrases
    from voicemock.scoring.gaps.policy import Style
    from voicemock.store.store import Store

LONGEST_WARN_S = 3600.0

SourceFor = Callable[[int], Any]  # the number of the question, from 0, to its source
Progress = Callable[[str, int, int], None]  # (what, done, total), as the screen takes it


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The options that `practice`, `loop`, `demo` and `retry` share."""

    style: Style = "polite"
    model: str | None = None
    voice: str | None = None
    voice_rate: int | None = None
    candidate: tuple[Path, ...] = ()
    pace: str = "real"
    talk_over: bool = False
    silent: bool = False
    headphones: bool = False
    think: float = 0.0
    warn: tuple[float, ...] | None = None
    half_duplex: bool = False
    rate_yourself: bool = False
    events: str | None = None
    plain: bool = False
    prompts: Path | None = None
    recordings: Path = Path("recordings")
    mind: str | None = OFF
    mind_may_leave: bool = False
    mind_log: Path | None = None
    mind_log_goes_on: bool = False  # of a command that opens several desks: the log is of all of them

    @property
    def live(self) -> bool:
        """Whether sound arrives by itself, and not as fast as it can be understood."""
        return self.pace == "real"


class Seconds(click.ParamType):  # type: ignore[type-arg] # generic for type checkers only
    """ "90,150": times from the start of an answer."""

    name = "seconds"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, ...]:
        if isinstance(value, tuple):
            return value
        try:
            times = tuple(sorted(float(each) for each in str(value).split(",")))
        except ValueError:
            self.fail(f"{value!r} is not a list of seconds like 90,150", param, ctx)
        if not all(0 < each < LONGEST_WARN_S for each in times):
            within = f"above 0 and below {LONGEST_WARN_S:g}"
            self.fail(f"{value!r}: seconds from the start of the answer, {within}", param, ctx)
        return times


def candidate_options(pace: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The options of every command that interviews; `pace` is the default of --pace."""
    return _together(
        click.option(
            "--candidate", type=click.Path(dir_okay=False, path_type=Path), multiple=True, metavar="FILE",
            help="Answer from an audio file instead of the microphone; repeat for more answers.",
        ),
        click.option(
            "--pace", type=click.Choice(["real", "fast"]), default=pace, show_default=True,
            help="How files are played: in real time, or as fast as they can be processed.",
        ),
        click.option("--talk-over", is_flag=True, help="The file runs on while the interviewer speaks."),
        click.option("--silent", is_flag=True, help="Play no sound; the interviewer's lines are shown."),
        click.option("--events", metavar="FILE", help="Write what happens as JSON lines; - is standard output."),
    )  # fmt: skip


def run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of the commands in which a person answers."""
    of_a_person = _together(
        click.option("--headphones", is_flag=True, help="You wear headphones: no echo has to be taken out."),
        click.option(
            "--half-duplex",
            is_flag=True,
            help="The microphone is ignored while the interviewer speaks: for rooms whose echo stays.",
        ),
        click.option(
            "--think",
            type=click.FloatRange(0, 600),
            default=0.0,
            metavar="SECONDS",
            help="Time to think before the clock runs; speaking or a key starts it sooner.",
        ),
        click.option(
            "--warn",
            type=Seconds(),
            metavar="SECONDS,SECONDS",
            help="Seconds from the start at which you are told the time left; else 60 and 30 before the end.",
        ),
        click.option(
            "--rate-yourself",
            is_flag=True,
            help="Mark each answer from 1 to 4, aloud or typed, before you see its score; Enter skips it.",
        ),
        click.option("--voice-rate", type=click.IntRange(80, 300), metavar="WPM", help="Words a minute."),
    )
    return candidate_options("real")(of_a_person(mind_options(command)))


def _together(*options: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


@contextmanager
def open_desk(
    options: RunOptions,
    store: Store,
    progress: Progress,
    source_for: SourceFor | None = None,
    speaker: Speaker | None = None,
) -> Iterator[Desk]:
    """A desk for these options; everything opened is closed again. Raises VoicemockError before anything is asked.

    The recogniser is told the names that were corrected in `store`. `source_for` stands in for the microphone or the
    candidate's files, `speaker` for the loudspeaker.
    """
    from voicemock.audio.echo import NoEcho
    from voicemock.interview.desk import Audience, Desk, Policy, detector_over_echo, quick_detector
    from voicemock.packs.phrases import load_phrases
    from voicemock.speech.voice import DEFAULT_RATE_WPM
    from voicemock.speech.voice_engines import licence_of_voice, open_voice
    from voicemock.store.names import hints

    with ExitStack() as stack:
        phrases = load_phrases(options.prompts)
        echo = _echo(options) if source_for is None else NoEcho
        source_for = source_for or _sources(options)
        speaker = speaker or _speaker(options)
        stack.callback(speaker.close)
        voice = open_voice(options.voice, options.voice_rate or DEFAULT_RATE_WPM)
        stack.callback(voice.close)
        if options.voice and (licence := licence_of_voice(options.voice)):
            progress(f"the voice {options.voice}, licence: {licence}", 1, 1)

        warm_up(progress)
        mind = stack.enter_context(_mind(options, phrases, progress))
        yield Desk(
            source_for=source_for,
            voice=voice,
            recogniser=open_recogniser(options.model, progress),
            another_recogniser=lambda: open_recogniser(options.model, lambda *_: None),
            phrases=phrases,
            speaker=speaker,
            echo=echo,
            barge_in_detector=quick_detector if echo is NoEcho else detector_over_echo,
            audience=Audience(listeners=_event_file(options, stack)),
            policy=Policy(
                live=options.live,
                barge_in=not options.half_duplex,
                hints=hints(store),
                think_s=options.think,
                warn_at_s=options.warn,
                self_rating=options.rate_yourself,
            ),
            mind=mind,
        )


@contextmanager
def _mind(options: RunOptions, phrases: Phrases, progress: Progress) -> Iterator[Mind | None]:
    """The user's language model, awake; a fault is told when the session begins."""
    wanted = MindOptions(
        options.mind, options.mind_may_leave, options.mind_log, options.prompts, options.mind_log_goes_on
    )
    with open_mind(wanted) as mind:
        if mind is not None:
            from voicemock.mind.ahead import warm_up as encode_wordings

            what = f"loading the model at {mind.endpoint.address}"
            progress(what, 0, 0)
            mind.warm_up()
            encode_wordings(phrases.questions)
            progress(what, 1, 1)
        yield mind


def _echo(options: RunOptions) -> Callable[[], EchoCanceller]:
    """A microphone hears the loudspeaker, unless headphones are in between; in a file there is none."""
    from voicemock.audio.echo import NoEcho, RoomEcho

    quiet = options.headphones or options.half_duplex or options.silent or bool(options.candidate)
    return NoEcho if quiet or not options.live else RoomEcho


def open_recogniser(name: str | None, progress: Progress) -> Any:
    """The recogniser called `name`, or QUICK+CAREFUL, loaded, with progress while it downloads and loads."""
    from voicemock.speech.models import DEFAULT_MODEL, pair_of
    from voicemock.speech.recogniser import PairRecogniser

    quick, careful = pair_of(name or DEFAULT_MODEL)
    if quick == careful:
        return _open_one(quick, progress)
    return PairRecogniser(_open_one(quick, progress), _open_one(careful, progress))


def _open_one(wanted: str, progress: Progress) -> Any:
    from voicemock.speech.models import load, resolve_model
    from voicemock.speech.whisper import WhisperRecogniser

    folder = resolve_model(wanted, lambda done, total: progress(f"fetching {wanted}", done, total))
    what = f"loading {wanted}" if folder.verified else f"loading {wanted}, your own, not verified"
    progress(what, 0, 0)
    recogniser = WhisperRecogniser(load(folder, notice=lambda text: progress(text, 1, 1)))
    progress(what, 1, 1)
    return recogniser


def warm_up(progress: Progress) -> None:
    """Load the scorer's models now: the first sentence must not wait for them."""
    from voicemock.scoring import assemble

    progress("loading the scorer", 0, 0)
    assemble.warm_up()
    progress("loading the scorer", 1, 1)


def _sources(options: RunOptions) -> SourceFor:
    if options.candidate:
        answers = read_candidates(options)
        return lambda n: file_source(answers[min(n, len(answers) - 1)], options)
    if options.pace == "fast":
        raise UsageProblem("--pace fast needs --candidate FILE", "a microphone runs in real time")
    from voicemock.audio.microphone import MicrophoneSource

    MicrophoneSource().close()  # a microphone that can't be opened is said before anything is asked
    return lambda _: MicrophoneSource(waits=True)


def read_candidates(options: RunOptions) -> list[Recording]:
    """The candidate's files, and word of what is special about one."""
    from voicemock.audio.decode import read_recording
    from voicemock.cli.output import tell_notes

    answers = [read_recording(path) for path in options.candidate]
    for path, answer in zip(options.candidate, answers, strict=True):
        tell_notes(str(path), answer.notes)
    return answers


def file_source(answer: Recording, options: RunOptions) -> FileSource:
    from voicemock.audio.source import FileSource

    return FileSource(
        answer.samples, real_pace=options.pace == "real", talk_over=options.talk_over, gaps=answer.gaps
    )


def _speaker(options: RunOptions) -> Any:
    from voicemock.audio.speaker import DeviceSpeaker, SilentSpeaker

    return SilentSpeaker() if options.silent or not options.live else DeviceSpeaker()


def _event_file(options: RunOptions, stack: ExitStack) -> tuple[Any, ...]:
    if options.events is None:
        return ()
    from voicemock.files import open_log
    from voicemock.interview.events import EventFile, is_event

    if options.events == "-":
        return (EventFile(sys.stdout),)
    file = open_log(Path(options.events), "--events", is_event)
    return (EventFile(stack.enter_context(file)),)

"""Every error that a user can meet: what is wrong, what to do next, and the exit code.

`voicemock.cli.main` is the one place that turns one of these into a line on standard error.
"""


class VoicemockError(Exception):
    """Base of the tree. `problem` says what is wrong, `next_step` what to do about it."""

    exit_code = 1

    def __init__(self, problem: str, next_step: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.problem}: {self.next_step}" if self.next_step else self.problem


class UsageProblem(VoicemockError):
    """Raised when the command's words do not fit together."""

    exit_code = 2


class PackError(VoicemockError):
    """Raised when a question pack can't be used; names the file, the entry and the cause."""


class UnknownQuestion(VoicemockError):
    """Raised when no question has the id or text asked for."""


class AudioFileError(VoicemockError):
    """Raised when a file is missing, empty or not audio."""


class TranscriptError(VoicemockError):
    """Raised when a transcript file can't be read as text."""


class DeviceError(VoicemockError):
    """Raised when a microphone or speaker is missing, refused or gone."""


class ModelError(VoicemockError):
    """Raised when recogniser weights are missing, damaged or can't be fetched."""


class RecogniserError(VoicemockError):
    """Raised when the recogniser fails or hangs in mid-answer."""


class VoiceError(VoicemockError):
    """Raised when no voice can speak, or the voice asked for is unknown."""


class DocumentError(VoicemockError):
    """Raised when a CV or a job description can't be read, or has nothing to ask about."""


class MindError(VoicemockError):
    """Raised when the language model behind `--mind` can't be asked, or what it replies is no reply."""


class StoreError(VoicemockError):
    """Raised when the recordings folder or its database can't be read or written."""


class NotAsWritten(StoreError):
    """Raised when something stored can't be what voicemock wrote; `voicemock verify` names it."""


class UnknownSession(VoicemockError):
    """Raised when the store holds no session or answer of that name."""


class SessionBusy(StoreError):
    """Raised when another process records, brings back or removes the session."""


class DiskFull(StoreError):
    """Raised when there is no room to go on recording."""


class CorrectionError(VoicemockError):
    """Raised when a correction does not fit what was heard."""


class UnknownStory(VoicemockError):
    """Raised when the story bank has no story of that number."""


class DraftError(VoicemockError):
    """Raised when a draft of a story can't be read, or there is none of that name."""


FREE_MEMORY = "close other programs, or use a smaller model"  # the next step where there is too little of it
# What libraries say of it that know no MemoryError; the fourth is the loader, which has no room for a library.
NO_MEMORY = (
    "failed to allocate",
    "cannot allocate memory",
    "bad_alloc",
    "failed to map segment",
    "out of memory",
)


def is_out_of_memory(error: BaseException) -> bool:
    """Whether it is memory that was missing, and nothing is damaged."""
    return isinstance(error, MemoryError) or any(said in str(error).lower() for said in NO_MEMORY)

"""A child process that decodes a moment of silence on the graphics card: `models.gpu_problem` starts it."""

from __future__ import annotations

import sys
from pathlib import Path

from voicemock.speech.models import decode_once, open_weights


def main() -> None:
    try:
        decode_once(open_weights(Path(sys.argv[1]), "cuda"))
    except Exception as error:  # noqa: BLE001 - drivers raise what they like; it is passed on in one line
        cause = error.__cause__ or error
        sys.exit(next(iter(str(cause).splitlines()), type(cause).__name__))


if __name__ == "__main__":
    main()

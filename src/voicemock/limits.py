"""How much is taken from a file: enough for whatever is meant, too little to hold up the machine.

Beyond a limit the command ends in one line that names the file and the limit.
"""

from __future__ import annotations

from pathlib import Path

PACK_BYTES = 1 << 20  # the largest pack that ships has 40 kB
PACK_DEPTH = 16  # mappings and lists within each other; a cell of an exhibit lies at 7
ANSWER_BYTES = 1 << 17  # a portfolio answer of 20 minutes has 20 kB
ANSWER_WORDS = 12_000  # an hour of quick speech
ANSWER_SENTENCES = 1_000  # the same; each takes the encoder some 20 ms
WORD_CHARACTERS = 200  # no word is longer, and few addresses; what searches within a word takes its square
SOUND_S = 2 * 3600  # six times the longest answer; an hour is 115 MB in memory
NUMBER_DIGITS = 9  # of an answer or a sentence as it is typed; Python refuses to read thousands
STORED_ANSWER_S = 24 * 3600  # no recording is longer: a larger floor time is damage


def read_up_to(path: Path, most: int) -> bytes | None:
    """The bytes of a file; None where it has more than `most`. Raises OSError."""
    with path.open("rb") as file:
        content = file.read(most + 1)
    return content if len(content) <= most else None

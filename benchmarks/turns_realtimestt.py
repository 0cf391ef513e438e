"""What RealtimeSTT makes of a sound that comes at the pace of speech, as one line of JSON. turns_peer.py runs it.

    PYTHON -P benchmarks/turns_realtimestt.py MODEL_FOLDER SOUND

PYTHON is one that has RealtimeSTT; nothing of voicemock is imported. SOUND holds bare samples (int16, mono, 16 kHz).
"""

from __future__ import annotations

import json
import sys
import threading
import time

import numpy as np
from RealtimeSTT import AudioToTextRecorder

RATE = 16000
BLOCK = 320  # samples: 20 ms, as voicemock is fed
LAST_TEXT_S = 30.0  # for the texts that are still due when the sound is over


def listen(model: str, sound: np.ndarray) -> dict[str, object]:
    """When each recording ended and when its text came (seconds of the sound), the texts, and the processor's time."""
    closed: list[float] = []
    texts: list[tuple[float, str]] = []
    over = threading.Event()
    recorder = AudioToTextRecorder(
        model=model,
        compute_type="int8",
        use_microphone=False,
        spinner=False,
        no_log_file=True,
        on_recording_stop=lambda: closed.append(time.monotonic()),
    )
    began, cpu = time.monotonic(), time.process_time()

    def feed() -> None:
        for first in range(0, len(sound), BLOCK):
            block = sound[first : first + BLOCK]
            time.sleep(max(0.0, began + (first + len(block)) / RATE - time.monotonic()))
            recorder.feed_audio(block.tobytes())
        while len(texts) < len(closed) and time.monotonic() - began < len(sound) / RATE + LAST_TEXT_S:
            time.sleep(0.05)
        over.set()
        recorder.interrupt_stop_event.set()  # ends the text() that waits for more

    threading.Thread(target=feed, daemon=True).start()
    while not over.is_set():
        text = recorder.text()
        if not over.is_set():
            texts.append((time.monotonic() - began, text))
    used = time.process_time() - cpu
    recorder.shutdown()
    return {"closed": [at - began for at in closed], "texts": texts, "cpu_s": used}


if __name__ == "__main__":
    print("\n" + json.dumps(listen(sys.argv[1], np.fromfile(sys.argv[2], dtype=np.int16))))

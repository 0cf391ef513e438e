"""A child process that speaks through pyttsx3: a line of JSON in, a WAV file and a line of JSON out.

pyttsx3 prints to standard output, is known to hang on its second `runAndWait` on macOS, and keeps espeak's global
state: here none of that can reach the interview. `voicemock.speech.voice` starts it and reads its answers.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

FINISH_TIMEOUT_S = 3.5  # far above what a sentence takes; the parent gives up a little later


def load_packaged_espeak() -> None:
    """Make the espeak-ng of the package `espeakng-loader` the one that pyttsx3 finds, where it is installed."""
    if sys.platform != "linux":
        return
    try:
        import espeakng_loader
    except ImportError:
        return  # the system's own libespeak-ng, if there is one
    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    # RTLD_GLOBAL and the soname: pyttsx3's own CDLL("libespeak-ng.so.1") then gets this copy
    library = Path(espeakng_loader.get_library_path())
    soname = library.with_name("libespeak-ng.so.1")
    ctypes.CDLL(str(soname if soname.exists() else library), mode=ctypes.RTLD_GLOBAL)


def speak(engine: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Write `request["text"]` to `request["path"]` as WAV in the voice and at the rate asked for."""
    if request.get("list"):
        return {"voices": [{"id": v.id, "name": v.name} for v in engine.getProperty("voices")]}
    if request.get("voice"):
        engine.setProperty("voice", request["voice"])
    engine.setProperty("rate", request["rate"])
    finished = threading.Event()
    token = engine.connect("finished-utterance", lambda **_: finished.set())
    engine.save_to_file(request["text"], request["path"])
    engine.runAndWait()
    # with espeak, runAndWait comes back at once and the file is written later, from espeak's own thread
    if "pyttsx3.drivers._espeak" in sys.modules and not finished.wait(timeout=FINISH_TIMEOUT_S):
        return {"error": "it did not finish"}
    engine.disconnect(token)
    return {"path": request["path"]}


def main() -> None:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever pyttsx3 or a driver prints goes to standard error, not into the answers
    try:
        load_packaged_espeak()
        import pyttsx3

        engine = pyttsx3.init()
    except Exception as error:  # noqa: BLE001 - drivers raise anything; it is passed on in one line
        print(json.dumps({"no_voice": str(error) or type(error).__name__}), file=answers, flush=True)
        return
    for line in sys.stdin:
        try:
            answer = speak(engine, json.loads(line))
        except Exception as error:  # noqa: BLE001 - as above
            answer = {"error": str(error) or type(error).__name__}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()

"""A spoken mock interviewer that runs on your own machine."""

import os

__version__ = "0.1.0"

# Two of the libraries report to their makers unless told not to. They are told here: this file runs before any other
# of the package, so before either is imported, and a child process inherits it. Set without asking what was there.
TELEMETRY_OFF = {
    # onnxruntime 1.29 and newer: no identifier and no database in ~/.cache, no upload; latched at its import, after
    # which only some of it can be switched off
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",  # huggingface_hub, which fetches models
}
os.environ.update(TELEMETRY_OFF)

